"""What a clause leaves to its neighbours: whom a denial answers, who concluded the agreement that is spoken of, who claims an attack, where it fell.

Each side filled here says so in its `via` (answers, agreement, claimed, place, rubric), so that a reader can leave it out.
"""

from __future__ import annotations

from spacy.tokens import Doc

from depeche.extraction.acts import Act
from depeche.extraction.grammar import char_span, sentence_of, verb_arguments
from depeche.extraction.sides import Filler, Reference
from depeche.extraction.timing import place_of

# A denial or refusal answers an accusation or demand at most so many words before it.
ANSWER_REACH = 90
# An agreement is taken up at most so many words behind the words that tell whose it is.
AGREEMENT_REACH = 400


# Acts that answer somebody: a denial, a refusal, a concession, a counter-charge.
_ANSWERING = frozenset({"REJECT", "ACCUSE", "THREATEN", "SANCTION", "AGREE", "CONCEDE", "RETREAT", "REQUEST"})


def _answered(act: Act, acts: list[Act], at: int) -> list[Filler]:
    """Whom an act without an object of its own answers: the other side of the last act that its doer had a part in."""
    own = {f.party.country or f.party.key for f in act.source}
    for earlier in (acts[i] for i in range(at - 1, -1, -1)):
        if act.token.i - earlier.token.i > ANSWER_REACH:
            break
        sides = [{f.party.country or f.party.key for f in side} for side in (earlier.source, earlier.target)]
        if not all(sides):
            continue
        if own & sides[1] and not own & sides[0]:
            return [Filler(f.party, f.token, "answers") for f in earlier.source]
        if own & sides[0] and not own & sides[1]:
            return [Filler(f.party, f.token, "answers") for f in earlier.target]
    return []


def fill_from_context(acts: list[Act], reference: Reference) -> None:
    """What a clause leaves to the one before it: whom a denial answers, who concluded the agreement that is spoken of, where a strike fell."""
    claimed = _claimants(acts[0].token.doc, reference) if acts else []
    for at, act in enumerate(acts):
        if act.source and not act.target and act.row.type in _ANSWERING:
            act.target = _answered(act, acts, at)
        if not act.source and (rubric := _rubric(act, reference)) is not None:
            if act.row.type == "ASSAULT":
                act.target = act.target or [rubric]
            elif all(f.party is not rubric.party for f in act.target):
                act.source = [rubric]
        if act.row.type == "ASSAULT":
            if not act.source and (claimants := [f for f in claimed if all(f.party is not t.party for t in act.target)]):
                act.source = claimants
                act.positions += [(f.party, "asserts", char_span(f.token, f.token)) for f in claimants]
            if not act.target:
                act.target = _where_it_fell(act, reference)
        elif not act.source and not act.target:
            if act.row.type == "COERCE":
                act.target = _where_it_fell(act, reference)
            elif act.row.type in ("SUPPORT", "CONCEDE", "RETREAT", "AGREE"):
                known = _last_agreement(act, acts, at, reference)
                if known is not None:
                    act.source = [Filler(f.party, f.token, "agreement") for f in (*known.source, *known.target)]


def _last_agreement(act: Act, acts: list[Act], at: int, reference: Reference) -> Act | None:
    """The act before this one that tells between whom the agreement was made that this one is about; None where it is about none."""
    if not _about_agreement(act, reference):
        return None
    for before in (acts[i] for i in range(at - 1, -1, -1)):
        if act.token.i - before.token.i > AGREEMENT_REACH:
            return None
        if len({f.party.key for f in (*before.source, *before.target)}) > 1 and _about_agreement(before, reference):
            return before
    return None


def _claimants(doc: Doc, reference: Reference) -> list[Filler]:
    """Whoever claims the attack that the article tells of ("revendiqué par l'État islamique"); nobody where several claim."""
    found: list[Filler] = []
    for token in doc:
        if token.lemma_.lower() in reference.pack.closed["claims"] and token.pos_ in ("VERB", "ADJ"):
            for subject in verb_arguments(token, reference.pack).get("subj", []):
                found += [f for f in reference.fillers(subject) if all(f.party is not g.party for g in found)]
    return [Filler(f.party, f.token, "claimed") for f in found] if len(found) == 1 else []


def _where_it_fell(act: Act, reference: Reference) -> list[Filler]:
    """The state of the place that the act's clause names, unless it is the doer's own."""
    place = place_of(act.token, reference)
    state = reference.cast.state(place.country, reference.knowledge) if place is not None and place.country else None
    if state is None or any(f.party.country == state.country for f in act.source):
        return []
    token = next(t for t in act.token.doc[slice(*sentence_of(act.token))] if reference.cast.place_at(t) is place)
    return [Filler(state, token, "place")]


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


def _about_agreement(act: Act, reference: Reference) -> bool:
    """Is an agreement what the act is about ("le texte conclu mardi", "une trêve")?"""
    nouns = {row["word"] for row in reference.pack.agreement_words["noun"]}
    arguments = verb_arguments(act.token, reference.pack).get("obj", []) if act.token.pos_ in ("VERB", "ADJ") else [act.token]
    return any(t.lemma_.lower() in nouns or t.lemma_.lower() in reference.pack.closed["agreement_text"] for t in arguments)
