"""What a clause leaves to its neighbours: whom a denial answers, who concluded the agreement that is spoken of, who claims an attack, where it fell.

Each side filled here says so in its `via` (answers, condemned, opponent, home, pair, agreement, claimed, place, rubric), so that a reader can leave it out.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.acts import Act
from depeche.extraction.arguments import verb_arguments
from depeche.extraction.facing import Facing, answered, charged_by, facing, in_one_breath, main_doer, most_facing, usual_opponent
from depeche.extraction.grammar import char_span, paragraph_of, sentence_of
from depeche.extraction.sides import Filler, Reference, by_way_of, camps_of
from depeche.extraction.timing import place_of
from depeche.extraction.verbforms import is_passive

# An article of inner affairs: so much of what it names is of one country; there force, threats and charges stay within it.
HOME_SHARE = 0.8
HOME_MENTIONS = 5
_INNER = frozenset({"COERCE", "ASSAULT", "THREATEN", "ACCUSE", "REJECT"})
# An agreement is taken up at most so many words behind the words that tell whose it is.
AGREEMENT_REACH = 400


# Acts that answer somebody: a denial, a refusal, a concession, a counter-charge.
_ANSWERING = frozenset({"REJECT", "ACCUSE", "THREATEN", "SANCTION", "AGREE", "CONCEDE", "RETREAT", "REQUEST"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
# Measures that somebody takes against, or eases towards, the party that the article is about; not those that need no one beside.
_MEASURES = frozenset({"ACCUSE", "SANCTION", "THREATEN", "CONCEDE", "RETREAT"})
_ALONE = frozenset({"resign", "withdraw", "disarm", "ceasefire"})
# Acts of those who hold something against somebody: what is said without a doer is theirs who did so before.
_CHARGING = frozenset({"ACCUSE", "SANCTION", "THREATEN", "REQUEST"})
_CONCLUDING = frozenset({"SUPPORT", "CONCEDE", "RETREAT", "AGREE"})
# Acts by which opponents face each other.
_HOSTILE = _FORCE | {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE"}


def fill_from_context(acts: list[Act], reference: Reference) -> None:
    """What a clause leaves to the one before it: whom a denial answers, who concluded the agreement that is spoken of, where a strike fell."""
    claimed = _claimants(acts[0].token.doc, reference) if acts else []
    _claim(acts, claimed, reference)
    _same_again(acts)
    met = facing(acts)
    fought = facing([a for a in acts if a.row.type in _HOSTILE])  # who meets or helps somebody does not therefore strike them
    pair = most_facing(met)
    home, doer = _at_home(reference), [f for f in main_doer(acts) if _known(f)]
    by_word = {a.token.i: a for a in acts}
    for at, act in enumerate(acts):
        condemned = _turn_on_doers(act, by_word, reference)
        told = _told_of_somebody(act, reference)
        if act.source and not act.target and not told[1]:
            if act.row.type in _ANSWERING and not _among_themselves(act, met):
                act.target = answered(act, acts, at) or in_one_breath(act, acts, at)
                if act.row.type != "AGREE":  # a promise is not made to opponents
                    act.target = act.target or usual_opponent(act, met)
                if act.row.type in _MEASURES and act.row.mode not in _ALONE and not condemned and all(_known(f) for f in act.source):
                    act.target = act.target or _other(act, doer)
            elif act.row.mode == "third-party":
                act.target = _other(act, pair)
            elif act.row.type in _FORCE:
                act.target = _shot_back_at(act, claimed, reference) or _where_it_fell(act, reference) or usual_opponent(act, fought)
        elif act.target and not act.source and not told[0] and act.row.type in _CHARGING:
            act.source = charged_by(act, acts, at)
        if not told[1]:
            _keep_at_home(act, home)
        _take_rubric(act, reference)
        if act.row.type in _FORCE and not act.target and not _on_attackers(act, reference):
            act.target = _where_it_fell(act, reference) or ([] if act.source else _where_the_story_is(act, reference))
        elif not act.source and not act.target and act.row.type in _CONCLUDING:
            known = _last_agreement(act, acts, at, reference)
            if known is not None:
                act.source = [Filler(f.party, f.token, "agreement") for f in (*known.source, *known.target)]
            elif _about_agreement(act, reference) and not _named(act, reference) and all(f.party.kind != "organisation" for f in pair):
                act.source = list(pair)  # a body that inspects or mediates is no party


def _other(act: Act, fillers: list[Filler]) -> list[Filler]:
    """Those who are not on the act's own side."""
    own = camps_of(act.source)
    return [f for f in fillers if f.party.camp not in own]


def _known(filler: Filler) -> bool:
    """Is it a party to the affairs of states: one of the base, or of a country?"""
    return filler.party.entity is not None or filler.party.country is not None


