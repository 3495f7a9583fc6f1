"""Who stands behind an event or against it: asserts, alleges, denies or confirms.

An accusation makes its complement alleged by the accuser; reported speech hands its speaker's stance to the events inside; a denial reaches back to the
allegation it answers (`denials` finds it). An event alleged by some and denied by others carries both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.acts import Act
from depeche.extraction.arguments import verb_arguments
from depeche.extraction.denials import Denial, doers_of, find_denials
from depeche.extraction.grammar import char_span, preposition, sentence_of, surface_subject
from depeche.extraction.quotes import Quotation
from depeche.extraction.sides import Reference, camps_of
from depeche.extraction.verbforms import children, is_past_participle
from depeche.language.cues import CueVerb
from depeche.record import Span

# How many sentences a denial reaches back.
REACH = 4
# How far up the tree the charge may stand that lays a deed at somebody's door.
CLIMB = 3
_HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# What verbs of promising, warning and judging do beside saying it.
_SAYING = frozenset({"promises", "threatens", "judges"})
_STANCES = frozenset({"asserts", "alleges", "denies", "confirms"})


def take_positions(doc: Doc, acts: list[Act], quotations: list[Quotation], reference: Reference) -> None:
    """Fill `positions` of each act."""
    if not acts:
        return
    for act in acts:
        _by_governor(act, reference)
        _by_speech(act, quotations, reference)
    by_word = {a.token.i: a for a in acts}
    for act in acts:
        _by_imputation(act, by_word)
    for token in doc:
        if token.pos_ == "VERB":
            _by_report(token, by_word, reference)
            _by_confirmation(token, acts, by_word, reference)
    places = [a.token.i for a in acts]
    for denial in find_denials(doc, quotations, reference):
        _by_denial(denial, acts, places, reference)


def _add(act: Act, parties: list[Party], stance: str, cue: Span | None) -> None:
    for party in parties:
        if all((p, s) != (party, stance) for p, s, _ in act.positions):
            act.positions.append((party, stance, cue))


def _by_governor(act: Act, reference: Reference) -> None:
    """ "X accuse Y d'avoir …", "X nie avoir …": the subject of the governing verb takes the position."""
    governor, modality = act.standing.governor, act.standing.modality
    announced = _announcement(act.token, reference) if governor is None else None
    if announced is not None:
        _add(act, [f.party for t in verb_arguments(announced, reference.pack).get("subj", []) for f in reference.fillers(t)], "asserts", None)
        return
    if governor is None and act.token.lemma_.lower() in reference.pack.closed["announces"]:
        _add(act, [f.party for f in act.source], "asserts", char_span(act.token, act.token))
        return
    if governor is None or modality is None or modality.stance is None or governor.pos_ == "NOUN":
        return
    subject = surface_subject(governor, reference.pack)
    if subject is not None:
        holders = [f.party for f in reference.fillers(subject)]
        if modality.stance == "alleges" and not _mutual(governor, reference):
            # Nobody accuses themselves: whoever does it, the subject was read wrongly.
            holders = [p for p in holders if all(p.camp != f.party.camp for f in act.source)]
        _add(act, holders, modality.stance, char_span(governor, governor))


def _announcement(noun: Token, reference: Reference) -> Token | None:
    """The verb that announces an act by its noun: "la Russie annonce une trêve", "annonce dans la soirée une trêve", "le contrat annoncé par le ministre"."""
    if noun.pos_ != "NOUN":
        return None
    verb = noun.head
    if noun.dep_ == "nmod" and preposition(noun, reference.pack) is None and verb.dep_.startswith("obl"):
        verb = verb.head  # a bare noun behind the time that the parser hung it on
    elif noun.dep_ not in ("obj", "nsubj:pass"):
        return None
    return verb if verb.lemma_.lower() in reference.pack.closed["announces"] else None


def _mutual(governor: Token, reference: Reference) -> bool:
    """ "se sont accusés d'avoir …": each accuses the other."""
    return any(c.lower_ in reference.pack.closed["reflexive"] for c in governor.children if c.i < governor.i)


def _by_speech(act: Act, quotations: list[Quotation], reference: Reference) -> None:
    """The speaker of the innermost words that the act stands in."""
    at = act.token.i
    around = [q for q in quotations if q.tokens[0] <= at < q.tokens[1] and q.speakers and any(s.start <= act.token.idx < s.end for s in q.content)]
    if not around:
        return
    inner = min(around, key=lambda q: q.tokens[1] - q.tokens[0])
    row = inner.cue.row if inner.cue is not None else None
    stance = row.stance if isinstance(row, CueVerb) else "asserts"
    if stance in _SAYING and inner.form != "mixed" and not inner.rule.endswith((" inf", " infobj")):
        stance = "asserts"  # "Washington y opposerait son veto, a prévenu …": in what tone ever it is said
    if _taken_for_granted(act) and stance not in ("asserts", "confirms"):
        return
    if stance == "asserts" and act.status == "negated":
        stance = "denies"  # "nous ne négocions pas sous les obus"
    if stance not in _STANCES or (act.positions and stance == "asserts"):
        return
    believed = isinstance(row, CueVerb) and row.lemma in reference.pack.closed["believes"] and _others_did(act, inner.speakers)
    if stance == "asserts" and act.status != "hypothetical" and (believed or _charges(act, inner.speakers)):
        # One party's word on what its adversary did is a charge, not a report, and a belief is no more.
        act.standing = replace(act.standing, status="alleged" if act.status == "reported" else act.status)
        stance = "alleges"
    _add(act, inner.speakers, stance if act.status != "alleged" or stance != "asserts" else "alleges", inner.cue.span if inner.cue else None)


def _charges(act: Act, speakers: list[Party]) -> bool:
    """Does a state or group tell of force that another used, against itself or its own?"""
    if act.row.type not in _HOSTILE or not act.source:
        return False
    struck = camps_of(act.target)
    return (
        not _taken_for_granted(act)
        and _others_did(act, speakers)
        and all(p.kind in ("state", "person", "group") and (not struck or p.camp in struck) for p in speakers)
    )


def _taken_for_granted(act: Act) -> bool:
    """ "deux villes assiégées par les rebelles": what a participle tells in passing is not what is asserted or denied."""
    return act.token.dep_ in ("acl", "amod") and is_past_participle(act.token)


def _others_did(act: Act, speakers: list[Party]) -> bool:
    """Is it somebody else than the speakers that did it?"""
    doers = camps_of(act.source)
    return bool(doers) and all(p.camp not in doers for p in speakers)


def _by_report(verb: Token, by_word: dict[int, Act], reference: Reference) -> None:
    """ "Le quotidien rapporte les accusations de …", "la livraison dont Ankara fait état": whoever reports an act stands behind it."""
    words = reference.pack.closed["reports"]
    lemma = verb.lemma_.lower()
    if lemma not in words:
        return
    arguments = verb_arguments(verb, reference.pack)
    objects = arguments.get("obj", [])
    if words[lemma]:  # "faire état de …"
        carried = [t for t in objects if t.lemma_.lower() == words[lemma]]
        objects = [*arguments.get("de", []), *(c for t in carried for c in t.children if c.dep_.startswith("nmod"))] if carried else []
    for act in (by_word[t.i] for t in objects if t.i in by_word):
        holders = [p for p in doers_of(verb, reference) if all(p is not held for held, _, _ in act.positions)]
        if holders:
            charge = act.status == "alleged" or _charges(act, holders)
            _add(act, holders, "alleges" if charge else "asserts", char_span(verb, verb))


def _by_imputation(act: Act, by_word: dict[int, Act]) -> None:
    """ "Londres impute l'attaque à Moscou", "tient Moscou pour responsable de l'attaque": whoever lays the deed at somebody's door alleges that they did it."""
    if act.row.type not in _HOSTILE or act.token.pos_ != "NOUN" or act.positions:
        return
    token = act.token
    for _ in range(CLIMB):
        if token.head == token:
            return
        token = token.head
        charge = by_word.get(token.i)
        if charge is not None:
            if charge.row.type == "ACCUSE" and charge.row.mode == "allege" and charge.status == "reported":
                accused = camps_of(charge.target)
                _add(act, [f.party for f in charge.source], "alleges", charge.trigger)
                if act.status == "reported" and any(f.party.camp in accused for f in act.source):
                    act.standing = replace(act.standing, status="alleged")
            return


