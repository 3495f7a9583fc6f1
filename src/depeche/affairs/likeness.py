"""When two tellings may be of one event: what they share speaks for it, what they tell differently against it.

The records are compared, not the words: type and mode, sides, days and places. A weight of `SAME` or more makes a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

from depeche.affairs.tellings import SideActor, Telling
from depeche.ontology.plover import UNDIRECTED

SAME = 3.5
# What the same words of one dispatch, printed twice, add.
REPRINTED = 3.0

# Types that careful coders take for each other when the same thing is told: yielding announced and carried out, a promise and its signature,
# force and the duress that goes with it, help that both sides give.
_KINDRED = {
    "CONCEDE": "yield",
    "RETREAT": "yield",
    "AGREE": "pact",
    "SUPPORT": "pact",
    "AID": "help",
    "COOPERATE": "help",
}
# Days within which two accounts of one night, on both sides of midnight or of the date line, may differ.
_NIGHT = 1
# Days: an interval longer than this ("en 2022") tells an era, not the day of an act.
ERA = 62


# CAMEO codes of acts of their own, whatever else of the same type was done that day: an ambassador called in, a note handed over.
_APART = frozenset({"114"})
# Families of acts that do not come again every week between the same two: a report that tells no day may recall one of the season.
_SELDOM = frozenset({"yield", "pact", "help", "SANCTION"})
SEASON = 60


def family_of(type_: str) -> str:
    """What is compared with what: kindred types are one family."""
    return _KINDRED.get(type_, type_)


@dataclass(slots=True)
class Traits:
    """A telling as the weighing needs it: sets ready made."""

    source: frozenset[str]
    target: frozenset[str]
    both: frozenset[str]
    undirected: bool
    coarse: bool


def traits_of(t: Telling, states: frozenset[str]) -> Traits:
    """`states`: the names of states, which as places say less than a town does."""
    source, target = _codes(t.sources), _codes(t.targets)
    return Traits(source, target, source | target, t.type in UNDIRECTED, t.place in states)


def _codes(actors: list[SideActor]) -> frozenset[str]:
    return frozenset(a.code for a in actors)


def likeness(a: Telling, b: Telling, x: Traits, y: Traits) -> float:
    """How much speaks for one event behind two tellings; 0 where something rules it out."""
    weight = weight_of(a, b, x, y)
    same_words = a.dispatch == b.dispatch and a.article != b.article and a.words == b.words
    return weight + REPRINTED if weight and same_words else weight


def weight_of(a: Telling, b: Telling, x: Traits, y: Traits) -> float:
    """The likeness of two tellings by what they tell, whoever printed them."""
    if (a.cameo in _APART) != (b.cameo in _APART):
        return 0.0
    sides = _sides(x, y)
    if sides is None:
        return 0.0
    days = _days(a, b)
    if days is None:
        if not _recalled(a, b, x, y):
            return 0.0
        days = 0.0
    place = _places(a, b, x, y)
    if place is None:
        return 0.0
    return days + sides + place + _kind(a, b)


def _kind(a: Telling, b: Telling) -> float:
    """Whether the same kind of act is told; a finer code tells more than a type."""
    if a.type != b.type or (a.mode and b.mode and a.mode != b.mode) or (a.cameo and b.cameo and a.cameo != b.cameo):
        return 0.5
    return 1.5


def _days(a: Telling, b: Telling) -> float | None:
    """What the days say; None where they rule one event out."""
    if a.last - a.first > ERA or b.last - b.first > ERA:
        return 1.0 if (a.first, a.last) == (b.first, b.last) else None
    if not a.last or not b.last:  # texts without any date meet each other only
        return 0.0 if a.last == b.last else None
    if a.dated and b.dated:
        gap = max(a.first, b.first) - min(a.last, b.last)
        if gap > _NIGHT:
            return None
        length = max(a.last - a.first, b.last - b.first)
        return 2.0 if gap <= 0 and length <= 2 else 1.0 if gap <= 0 and length <= 31 else 0.5
    if a.dated or b.dated:
        dated, guessed = (a, b) if a.dated else (b, a)
        if dated.first > guessed.last + _NIGHT or dated.last < guessed.first:
            return None
        return 1.0 if guessed.last - dated.last <= 2 else 0.5
    gap = abs(a.last - b.last)
    return 1.0 if gap <= 1 else 0.5 if gap <= 4 else None


def reach_of(t: Telling) -> tuple[int, int]:
    """The days between which a telling of the same event can lie (ordinals): its own, and the season for what is recalled without a day."""
    if family_of(t.type) in _SELDOM and not t.dated and t.last:
        return min(t.first, t.last - SEASON), t.last
    return t.first, t.last


def _recalled(a: Telling, b: Telling, x: Traits, y: Traits) -> bool:
    """Does one of them, without a day of its own, recall what the other dates: the same two sides, a type that does not come every week?"""
    if a.dated == b.dated or family_of(a.type) not in _SELDOM or not (x.source and x.target and x.source == y.source and x.target == y.target):
        return False
    dated, recalls = (a, b) if a.dated else (b, a)
    return 0 < recalls.last - dated.last <= SEASON and dated.last - dated.first <= ERA


def _sides(x: Traits, y: Traits) -> float | None:
    """What the sides say; None where both name somebody and nobody is the same.

    Who acts tells more than who suffers: a country is struck, or its people arrested, by many on one day. What stays within one country counts as one side.
    """
    if x.undirected or y.undirected:
        shared = len(x.both & y.both)
        if not shared:
            return None if x.both and y.both else 0.0
        return 3.5 if shared > 1 else 1.5 if len(x.both) == 1 or len(y.both) == 1 else None
    source, target = x.source & y.source, x.target & y.target
    if (x.source and y.source and not source) or (x.target and y.target and not target):
        return None
    if source and target:
        return 0.5 if source == target else 4.0
    return 2.0 if source else 0.5 if target else 0.0


def _places(a: Telling, b: Telling, x: Traits, y: Traits) -> float | None:
    if a.place is None or b.place is None:
        return 0.0
    if a.place == b.place:
        return 0.5 if x.coarse else 1.5
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return None
    if x.coarse or y.coarse:
        return 0.5
    return None if a.type == "ASSAULT" else -1.0