def _among_themselves(act: Act, met: Facing) -> bool:
    """ "Les deux camps s'engagent à …": do those who act together face each other? Then they face nobody else."""
    camps = camps_of(act.source) if act.row.type in _CONCLUDING else set()
    return any(met[0][one][other] for one in camps for other in camps if one < other)


def _turn_on_doers(act: Act, by_word: dict[int, Act], reference: Reference) -> bool:
    """ "Paris a condamné les attentats de Bagdad": condemned is whoever did it, known or not, and not Iraq. Tells whether it is so here."""
    if act.row.type != "ACCUSE" or not all(f.via.startswith("obj") for f in act.target):
        return False
    done = _condemned(act, by_word, reference)
    if done:
        act.target = [Filler(f.party, f.token, "condemned") for a in done for f in a.source if all(f.party is not s.party for s in act.source)]
    return bool(done)


def _keep_at_home(act: Act, home: Party | None) -> None:
    """Where the article is of inner affairs, what a party of the country does by force, threat or charge it does within; an unknown doer is not the state."""
    if home is not None and act.row.type in _INNER and act.source and not act.target and all(f.party.country == home.country for f in act.source):
        act.target = [Filler(home, act.source[0].token, "home")]


def _take_rubric(act: Act, reference: Reference) -> None:
    """The rubric of a headline acts, or is struck."""
    rubric = _rubric(act, reference) if not act.source else None
    if rubric is None:
        return
    if act.row.type == "ASSAULT":
        act.target = act.target or [rubric]
    elif all(f.party is not rubric.party and (act.row.type != "ACCUSE" or f.party.camp != rubric.party.camp) for f in act.target):
        act.source = [rubric]  # "France : Untel soupçonné": by whom is open


def _at_home(reference: Reference) -> Party | None:
    """The state whose inner affairs the article tells: nearly all that it names is of one country."""
    counts: Counter[str] = Counter()
    for party in reference.cast.parties.values():
        if party.country:
            counts[party.country] += len(party.spans)
    if not counts:
        return None
    country, most = counts.most_common(1)[0]
    if most < HOME_MENTIONS or most < HOME_SHARE * sum(counts.values()):
        return None
    return reference.cast.state(country, reference.knowledge)


def _condemned(act: Act, by_word: dict[int, Act], reference: Reference) -> list[Act]:
    """The acts of force that an act of accusing has as its objects."""
    return [by_word[t.i] for t in _objects(act, reference) if t.i in by_word and by_word[t.i] is not act and by_word[t.i].row.type in _FORCE]


def _last_agreement(act: Act, acts: list[Act], at: int, reference: Reference) -> Act | None:
    """The act, sooner before this one than behind, that tells between whom the agreement was made that this one is about; None where it is about none."""
    if not _about_agreement(act, reference) or _named(act, reference):
        return None
    # A headline and its first sentences leave it to the text below.
    for others in ((acts[i] for i in range(at - 1, -1, -1)), (acts[i] for i in range(at + 1, len(acts)))):
        for other in others:
            if abs(act.token.i - other.token.i) > AGREEMENT_REACH:
                break
            if len({f.party.key for f in (*other.source, *other.target)}) > 1 and _about_agreement(other, reference):
                return other
    return None


def _objects(act: Act, reference: Reference) -> list[Token]:
    return verb_arguments(act.token, reference.pack).get("obj", []) if act.token.pos_ == "VERB" else []


def _told_of_somebody(act: Act, reference: Reference) -> tuple[bool, bool]:
    """Do an act's own words tell who does it, and on whom it falls, though nobody on record? Then the context does not."""
    if act.token.pos_ != "VERB":
        return False, False
    arguments = verb_arguments(act.token, reference.pack)
    fixed = {lemma for need in act.row.needs for lemma in need.lemmas}  # "rappelle son ambassadeur" falls on nobody of that name
    objects = [reference.counted(t) for t in (*arguments.get("obj", []), *arguments.get("à", []))]
    closed, nouns = reference.pack.closed, {t.lemma_.lower() for t in objects if t.pos_ == "NOUN"}
    return bool(arguments.get("subj")), any(noun in closed["people"] or noun in closed["source_noun"] for noun in nouns - fixed)


def _on_attackers(act: Act, reference: Reference) -> bool:
    """ "Deux assaillants ont été abattus"."""
    return any(reference.counted(t).lemma_.lower() in reference.pack.closed["attacker"] for t in _objects(act, reference))


def _shot_back_at(act: Act, claimed: list[Filler], reference: Reference) -> list[Filler]:
    """ "Les soldats ont riposté": those who claim the attack are the ones who are shot at."""
    return _other(act, claimed) if act.token.lemma_.lower() in reference.pack.closed["shoots_back"] else []


def _same_again(acts: list[Act]) -> None:
    """ "Un nouvel essai": where one party alone makes shows of force, what no clause gives a doer is its doing too."""
    shows = [a for a in acts if a.row.type == "MOBILIZE"]
    doers = {f.party.camp: f for a in shows for f in a.source}
    if len(doers) == 1:
        for act in shows:
            if not act.source and not act.target and act.row.mode == "weapons":
                act.source = [Filler(f.party, f.token, "again") for f in doers.values() if f.party.kind == "state"]