def _by_confirmation(verb: Token, acts: list[Act], by_word: dict[int, Act], reference: Reference) -> None:
    """ "La tentative a été confirmée par Séoul": whoever confirms a noun that takes up the act last told stands behind that act."""
    if all(row.stance != "confirms" or row.words for row in reference.pack.cue_verbs.get(verb.lemma_.lower(), ())):
        return
    confirmed = verb_arguments(verb, reference.pack).get("obj", [])
    if not confirmed or children(verb, "ccomp", "xcomp"):
        return
    noun = confirmed[0]
    definite = any(c.lower_ in reference.pack.closed["definite"] for c in noun.children)
    own = [by_word[noun.i]] if noun.i in by_word else []
    floor = sentence_of(verb.doc[max(0, sentence_of(verb)[0] - 1)])[0]
    before = [a for a in acts if floor <= a.token.i < min(noun.i, verb.i)] if definite else []
    for act in own or before[-1:]:
        _add(act, doers_of(verb, reference), "confirms", char_span(verb, verb))


# -- denials --------------------------------------------------------------------------------------


def _by_denial(denial: Denial, acts: list[Act], places: list[int], reference: Reference) -> None:
    """The denial stands against the acts that it names, else against what its speaker is accused of in the nearest sentence before it."""
    under = {t.i for o in denial.objects for t in o.subtree}
    for denier in denial.parties:
        named = [a for a in acts if a.token.i in under and a.token != denial.token and (not a.source or _concerned(a, denier))] if under else []
        answered = named or _answered(denial, acts, places, partial(_is_held_against, denier=denier, reference=reference))
        if not answered and denial.belied:
            answered = _answered(denial, acts, places, partial(_is_own_boast, denier=denier))
        for act in answered:
            _set_against(act, denier, denial.cue)
            if named and act.status == "reported":
                act.standing = replace(act.standing, status="alleged")


