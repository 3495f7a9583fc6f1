"""When and where an act took place, by the words of its own clause."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from spacy.tokens import Token

from depeche.extraction.actors import Party
from depeche.extraction.dates import DateMention
from depeche.extraction.grammar import sentence_of
from depeche.extraction.sides import Reference

# What ended so long before the article appeared is recalled, not reported.
RECALLED = timedelta(days=30)


def is_long_past(interval: tuple[str, str] | None, published: str | None) -> bool:
    """Did it end so long before the article appeared that the article only recalls it?"""
    if published is None or interval is None:
        return False
    return date.fromisoformat(interval[1]) < date.fromisoformat(published[:10]) - RECALLED


def date_of(trigger: Token, dates: list[DateMention], triggers: set[int]) -> DateMention | None:
    """The expression of date that hangs on the act: directly, on the verb that carries its noun, or at the head of its sentence."""
    first, end = sentence_of(trigger)
    here = dates[bisect_left(dates, first, key=_start) : bisect_left(dates, end, key=_start)]
    holders = {trigger.i, *(c.i for c in trigger.children if c.dep_ == "acl" and trigger.pos_ == "NOUN" and c.i not in triggers)}
    carrier = trigger
    if trigger.pos_ in ("NOUN", "ADJ") and trigger.dep_.partition(":")[0] in ("obj", "nsubj", "obl", "xcomp") and trigger.head.pos_ == "VERB":
        carrier = trigger.head
        if carrier.i not in triggers:
            holders.add(carrier.i)
    if carrier.dep_ in ("xcomp",) and carrier.head.pos_ == "VERB" and carrier.head.i not in triggers:
        holders.add(carrier.head.i)
    attached = [d for d in here if _holder(d, trigger, triggers) in holders]
    if attached:
        return min(attached, key=lambda d: abs(d.start - trigger.i))
    root = carrier
    while root.dep_ == "conj":
        root = root.head
    if root.dep_ == "ROOT" or carrier.dep_ == "ROOT":
        opening = [d for d in here if d.end <= first + 9 and _holder(d, trigger, triggers) == root.i]
        if opening and not any(t in triggers and trigger.doc[t].dep_ != "ROOT" for t in range(opening[0].end + 1, trigger.i)):
            return opening[0]
    return None


def _start(date: DateMention) -> int:
    return date.start


def _holder(date: DateMention, trigger: Token, triggers: set[int]) -> int | None:
    """The verb or trigger that an expression of date hangs on."""
    token: Token = trigger.doc[date.start : date.end].root
    for _ in range(8):
        if token.head == token:
            return token.i
        token = token.head
        if token.i in triggers or token.pos_ in ("VERB", "AUX"):
            return token.i
    return None


def place_of(trigger: Token, reference: Reference) -> Party | None:
    """The location named in the act's clause, else the nearest one before it in the sentence."""
    nearest: tuple[int, Party] | None = None
    for token in trigger.doc[slice(*sentence_of(trigger))]:
        place = reference.cast.place_at(token)
        if place is None:
            continue
        under = token
        for _ in range(6):
            if under.head == trigger:
                return place
            if under.head == under:
                break
            under = under.head
        distance = abs(token.i - trigger.i)
        if nearest is None or distance < nearest[0]:
            nearest = (distance, place)
    return nearest[1] if nearest is not None and nearest[0] <= 12 else None