def _claim(acts: list[Act], claimed: list[Filler], reference: Reference) -> None:
    """Whoever claims the attack that the article tells of did what no clause gives a doer; what is done to the attackers is done to them."""
    for act in acts if claimed else ():
        if act.row.type in _FORCE and _on_attackers(act, reference):
            act.target = act.target or _other(act, claimed)
        elif act.row.type != "ASSAULT" or act.source or _has_agent(act, reference):
            continue
        elif all(f.party is not t.party for f in claimed for t in act.target):
            act.source = list(claimed)
            act.positions += [(f.party, "asserts", char_span(f.token, f.token)) for f in claimed]


def _has_agent(act: Act, reference: Reference) -> bool:
    """ "L'homme a été abattu par des militaires": somebody else did it, who is not on record."""
    verb = act.token
    return verb.pos_ == "VERB" and is_passive(verb, reference.pack) and bool(verb_arguments(verb, reference.pack).get("subj"))


def _claimants(doc: Doc, reference: Reference) -> list[Filler]:
    """Whoever claims the attack that the article tells of ("revendiqué par l'État islamique"); nobody where several claim."""
    found: list[Filler] = []
    for token in doc:
        if token.pos_ in ("VERB", "ADJ") and token.lemma_.lower() in reference.pack.closed["claims"]:
            arguments = verb_arguments(token, reference.pack)
            for subject in arguments.get("subj") or arguments.get("par", []) if all(_an_attack(t, reference) for t in arguments.get("obj", [])) else ():
                found += [f for f in reference.fillers(subject) if all(f.party is not g.party for g in found)]
    return by_way_of(found, "claimed") if len(found) == 1 else []


def _an_attack(token: Token, reference: Reference) -> bool:
    """Could the word be an attack that somebody claims ("l'attentat", "il"), and not a sum or a right?"""
    rows = reference.pack.events.get(("noun", token.lemma_.lower()), [])
    return token.pos_ != "NOUN" or any(r.type in _FORCE for r in rows) or token.lemma_.lower() in reference.pack.closed["attack_noun"]


def _where_it_fell(act: Act, reference: Reference) -> list[Filler]:
    """The state of the place that the act's clause names, unless it is the doer's own."""
    place = place_of(act.token, reference)
    state = reference.cast.state(place.country, reference.knowledge) if place is not None and place.country else None
    if state is None or any(f.party.country == state.country for f in act.source):
        return []
    token = next(t for t in act.token.doc[slice(*sentence_of(act.token))] if reference.cast.place_at(t) is place)
    return [Filler(state, token, "place")]


def _where_the_story_is(act: Act, reference: Reference) -> list[Filler]:
    """The state of the last place that the paragraph names before an act that names neither side nor place."""
    doc = act.token.doc
    start = paragraph_of(doc, act.token.idx)[0]
    for at in range(act.token.i - 1, -1, -1):
        if doc[at].idx < start:
            break
        place = reference.cast.place_at(doc[at])
        state = reference.cast.state(place.country, reference.knowledge) if place is not None and place.country else None
        if state is not None:
            return [Filler(state, doc[at], "place")]
    return []


def _rubric(act: Act, reference: Reference) -> Filler | None:
    """ "Burundi : convocation d'ambassadeurs": in a headline the rubric acts where nobody else does."""
    doc = act.token.doc
    line = act.token.i
    while line > 0 and not (doc[line - 1].is_space and "\n" in doc[line - 1].text):
        line -= 1
    for at in range(line, min(line + 4, act.token.i)):
        if doc[at].text == ":" and at > line:
            fillers = reference.fillers(doc[at - 1], places=True) or reference.fillers(doc[line], places=True)
            return Filler(fillers[0].party, fillers[0].token, "rubric") if fillers else None
    return None


def _named(act: Act, reference: Reference) -> bool:
    """Has the agreement a name of its own ("la charte du Liptako-Gourma")? Then it is not the one spoken of before."""
    objects = verb_arguments(act.token, reference.pack).get("obj", []) if act.token.pos_ == "VERB" else [act.token]
    return any(c.pos_ == "PROPN" and not reference.cast.at(c) for t in objects for c in t.children)


def _about_agreement(act: Act, reference: Reference) -> bool:
    """Is an agreement what the act is about ("le texte conclu mardi", "une trêve")?"""
    nouns = {row["word"] for row in reference.pack.agreement_words["noun"]}
    arguments = verb_arguments(act.token, reference.pack).get("obj", []) if act.token.pos_ in ("VERB", "ADJ") else [act.token]
    return any(t.lemma_.lower() in nouns or t.lemma_.lower() in reference.pack.closed["agreement_text"] for t in arguments)
