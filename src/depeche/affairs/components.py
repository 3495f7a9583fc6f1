"""Connected components: what hangs together by pairs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def components(nodes: Iterable[K], pairs: Iterable[tuple[K, K]]) -> list[list[K]]:
    """The nodes in groups, each in the order of `nodes`; a node without a pair is alone."""
    parent = {n: n for n in nodes}

    def root(n: K) -> K:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in pairs:
        parent[root(a)] = root(b)
    groups: dict[K, list[K]] = {}
    for n in parent:
        groups.setdefault(root(n), []).append(n)
    return list(groups.values())
