"""Who said what, and through whom it reached us."""

from __future__ import annotations

from typing import Any

from depeche.desk.room import Room
from depeche.desk.sides import through


def said(room: Room, asked: dict[str, Any]) -> dict[str, Any]:
    """Quotes, the latest first, and those who speak oftenest in what is asked for."""
    limit = asked["limit"]
    quotes = room.record.view.quotes(room.filter(asked, limit=limit + 1))
    speakers = room.record.speakers(**{k: asked[k] for k in ("words", "since", "until") if asked.get(k)}, limit=40)
    return {"quotes": [q | {"chain": chain(q)} for q in quotes[:limit]], "speakers": list(speakers), "more": len(quotes) > limit}


def chain(quote: dict[str, Any]) -> list[str]:
    """Through whom the words came, nearest the speaker first, the paper that printed them last."""
    return through(quote["relayed_by"], quote["agency"], quote["publisher"])
