"""How much of the press's words goes out with an export.

`none`: no word of an article, so that a set for replication can be shared; names of actors and places stay, being who and where, but what
articles call people without naming them ("témoins") goes. `evidence`: the words that entries point at, and titles. `full`: the articles too.
"""

from __future__ import annotations

import hashlib
import json
from typing import Literal

from sqlalchemy import Connection, select

from depeche.store.schema import actors

Text = Literal["none", "evidence", "full"]
TEXTS: tuple[Text, ...] = ("none", "evidence", "full")


class Veil:
    """Names and keys as they may go out at a level of text."""

    def __init__(self, connection: Connection, text: Text) -> None:
        self.drawn = text == "none"
        self._withheld: frozenset[str] = frozenset()
        if self.drawn:
            query = select(actors.c.key, actors.c.name).where(actors.c.entity.is_(None)).distinct()
            self._withheld = frozenset(row.key for row in connection.execute(query) if is_description(row.name))

    def name(self, name: str | None, key: str | None) -> str | None:
        """An actor's name; None where it is only what an article calls somebody."""
        return None if key in self._withheld else name

    def place(self, name: str | None) -> str | None:
        """A place's name; None where no word of it is one ("capitale", but "mer du Japon")."""
        return None if self.drawn and name and name.islower() else name

    def key(self, key: str | None) -> str | None:
        """An actor's key; a digest of it where the key tells an article's words. Keys that were the same stay the same."""
        if key is None or key not in self._withheld:
            return key
        return f"{key.partition(':')[0]}:{hashlib.sha256(key.encode()).hexdigest()[:12]}"

    def names(self, cell: str | None) -> str | None:
        """A cell that holds several names as a JSON list."""
        if not self.drawn or cell is None:
            return cell
        kept = [name for name in json.loads(cell) if not is_description(name)]
        return json.dumps(kept, ensure_ascii=False) if kept else None


def is_description(name: str) -> bool:
    """Is it what an article calls somebody ("source proche") rather than a name?"""
    return name[:1].islower()
