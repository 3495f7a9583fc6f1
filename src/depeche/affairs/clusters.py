"""Tellings of one event put together: pairs that are alike, joined from the surest down unless what they tell forbids it.

The outcome hangs on the set of tellings alone, not on the order in which they came. Candidates are looked for in blocks (family of types, actor or
place) in the order of days, so that nothing is compared with everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from depeche.affairs.components import components
from depeche.affairs.likeness import ERA, REPRINTED, SAME, Traits, family_of, reach_of, traits_of, weight_of
from depeche.affairs.tellings import RECENT, Telling
from depeche.knowledge.base import shipped

Block = tuple[str, str]


class Node:
    """Tellings that tell the very same (sides, days, place, kind), so that one speaks for all: a day's great event is told by hundreds."""

    __slots__ = ("reach", "said", "tellings", "traits")

    def __init__(self, tellings: list[Telling], traits: Traits) -> None:
        self.said, self.tellings, self.traits = tellings[0], tellings, traits
        self.reach = reach_of(self.said)

    def blocks(self) -> list[Block]:
        """The blocks in which it meets others: by each actor (its state), by its place, by its dispatches."""
        t, family = self.said, family_of(self.said.type)
        keys = set(self.traits.both) | {"#" + told.dispatch for told in self.tellings}
        if t.place:
            keys.add("@" + t.place)
        return [(family, key) for key in sorted(keys)]


def nodes_of(tellings: list[Telling]) -> list[Node]:
    """The tellings (in the order of their ids), those that tell the very same together where that makes them a pair."""
    states = state_names()
    same: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    traits: dict[tuple[object, ...], Traits] = {}
    key: tuple[object, ...]
    for t in tellings:
        x = traits_of(t, states)
        key = (t.type, t.mode, t.cameo, t.first, t.last, t.dated, t.place, t.place_country, x.source, x.target)
        same[key].append(t)
        traits[key] = x
    nodes = []
    for key, some in same.items():
        x = traits[key]
        if len(some) > 1 and weight_of(some[0], some[1], x, x) >= SAME:
            nodes.append(Node(some, x))
        else:
            nodes += [Node([t], x) for t in some]
    return sorted(nodes, key=lambda node: node.said.event)


def pairs_of(nodes: list[Node]) -> list[tuple[float, int, int]]:
    """The pairs that are alike, as (weight, index, index), the surest first."""
    numbers: dict[Block, int] = {}
    mine = [frozenset(numbers.setdefault(b, len(numbers)) for b in node.blocks()) for node in nodes]
    blocks: dict[int, list[int]] = defaultdict(list)
    for i, keys in enumerate(mine):
        for key in sorted(keys):
            blocks[key].append(i)
    reprinted = _reprinted(nodes)
    found: list[tuple[float, int, int]] = []
    for block, members in blocks.items():
        for i, j in _meetings(nodes, members):
            # A pair that meets in several blocks is weighed in the first of them.
            if min(mine[i] & mine[j]) != block:
                continue
            a, b = nodes[i], nodes[j]
            weight = weight_of(a.said, b.said, a.traits, b.traits)
            if weight and (min(i, j), max(i, j)) in reprinted:
                weight += REPRINTED
            if weight >= SAME:
                found.append((weight, min(i, j), max(i, j)))
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return found


def _reprinted(nodes: list[Node]) -> set[tuple[int, int]]:
    """Pairs of nodes that tell, in the same words, what one dispatch told: in two prints of it."""
    prints: dict[tuple[str, str, str], set[tuple[int, str]]] = defaultdict(set)
    for i, node in enumerate(nodes):
        for t in node.tellings:
            prints[t.dispatch, family_of(t.type), t.words].add((i, t.article))
    return {(i, j) for some in prints.values() if len(some) > 1 for i, one in some for j, other in some if i < j and one != other}


def _meetings(nodes: list[Node], members: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a block whose days may be the same: a sweep in the order of first days. Eras meet their equals only."""
    eras: dict[tuple[int, int], list[int]] = defaultdict(list)
    acts = []
    for i in members:
        t = nodes[i].said
        if t.last - t.first > ERA:
            eras[t.first, t.last].append(i)
        else:
            acts.append(i)
    for same in eras.values():
        yield from _sweep(nodes, same)
    yield from _sweep(nodes, acts)


def _sweep(nodes: list[Node], members: list[int]) -> Iterator[tuple[int, int]]:
    members = sorted(members, key=lambda i: (nodes[i].reach[0], i))
    for n, i in enumerate(members):
        last = nodes[i].reach[1] + 1
        for j in members[n + 1 :]:
            if nodes[j].reach[0] > last:
                break
            yield i, j


class _Cluster:
    """What its members agree on, so that one more can be tested against all of them at once."""

    __slots__ = ("countries", "first", "last", "members", "places", "source", "target")

    def __init__(self, index: int, node: Node) -> None:
        self.members = [index]
        t, traits = node.said, node.traits
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
    nodes = nodes_of(sorted(tellings, key=lambda t: t.event))
    pairs = pairs_of(nodes)
    of = {i: _Cluster(i, node) for i, node in enumerate(nodes)}
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
    for component in components(range(len(nodes)), ((i, j) for _, i, j in pairs)):
        events = {id(of[i]): of[i] for i in component}
        groups = [[t for i in sorted(c.members) for t in nodes[i].tellings] for c in events.values()]
        found.append(([t for i in component for t in nodes[i].tellings], groups))
    return found


@cache
def state_names() -> frozenset[str]:
    """The names of states: as a place, a whole country."""
    return frozenset(e.name for e in shipped().states.values())
