"""Who stands behind an event or against it: asserts, alleges, denies or confirms.

An accusation makes its complement alleged by the accuser; reported speech hands its speaker's stance to the events inside; a denial reaches back to the
allegation it answers. An event alleged by some and denied by others carries both.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.acts import Act
from depeche.extraction.arguments import verb_arguments
from depeche.extraction.grammar import antecedent, char_span, sentence_of, surface_subject
from depeche.extraction.quotes import Quotation
from depeche.extraction.sides import Reference
from depeche.extraction.verbforms import children
from depeche.language.cues import CueVerb
from depeche.record import Span

# How many sentences a denial without an object of its own reaches back ("Le Rwanda dément.").
REACH = 2
_HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_STANCES = frozenset({"asserts", "alleges", "denies", "confirms"})


def take_positions(doc: Doc, acts: list[Act], quotations: list[Quotation], reference: Reference) -> None:
    """Fill `positions` of each act."""
    for act in acts:
        _by_governor(act, reference)
        _by_speech(act, quotations)
    _by_denial(doc, acts, reference)


def _add(act: Act, parties: list[Party], stance: str, cue: Span | None) -> None:
    for party in parties:
        if all((p, s) != (party, stance) for p, s, _ in act.positions):
            act.positions.append((party, stance, cue))


def _by_governor(act: Act, reference: Reference) -> None:
    """ "X accuse Y d'avoir …", "X nie avoir …": the subject of the governing verb takes the position."""
    governor, modality = act.standing.governor, act.standing.modality
    if (
        governor is None
        and act.token.pos_ == "NOUN"
        and act.token.dep_ in ("obj", "nsubj:pass")
        and act.token.head.lemma_.lower() in reference.pack.closed["announces"]
    ):
        # "la Russie annonce une trêve", "le contrat annoncé par le ministre"
        _add(act, [f.party for t in verb_arguments(act.token.head, reference.pack).get("subj", []) for f in reference.fillers(t)], "asserts", None)
        return
    if governor is None and act.token.lemma_.lower() in reference.pack.closed["announces"]:
        _add(act, [f.party for f in act.source], "asserts", char_span(act.token, act.token))
        return
    if governor is None or modality is None or modality.stance is None or governor.pos_ == "NOUN":
        return
    subject = surface_subject(governor, reference.pack)
    if subject is not None:
        holders = [f.party for f in reference.fillers(subject)]
        _add(act, holders, modality.stance, char_span(governor, governor))


def _by_speech(act: Act, quotations: list[Quotation]) -> None:
    """The speaker of the innermost words that the act stands in."""
    at = act.token.i
    around = [q for q in quotations if q.tokens[0] <= at < q.tokens[1] and q.speakers and any(s.start <= act.token.idx < s.end for s in q.content)]
    if not around:
        return
    inner = min(around, key=lambda q: q.tokens[1] - q.tokens[0])
    row = inner.cue.row if inner.cue is not None else None
    stance = row.stance if isinstance(row, CueVerb) else "asserts"
    if stance == "asserts" and act.status == "negated":
        stance = "denies"  # "nous ne négocions pas sous les obus"
    if stance not in _STANCES or (act.positions and stance == "asserts"):
        return
    if stance == "asserts" and act.status in ("reported", "alleged") and _charges(act, inner.speakers):
        # One party's word on what its adversary did is a charge, not a report.
        act.standing = replace(act.standing, status="alleged")
        stance = "alleges"
    _add(act, inner.speakers, stance if act.status != "alleged" or stance != "asserts" else "alleges", inner.cue.span if inner.cue else None)


def _charges(act: Act, speakers: list[Party]) -> bool:
    """Does a state or group tell of force that another used, against itself or its own?"""
    if act.row.type not in _HOSTILE or not act.source:
        return False
    doers = {f.party.camp for f in act.source}
    struck = {f.party.camp for f in act.target}
    return all(p.kind in ("state", "person", "group") and p.camp not in doers and (not struck or p.camp in struck) for p in speakers)


def _by_denial(doc: Doc, acts: list[Act], reference: Reference) -> None:
    """ "allégations que X a démenties", "X dément", "une accusation démentie par Y": the denial answers the allegations before it."""
    for token in doc:
        lemma = token.lemma_.lower() if token.pos_ in ("VERB", "AUX") else reference.pack.lemma(token.text, "VERB") if token.pos_ in ("ADJ", "ADV", "X") else ""
        stances = {row.stance for row in reference.pack.cue_verbs.get(lemma, ()) if not row.words}
        if "confirms" in stances:
            _confirm(token, acts, reference)
        if "denies" not in stances:
            continue
        if any(children(token, "ccomp", "xcomp")) and any(a.standing.governor == token for a in acts):
            continue
        deniers = _deniers(token, reference)
        if not deniers:
            continue
        floor = sentence_of(token)[0]
        for _ in range(REACH):
            floor = sentence_of(doc[floor - 1])[0] if floor > 0 else 0
        candidates = [a for a in acts if floor <= a.token.i < token.i and a.status == "alleged"]
        for act in candidates[-2:] if candidates else []:
            answering = [d for d in deniers if _concerned(act, d)]
            if answering:
                _add(act, answering, "denies", char_span(token, token))


def _confirm(verb: Token, acts: list[Act], reference: Reference) -> None:
    """ "La tentative a été confirmée par Séoul": whoever confirms a noun that takes up the act last told stands behind that act."""
    confirmed = verb_arguments(verb, reference.pack).get("obj", [])
    if not confirmed or children(verb, "ccomp", "xcomp"):
        return
    noun = confirmed[0]
    definite = any(c.lower_ in reference.pack.closed["definite"] for c in noun.children)
    own = [a for a in acts if a.token == noun]
    floor = sentence_of(verb.doc[max(0, sentence_of(verb)[0] - 1)])[0]
    before = [a for a in acts if floor <= a.token.i < min(noun.i, verb.i)] if definite else []
    for act in own or before[-1:]:
        _add(act, _deniers(verb, reference), "confirms", char_span(verb, verb))


def _deniers(token: Token, reference: Reference) -> list[Party]:
    agents = [c for c in token.children if c.dep_ == "obl:agent"]
    subject: Token | None
    if agents:
        subject = agents[0]
    else:
        subject = next(iter(verb_arguments(token, reference.pack).get("subj", [])), None) or reference.beside(token)
        if subject is not None and token.dep_ == "acl:relcl" and antecedent(subject) == token.head:
            subject = next((c for c in token.children if c.dep_.startswith("nsubj")), None)
    return [f.party for f in reference.fillers(subject)] if subject is not None else []


def _concerned(act: Act, denier: Party) -> bool:
    """Is the denier one of those accused, or their state?"""
    involved = [f.party for f in (*act.source, *act.target)]
    accusers = [p for p, stance, _ in act.positions if stance == "alleges"]
    if denier in accusers:
        return False
    return any(p is denier or (p.country and p.country == denier.country and "group" not in (p.kind, denier.kind)) for p in involved)
