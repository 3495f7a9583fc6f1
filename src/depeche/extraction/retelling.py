"""One act told twice is one event; an act of long ago is background.

A headline and the sentence that carries it out tell the same act where type, mode and both sides agree; further down, so do two tellings by the same
word on the same day. The fullest telling is the event's trigger, the others are its `retold`.
"""

from __future__ import annotations

from depeche.extraction.acts import Act
from depeche.extraction.grammar import text_of
from depeche.extraction.timing import is_long_past


def fold_retellings(acts: list[Act], published: str | None) -> list[Act]:
    """The acts in the order of the text, each once by its fullest telling; those of long ago marked as background."""
    headline = _end_of_headline(text_of(acts[0].token.doc)) if acts else 0
    kept: list[Act] = []
    by_sides: dict[tuple[object, ...], list[Act]] = {}
    for act in acts:
        act.background = _is_recalled(act, published)
        same = by_sides.setdefault(_what_is_told(act), [])
        first = next((a for a in same if _told_again(a, act, headline)), None) if act.source and act.target else None
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
    first.date = again.date or first.date if fuller else first.date or again.date
    first.place = again.place or first.place if fuller else first.place or again.place
    first.figures += [f for f in again.figures if f not in first.figures]
    first.positions += [p for p in again.positions if all(p[:2] != q[:2] for q in first.positions)]


def _is_recalled(act: Act, published: str | None) -> bool:
    return act.date is not None and is_long_past(act.date.interval, published)
