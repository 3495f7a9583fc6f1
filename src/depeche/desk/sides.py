"""How values of the record are shown: sides of an event, the step of the scale that a score lies on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_PARTED = re.compile(r" (?=[:;?!»])|(?<=«) ")
# Upper ends of the steps from conflict to cooperation; the first step is 1.
_STEPS = (-5.0, -1.0, 1.0, 5.0)


def step(score: float | None) -> int:
    """The step of the scale from conflict (1) to cooperation (5)."""
    return 1 + sum((score or 0.0) > end for end in _STEPS)


def bound(words: str) -> str:
    """A title whose French punctuation is not parted from its words at the end of a line."""
    return _PARTED.sub("\u00a0", words)


def through(relays: Iterable[str], agency: str | None, publisher: str | None) -> list[str]:
    """Through whom words reached us, nearest the speaker first, the paper that printed them last."""
    return list(dict.fromkeys(name for name in (*relays, agency, publisher) if name))


def called(actors: Iterable[Any]) -> list[str]:
    """The names of actors, given as rows or as names."""
    return [a if isinstance(a, str) else a["name"] for a in actors]
