"""Where affairs took place, for a map."""

from __future__ import annotations

from typing import Any

from depeche.desk.room import Room

MOST = 1000


def places(room: Room, asked: dict[str, Any]) -> dict[str, Any]:
    """The places of the affairs that are asked for, the busiest first, with their mean score; how many affairs tell no place or none that is known."""
    found = room.record.places(**{k: v for k, v in _plain(asked).items() if v is not None})
    known = [row for row in found if row["latitude"] is not None and row["longitude"] is not None]
    unplaced = sum(row["affairs"] for row in found) - sum(row["affairs"] for row in known)
    return {"places": known[:MOST], "unplaced": unplaced}


def _plain(asked: dict[str, Any]) -> dict[str, Any]:
    names = ("actor", "counterpart", "place", "words", "since", "until")
    return {name: asked.get(name) for name in names} | {"types": asked.get("type"), "statuses": asked.get("status")}
