"""What was agreed, as articles tell it."""

from __future__ import annotations

from typing import Any

from depeche.desk.room import Room


def agreements(room: Room, asked: dict[str, Any]) -> dict[str, Any]:
    """Agreements that articles tell of, the latest first, with their parties and terms."""
    limit = asked["limit"]
    found = room.record.view.agreements(room.filter(asked, limit=limit + 1))
    return {"agreements": found[:limit], "more": len(found) > limit}
