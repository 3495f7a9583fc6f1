"""Events in the columns of POLECAT (Harvard Dataverse, doi:10.7910/DVN/AJGVIT), so that scripts written for it read them.

Tab-separated, a header line, an event of an article a row; what is not known is "None", as POLECAT writes it. Several actors on a side
stand in one cell, separated by "; ", in the same order in each of the side's columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from depeche.exports.choosing import ALL, Chosen, happened
from depeche.exports.files import text_file
from depeche.exports.told import SideActor, ToldEvent, told_events
from depeche.exports.whereabouts import kind_of_place
from depeche.exports.words import Text, Veil
from depeche.ontology.cow import cow_code
from depeche.ontology.plover import EVENT_TYPES
from depeche.store.batches import batches
from depeche.store.filters import Filter
from depeche.store.schema import actors, places
from depeche.store.store import Store

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw"),
    *("Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
_NOTHING = "None"
_FEATURES = {"country": "PCLI", "region": "ADM1", "city": "PPL"}
_STORY = {"person": "people", "organisation": "organisations", "group": "organisations", "agency": "organisations", "state": "locations"}


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """One file; how many events it has: those reported, unless the filter names statuses."""
    count = 0
    with store.reading() as connection, text_file(path) as stream:
        stream.write("\t".join(COLUMNS) + "\n")
        veil = Veil(connection, text)
        for batch in told_events(connection, Chosen(store, happened(filter)), veil):
            for row in _rows(connection, batch, veil):
                stream.write("\t".join(_cell(value) for value in row) + "\n")
            count += len(batch)
    return {"events": count}


def _rows(connection: Connection, batch: list[ToldEvent], veil: Veil) -> Iterator[list[Any]]:
    stories = _stories(connection, {told.row.article for told in batch}, veil)
    for told in batch:
        e = told.row
        place = veil.place(e.place_name)
        kind = kind_of_place(e.place_name, e.place_country, e.latitude, e.longitude)
        story = stories[e.article]
        what = [e.id, e.day, e.type, e.mode, e.score, EVENT_TYPES[e.type].quad.upper(), "; ".join(e.contexts.split())]
        region = place if kind == "region" else None
        where = [place, place if kind == "city" else None, None, region, e.place_country, e.latitude, e.longitude, None, None, _FEATURES.get(kind or "")]
        who = [_several(sorted(story[k])) for k in ("people", "organisations", "locations")]
        yield [
            *what,
            *_side(told.source),
            *_side(told.target),
            *where,
            e.publisher or e.agency,
            e.published,
            *who,
            e.language,
            f"depeche {e.version or ''}".strip(),
        ]


def _side(some: list[SideActor]) -> list[str | None]:
    sectors = [a.sector for a in some]
    return [
        _several(a.name for a in some),
        _several(a.country for a in some),
        _several(cow_code(a.country) for a in some),
        next((s for s in sectors if s), None),
        _several(sectors),
        _several(a.role for a in some),
        _several(a.words for a in some),
        None,
    ]


def _several(values: Any) -> str | None:
    """Values of one cell; None where there is not one."""
    cells = [_NOTHING if v in (None, "") else str(v) for v in values]
    return "; ".join(cells) if any(c != _NOTHING for c in cells) else None


def _stories(connection: Connection, some: set[str], veil: Veil) -> dict[str, dict[str, set[str]]]:
    """The persons, bodies and places that each article names."""
    stories: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for batch in batches(sorted(some)):
        for a in connection.execute(select(actors.c.article, actors.c.name, actors.c.kind, actors.c.key).where(actors.c.article.in_(batch))):
            if name := veil.name(a.name, a.key):
                stories[a.article][_STORY.get(a.kind, "people")].add(name)
        for p in connection.execute(select(places.c.article, places.c.name).where(places.c.article.in_(batch))):
            if name := veil.place(p.name):
                stories[p.article]["locations"].add(name)
    return stories


def _cell(value: Any) -> str:
    """A value without the tabs and line breaks that would tear the table."""
    return _NOTHING if value in (None, "") else " ".join(str(value).split())
