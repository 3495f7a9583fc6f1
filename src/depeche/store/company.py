"""The actors and places of an article, joined by those whom a person names in a correction.

A correction describes an actor or a place in words of its own (name, kind, country, entity): ids change with a newer reading, a name does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from depeche.ontology.spelling import fold
from depeche.record import Actor, ArticleRecord, Place, Span, entry_id

Described = dict[str, Any]
_OF_AN_ACTOR = ("id", "name", "kind", "country", "sector", "entity")
_OF_A_PLACE = ("id", "name", "country", "latitude", "longitude")
# Whoever is only named stands for no state: the kind that claims the least.
UNKNOWN_KIND = "group"


def described_actor(actor: Actor) -> Described:
    """An actor as a correction keeps it."""
    return {name: getattr(actor, name) for name in _OF_AN_ACTOR}


def described_place(place: Place) -> Described:
    """A place as a correction keeps it."""
    return {name: getattr(place, name) for name in _OF_A_PLACE}


class Company:
    """Who and where an article speaks of; whom it does not know yet joins when first asked for."""

    def __init__(self, record: ArticleRecord, actors: Iterable[Actor]) -> None:
        """`actors`: those of the record, as a person corrected them. They are also known by the names they had before."""
        self._record = record
        self.actors = list(actors)
        self.places = list(record.places)
        self._before = {a.id: a for a in record.actors}
        self._named = {m for a in self.actors for m in a.mentions} | {m for p in self.places for m in p.mentions}

    def actor(self, wanted: Described) -> str:
        """The id of the actor that a correction describes."""
        found = self.known_actor(wanted)
        if found is None:
            identity = f"{wanted.get('kind') or UNKNOWN_KIND}:{fold(wanted['name'])}"
            rest = {name: wanted.get(name) for name in ("country", "sector", "entity")}
            kind = wanted.get("kind") or UNKNOWN_KIND
            found = Actor(self._id("n", identity), wanted["name"], kind, **rest, mentions=self._mentions(wanted["name"]))
            self.actors.append(found)
        return found.id

    def known_actor(self, wanted: Described) -> Actor | None:
        """The actor of the article that is meant: by id and name, by what the knowledge base calls it, by name."""
        name = fold(wanted["name"])
        named = [a for a in self.actors if name in (fold(a.name), fold(self._before.get(a.id, a).name))]
        same = [a for a in named if a.id == wanted.get("id")]
        entity = wanted.get("entity")
        same += [a for a in self.actors if entity and a.entity == entity]
        # Two of one name whom the base tells apart are two.
        same += [a for a in named if not (entity and a.entity)]
        return same[0] if same else None

    def place(self, wanted: Described) -> str:
        """The id of the place that a correction describes."""
        found = self.known_place(wanted)
        if found is None:
            where = {name: wanted.get(name) for name in ("country", "latitude", "longitude")}
            found = Place(self._id("m", fold(wanted["name"])), wanted["name"], **where, mentions=self._mentions(wanted["name"]))
            self.places.append(found)
        return found.id

    def known_place(self, wanted: Described) -> Place | None:
        """The place of the article that is meant: by id and name, else by name."""
        named = [p for p in self.places if fold(p.name) == fold(wanted["name"])]
        return next((p for p in named if p.id == wanted.get("id")), named[0] if named else None)

    def _id(self, letter: str, identity: str) -> str:
        """No characters of the text need name whom a person adds: a digest of the name stands where other ids have an offset."""
        return entry_id(self._record.article, letter, int(hashlib.sha256(identity.encode()).hexdigest()[:8], 16))

    def _mentions(self, name: str) -> tuple[Span, ...]:
        """Where the text has a name that nobody else bears there."""
        found = (Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self._record.article.text))
        free = tuple(s for s in found if not any(s.start < m.end and m.start < s.end for m in self._named))
        self._named.update(free)
        return free
