"""Tellings of one event put together: pairs that are alike, joined from the surest down unless what they tell forbids it.

The outcome hangs on the set of tellings alone, not on the order in which they came. Candidates are looked for in blocks (family of types, actor or
place) in the order of days, so that nothing is compared with everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from depeche.affairs.components import components
from depeche.affairs.likeness import ERA, SAME, Traits, family_of, likeness, reach_of, traits_of
from depeche.affairs.tellings import RECENT, Telling
from depeche.knowledge.base import shipped

Block = tuple[str, str]


def blocks_of(t: Telling) -> list[Block]:
    """The blocks in which a telling meets others: by each actor (its state), by its place, by its dispatch."""
    family = family_of(t.type)
    keys = {a.code for a in (*t.sources, *t.targets)}
    if t.place:
        keys.add("@" + t.place)
    keys.add("#" + t.dispatch)
    return [(family, key) for key in sorted(keys)]


def pairs_of(tellings: list[Telling]) -> list[tuple[float, int, int]]:
    """The pairs that are alike, as (weight, index, index), the surest first."""
    states = state_names()
    traits = [traits_of(t, states) for t in tellings]
    numbers: dict[Block, int] = {}
    mine = [sorted(numbers.setdefault(b, len(numbers)) for b in blocks_of(t)) for t in tellings]
    blocks: dict[int, list[int]] = defaultdict(list)
    for i, keys in enumerate(mine):
        for key in keys:
            blocks[key].append(i)
    sets = [frozenset(keys) for keys in mine]
    found: list[tuple[float, int, int]] = []
    for block, members in blocks.items():
        for i, j in _meetings(tellings, members):
            # A pair that meets in several blocks is weighed in the first of them.
            if len(sets[i]) > 1 and len(sets[j]) > 1 and min(sets[i] & sets[j]) != block:
                continue
            weight = likeness(tellings[i], tellings[j], traits[i], traits[j])
            if weight >= SAME:
                found.append((weight, min(i, j), max(i, j)))
    found.sort(key=lambda pair: (-pair[0], tellings[pair[1]].event, tellings[pair[2]].event))
    return found


def _meetings(tellings: list[Telling], members: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a block whose days may be the same: a sweep in the order of first days. Eras meet their equals only."""
    eras: dict[tuple[int, int], list[int]] = defaultdict(list)
    acts = []
    for i in members:
        t = tellings[i]
        if t.last - t.first > ERA:
            eras[t.first, t.last].append(i)
        else:
            acts.append(i)
    for same in eras.values():
        yield from _sweep(tellings, same)
    yield from _sweep(tellings, acts)


def _sweep(tellings: list[Telling], members: list[int]) -> Iterator[tuple[int, int]]:
    days = {i: reach_of(tellings[i]) for i in members}
    members = sorted(members, key=lambda i: (days[i][0], tellings[i].event))
    for n, i in enumerate(members):
        last = days[i][1] + 1
        for j in members[n + 1 :]:
            if days[j][0] > last:
                break
            yield i, j


class _Cluster:
    """What its members agree on, so that one more can be tested against all of them at once."""

    __slots__ = ("countries", "first", "last", "members", "places", "source", "target")

    def __init__(self, index: int, t: Telling, traits: Traits) -> None:
        self.members = [index]
        narrow = t.dated and t.last - t.first <= RECENT
        self.first, self.last = (t.first, t.last) if narrow else (0, 0)
        free = traits.undirected
        self.source, self.target = (frozenset() if free else traits.source), (frozenset() if free else traits.target)
        self.places = frozenset() if t.place is None or traits.coarse else frozenset({t.place})
        self.countries = frozenset({t.place_country}) if t.place_country else frozenset()

    def forbids(self, other: _Cluster) -> bool:
        """Do members of the two tell what cannot be one event?"""
        if self.last and other.last and max(self.first, other.first) - min(self.last, other.last) > 1:
            return True
        pairs = ((self.source, other.source), (self.target, other.target), (self.places, other.places), (self.countries, other.countries))
        return any(a and b and not a & b for a, b in pairs)

    def take(self, other: _Cluster) -> None:
        self.members += other.members
        if other.last:
            self.first, self.last = (max(self.first, other.first), min(self.last, other.last)) if self.last else (other.first, other.last)
            self.first, self.last = min(self.first, self.last), max(self.first, self.last)
        self.source, self.target = self.source | other.source, self.target | other.target
        self.places, self.countries = self.places | other.places, self.countries | other.countries


def clusters_of(tellings: list[Telling]) -> list[tuple[list[Telling], list[list[Telling]]]]:
    """The components of tellings that hang together by pairs, each with the events that its tellings are of."""
    tellings = sorted(tellings, key=lambda t: t.event)
    pairs = pairs_of(tellings)
    states = state_names()
    of = {i: _Cluster(i, t, traits_of(t, states)) for i, t in enumerate(tellings)}
    for _, i, j in pairs:
        a, b = of[i], of[j]
        if a is b or a.forbids(b):
            continue
        if len(a.members) < len(b.members):
            a, b = b, a
        a.take(b)
        for member in b.members:
            of[member] = a
    found = []
    for component in components(range(len(tellings)), ((i, j) for _, i, j in pairs)):
        events = {id(of[i]): of[i] for i in component}
        groups = [[tellings[i] for i in sorted(c.members)] for c in events.values()]
        found.append(([tellings[i] for i in component], groups))
    return found


@cache
def state_names() -> frozenset[str]:
    """The names of states: as a place, a whole country."""
    return frozenset(e.name for e in shipped().states.values())
