"""Where affairs took place, for a map."""

from __future__ import annotations

from typing import Any

from depeche.desk.room import Room

MOST = 1000


def places(room: Room, asked: dict[str, Any]) -> dict[str, Any]:
    """The places of the affairs that are asked for, the busiest first, with their mean score; how many affairs tell no place or none that is known."""
    found = room.record.affairs_view.places(room.filter(asked))
    known = [row for row in found if row["latitude"] is not None and row["longitude"] is not None]
    unplaced = sum(row["affairs"] for row in found) - sum(row["affairs"] for row in known)
    return {"places": known[:MOST], "unplaced": unplaced}