def _answered(denial: Denial, acts: list[Act], places: list[int], fits: Callable[[Act], bool]) -> list[Act]:
    """The acts that fit in the nearest sentence before the denial that has any; in all of them where several accusations are denied."""
    doc = denial.token.doc
    end = denial.token.i
    first = sentence_of(denial.token)[0]
    found: list[Act] = []
    # What nobody did must be what is alleged, as far as the words are known.
    own = next((a.row.type for a in acts if a.token == denial.token), None) if denial.near else None
    for _ in range(2 if denial.near else REACH + 1):
        here = acts[bisect_left(places, first) : bisect_left(places, end)]
        found += [a for a in here if fits(a) and own in (None, a.row.type)]
        if (found and not denial.several) or first == 0:
            break
        end, first = first, sentence_of(doc[first - 1])[0]
    return found


def _is_held_against(act: Act, denier: Party, reference: Reference) -> bool:
    """Does somebody else allege or assert that the denier, or the denier's state, did it? Where no doer is known, that the sentence names them is enough."""
    holders = [p for p, stance, _ in act.positions if stance in ("alleges", "asserts")]
    if any(_are_one(p, denier) for p in holders):
        return False
    if (act.status != "alleged" and not holders) or _taken_for_granted(act):
        return False
    if act.source:
        return _concerned(act, denier)
    named = (p for token in act.token.doc[slice(*sentence_of(act.token))] for p in reference.cast.at(token))
    return _concerned(act, denier) or any(_are_one(p, denier) for p in named)


def _is_own_boast(act: Act, denier: Party) -> bool:
    """ "Pyongyang annonce avoir tiré un missile. Séoul parle d'un « montage »": what its doer asserts, somebody else may call false."""
    doers = [f.party for f in act.source]
    if any(_are_one(p, denier) for p in doers) or denier.kind == "agency":
        return False
    return any(stance == "asserts" and any(_are_one(p, d) for d in doers) for p, stance, _ in act.positions)


def _concerned(act: Act, denier: Party) -> bool:
    """Is the denier one of the doers, or their partner in an act that is done together with somebody?"""
    involved = [f.party for f in act.source]
    if not involved or act.row.type not in _HOSTILE:
        involved += [f.party for f in act.target]
    return any(_are_one(p, denier) for p in involved)


def _are_one(party: Party, other: Party) -> bool:
    """The same, or of the same state; an armed group or an outlet is never its country."""
    return party is other or (party.country is not None and party.country == other.country and not {"group", "agency"} & {party.kind, other.kind})


def _set_against(act: Act, denier: Party, cue: Span) -> None:
    """Put a denial on record: what others asserted of the denier is thereby no more than an allegation."""
    _add(act, [denier], "denies", cue)
    doers = [f.party for f in act.source]
    contested = [p for p, stance, _ in act.positions if stance == "asserts" and not any(_are_one(p, d) for d in doers)]
    if contested:
        act.positions = [(p, "alleges" if stance == "asserts" and p in contested else stance, c) for p, stance, c in act.positions]
        if act.status == "reported":
            act.standing = replace(act.standing, status="alleged")
