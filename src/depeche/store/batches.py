"""Many values, as many at a time as one statement takes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

# Fewer than the variables that SQLite (32,766) and PostgreSQL (65,535) allow in one statement, and enough to be quick.
_BATCH = 500


def batches(values: Iterable[str]) -> Iterable[list[str]]:
    """The values in their order, in lists that one statement takes."""
    rest = iter(values)
    while some := list(islice(rest, _BATCH)):
        yield some
