"""One act told twice is one event; an act of long ago is background.

A headline and the sentence that carries it out tell the same act where type, mode and both sides agree; further down, so do two tellings by the same
word on the same day. A definite noun without sides of its own takes up the one act of its type told shortly before ("cette frappe", "l'attaque"). The
fullest telling is the event's trigger, the others are its `retold`.
"""

from __future__ import annotations

from spacy.tokens import Token

from depeche.extraction.acts import Act
from depeche.extraction.grammar import paragraph_of, text_of
from depeche.extraction.sides import camps_of
from depeche.extraction.timing import is_long_past
from depeche.extraction.verbforms import is_past_participle
from depeche.language.pack import LanguagePack

# A noun takes up an act told at most so many characters before it.
TAKEN_UP = 600
_HAPPENED = frozenset({"reported", "alleged"})


def fold_retellings(acts: list[Act], published: str | None, pack: LanguagePack) -> list[Act]:
    """The acts in the order of the text, each once by its fullest telling; those of long ago marked as background."""
    headline = _end_of_headline(text_of(acts[0].token.doc)) if acts else 0
    kept: list[Act] = []
    by_sides: dict[tuple[object, ...], list[Act]] = {}
    recalled = -1  # the paragraph that the last act of long ago stands in, by its start
    for act in acts:
        paragraph = paragraph_of(act.token.doc, act.trigger.start)[0]
        act.background = _is_recalled(act, published) or (recalled == paragraph and act.date is None and _had_been_done(act.token))
        recalled = paragraph if act.background else recalled
        same = by_sides.setdefault(_what_is_told(act), [])
        first = next((a for a in same if _told_again(a, act, headline)), None) if act.source and act.target else None
        first = first or _taken_up(act, kept, pack)
        if first is None:
            same.append(act)
            kept.append(act)
        else:
            _fold(first, act, headline)
    return sorted(kept, key=lambda a: a.trigger.start)


def _what_is_told(act: Act) -> tuple[object, ...]:
    sides = (frozenset(f.party.key for f in side) for side in (act.source, act.target))
    return act.row.type, act.row.mode, act.status, *sides


def _told_again(first: Act, act: Act, headline: int) -> bool:
    dates = [a.date.interval for a in (first, act) if a.date is not None]
    if len(dates) == 2 and dates[0] != dates[1]:
        return False
    carried_out = first.trigger.start < headline <= act.trigger.start
    return carried_out or (first.row.lemma == act.row.lemma and len(dates) == 2)


def _taken_up(act: Act, kept: list[Act], pack: LanguagePack) -> Act | None:
    """ "cette frappe", "l'attaque": the only act of the type shortly before, where sides and dates do not speak against it."""
    noun = act.token
    if noun.pos_ != "NOUN" or act.status not in _HAPPENED or "Plur" in noun.morph.get("Number", []):
        return None
    articles = [c.lower_ for c in noun.children if c.dep_ == "det"]
    pointing = any(word in pack.closed["demonstrative"] for word in articles)
    # "L'attaque, qui a duré une heure": a clause behind a comma only adds to what is known.
    aside = noun.i + 1 < len(noun.doc) and noun.nbor(1).text == ","
    bare = all(c.dep_ in ("det", "case", "punct") or (aside and c.dep_ == "acl:relcl") for c in noun.children) and any(
        word in pack.closed["the"] for word in articles
    )
    if not pointing and not bare:
        return None
    before: list[Act] = []
    for earlier in reversed(kept):
        if act.trigger.start - earlier.trigger.start > TAKEN_UP:
            break
        if earlier.row.type == act.row.type:
            before.append(earlier)
    if len(before) != 1 or before[0].status not in _HAPPENED or before[0].background or not _compatible(before[0], act):
        return None
    return before[0]


def _compatible(first: Act, act: Act) -> bool:
    """Do the sides of one lie within those of the other, and are the dates, where both have one, the same?"""
    dates = {a.date.interval for a in (first, act) if a.date is not None}
    if len(dates) > 1:
        return False
    for side, other in ((first.source, act.source), (first.target, act.target)):
        keys, others = camps_of(side), camps_of(other)
        if keys and others and not (keys <= others or others <= keys):
            return False
    return first.row.mode == act.row.mode or not first.row.mode or not act.row.mode


def _end_of_headline(text: str) -> int:
    """Where the first line of the text ends; 0 where it has only one."""
    begins = len(text) - len(text.lstrip())
    return max(0, text.find("\n", begins))


def _fold(first: Act, again: Act, headline: int) -> None:
    """What the second telling adds goes to the first; the sentence names the event rather than its headline, the longer trigger rather than the shorter."""
    fuller = first.trigger.start < headline or again.trigger.end - again.trigger.start > first.trigger.end - first.trigger.start
    if fuller:
        first.trigger, again.trigger = again.trigger, first.trigger
        first.evidence = again.evidence
    first.retold.append(again.trigger)
    first.source, first.target = first.source or again.source, first.target or again.target
    first.date = again.date or first.date if fuller else first.date or again.date
    first.place = again.place or first.place if fuller else first.place or again.place
    first.figures += [f for f in again.figures if f not in first.figures]
    first.positions += [p for p in again.positions if all(p[:2] != q[:2] for q in first.positions)]


def _had_been_done(verb: Token) -> bool:
    """A pluperfect ("avait arrêté"): in a paragraph that has gone back to long ago, it stays there."""
    return is_past_participle(verb) and any(c.dep_.startswith("aux") and "Imp" in c.morph.get("Tense", []) for c in verb.children)


def _is_recalled(act: Act, published: str | None) -> bool:
    return act.date is not None and is_long_past(act.date.interval, published)
