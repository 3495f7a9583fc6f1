"""Affairs that have a place as GeoJSON (RFC 7946), for QGIS, kepler.gl, Leaflet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from depeche.exports.choosing import ALL, Chosen
from depeche.exports.files import text_file, write_items
from depeche.exports.told import ToldAffair, told_affairs
from depeche.exports.whereabouts import kind_of_place
from depeche.exports.words import Text, Veil
from depeche.store.filters import Filter
from depeche.store.store import Store


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """One file; how many affairs it has. An affair without a known place is not on the map."""
    count = 0

    def features(connection: Connection) -> Iterator[dict[str, Any]]:
        nonlocal count
        veil = Veil(connection, text)
        for batch in told_affairs(connection, Chosen(store, filter), veil, placed=True):
            for affair in batch:
                count += 1
                yield _feature(affair, veil)

    with store.reading() as connection, text_file(path) as stream:
        write_items(stream, features(connection), '{"type": "FeatureCollection", "features": [', "\n]}\n")
    return {"affairs": count}


def _feature(affair: ToldAffair, veil: Veil) -> dict[str, Any]:
    a = affair.row
    properties = {
        "type": a.type,
        "mode": a.mode,
        "status": a.status,
        "score": a.score,
        "disputed": bool(a.disputed),
        "day": a.day,
        "when_start": a.when_start,
        "when_end": a.when_end,
        "source": [_actor.name for _actor in affair.source if _actor.name],
        "target": [_actor.name for _actor in affair.target if _actor.name],
        "source_country": sorted({_actor.country for _actor in affair.source if _actor.country}),
        "target_country": sorted({_actor.country for _actor in affair.target if _actor.country}),
        "place": veil.place(a.place_name),
        "country": a.place_country,
        # A country's coordinates are those of its middle: nothing happened there.
        "precision": kind_of_place(a.place_name, a.place_country, a.latitude, a.longitude),
        "outlets": a.independent_outlets,
        "articles": a.articles,
        "reports": [_report(m.row, veil) for m in affair.members],
    }
    return {"type": "Feature", "id": a.id, "geometry": {"type": "Point", "coordinates": [a.longitude, a.latitude]}, "properties": properties}


def _report(e: Any, veil: Veil) -> dict[str, Any]:
    report = {"event": e.id, "published": e.published, "publisher": e.publisher, "url": e.url}
    return report if veil.drawn else report | {"trigger": e.trigger, "evidence": e.evidence}
