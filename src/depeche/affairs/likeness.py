"""When two tellings may be of one event: what they share speaks for it, what they tell differently against it.

The records are compared, not the words: type and mode, sides, days and places. A weight of `SAME` or more makes a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

from depeche.affairs.tellings import SideActor, Telling
from depeche.ontology.plover import UNDIRECTED

SAME = 4.0

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
    days = _days(a, b)
    if days is None:
        return 0.0
    sides = _sides(x, y)
    if sides is None:
        return 0.0
    place = _places(a, b, x, y)
    if place is None:
        return 0.0
    weight = days + sides + place + _kind(a, b)
    if a.dispatch == b.dispatch and a.article != b.article and a.words == b.words:
        weight += 3.0  # the same words of the same dispatch, printed twice
    return weight


def _kind(a: Telling, b: Telling) -> float:
    if a.type != b.type:
        return 0.5
    if a.mode and b.mode and a.mode != b.mode:
        return 0.5
    if a.cameo and b.cameo and a.cameo != b.cameo:
        return 1.0
    return 2.0


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
        return 2.5 if gap <= 0 and length <= 2 else 1.5 if gap <= 0 and length <= 31 else 0.5
    if a.dated or b.dated:
        dated, guessed = (a, b) if a.dated else (b, a)
        if dated.first > guessed.last + _NIGHT or dated.last < guessed.first:
            return None
        return 1.5 if guessed.last - dated.last <= 2 else 0.5
    gap = abs(a.last - b.last)
    return 1.5 if gap <= 1 else 0.5 if gap <= 4 else None


def _sides(x: Traits, y: Traits) -> float | None:
    """What the sides say; None where both name somebody and nobody is the same."""
    if x.undirected or y.undirected:
        if not x.both or not y.both:
            return 0.0
        shared = len(x.both & y.both)
        return 3.5 * shared / min(len(x.both), len(y.both)) if shared and (shared > 1 or len(x.both) == 1 or len(y.both) == 1) else None
    weight = 0.0
    for mine, theirs in ((x.source, y.source), (x.target, y.target)):
        if mine and theirs:
            shared = len(mine & theirs)
            if not shared:
                return None
            weight += 1.0 + shared / max(len(mine), len(theirs))
    return weight


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
