"""Asking what only many articles tell: affairs, the days of a crisis, who acts towards whom, what is disputed, and counts for a regression."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from depeche.affairs.affair import day_of
from depeche.ontology.plover import EVENT_TYPES
from depeche.store.batches import batches
from depeche.store.filters import EVERYTHING, Filter, affairs_chosen, within
from depeche.store.problems import NotOnRecord
from depeche.store.schema import affair_members, affairs, dyads
from depeche.store.store import Store

Row = dict[str, Any]
# What counts as having happened, unless a person asks for more.
HAPPENED = frozenset({"reported"})
PERIODS = {"day": 10, "month": 7, "year": 4}


class AffairsView:
    """What can be asked of the affairs of a store. Every method answers with plain rows, and never writes."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def affairs(self, f: Filter = EVERYTHING, disputed: bool | None = None) -> list[Row]:
        """The affairs that a filter leaves, the latest first, each as `docs/record.md` describes it."""
        with self.store.reading() as connection:
            ids = [row.id for row in connection.execute(affairs_chosen(f, self.store.backend.matching, disputed))]
            found = {}
            for some in batches(ids):
                for row in connection.execute(select(affairs.c.id, affairs.c.affair).where(affairs.c.id.in_(some))):
                    found[row.id] = json.loads(row.affair)
        return [found[i] for i in ids]

    def affair(self, id_: str) -> Row:
        """One affair by its id, or by the id of an event that it is made of. Raises `NotOnRecord`."""
        with self.store.reading() as connection:
            query = select(affairs.c.affair).where(affairs.c.id == id_)
            found = connection.execute(query).scalar()
            if found is None:
                query = select(affairs.c.affair).join(affair_members, affair_members.c.affair == affairs.c.id).where(affair_members.c.event == id_)
                found = connection.execute(query).scalar()
        if found is None:
            raise NotOnRecord(f"there is no affair {id_!r} on record")
        document: Row = json.loads(found)
        return document

    def timeline(self, f: Filter = EVERYTHING) -> list[Row]:
        """Days, the latest first, each with its affairs; `limit` counts affairs."""
        return by_day(self.affairs(f))

    def disputes(self, f: Filter = EVERYTHING) -> list[Row]:
        """The affairs that somebody asserts or alleges and somebody denies."""
        return self.affairs(f, disputed=True)

    def relations(self, one: frozenset[str], other: frozenset[str], f: Filter = EVERYTHING, by: str = "month", include: frozenset[str] = HAPPENED) -> list[Row]:
        """The history of two actors: for each period and direction the number of affairs, their mean score, and the types with counts."""
        d, pairs = dyads.c, []
        for a, b in ((one, other), (other, one)):
            pairs.append(and_(d.source.in_(a), d.target.in_(b)))
        return self._counted(or_(*pairs), f, by, include)

    def network(self, f: Filter = EVERYTHING, include: frozenset[str] = HAPPENED) -> list[Row]:
        """Who acts towards whom over a period: for each directed pair the number of affairs and their mean score, the busiest pairs first."""
        d = dyads.c
        count, mean = func.count().label("affairs"), func.avg(d.score).label("score")
        query = select(d.source, d.target, count, mean).where(*_in_period(f, include)).group_by(d.source, d.target).order_by(count.desc(), d.source, d.target)
        if f.actor:
            query = query.where(or_(d.source.in_(f.actor), d.target.in_(f.actor)))
        with self.store.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query.limit(f.limit))]

    def places(self, f: Filter = EVERYTHING) -> list[Row]:
        """Where the affairs that a filter leaves took place, the busiest places first, with their mean score; one row without a name for all that tell none."""
        a = affairs.c
        what = (a.place_name, a.place_country, func.min(a.latitude).label("latitude"), func.min(a.longitude).label("longitude"))
        count, mean = func.count().label("affairs"), func.avg(a.score).label("score")
        chosen = affairs_chosen(replace(f, limit=None, offset=0), self.store.backend.matching)
        query = chosen.with_only_columns(*what, count, mean).offset(None).order_by(None)
        query = query.group_by(a.place_name, a.place_country).order_by(count.desc(), a.place_name, a.place_country)
        with self.store.reading() as connection:
            rows = [dict(row._mapping) for row in connection.execute(query)]
        return [{"name": r.pop("place_name"), "country": r.pop("place_country")} | r | {"score": round(float(r["score"] or 0), 2)} for r in rows]

    def panel(self, f: Filter = EVERYTHING, by: str = "month", include: frozenset[str] = HAPPENED) -> list[Row]:
        """A row for every directed pair and period: number of affairs, mean score, and the count of each of PLOVER's four classes and sixteen types."""
        conditions = [dyads.c.source.in_(f.actor)] if f.actor else []
        conditions += [dyads.c.target.in_(f.counterpart)] if f.counterpart else []
        return self._counted(and_(*conditions) if conditions else None, f, by, include)

    def _counted(self, which: ColumnElement[bool] | None, f: Filter, by: str, include: frozenset[str]) -> list[Row]:
        d = dyads.c
        period = func.substr(d.day, 1, PERIODS[by]).label("period")
        columns = (d.source, d.target, period, d.type, func.count().label("n"), func.sum(d.score).label("sum"))
        conditions = _in_period(f, include) + ([which] if which is not None else []) + ([d.type.in_(f.types)] if f.types else [])
        query = select(*columns).where(*conditions).group_by(d.source, d.target, period, d.type)
        cells: dict[tuple[str, str, str], tuple[Counter[str], float]] = {}
        with self.store.reading() as connection:
            for row in connection.execute(query):
                counts, total = cells.get((row.source, row.target, row.period), (Counter(), 0.0))
                counts[row.type] += row.n
                cells[row.source, row.target, row.period] = counts, total + (row.sum or 0.0)
        return [_cell(*key, *cells[key]) for key in sorted(cells, key=lambda k: (k[2] or "", k[0], k[1]))]


def _in_period(f: Filter, include: frozenset[str]) -> list[ColumnElement[bool]]:
    return [dyads.c.status.in_(sorted(include)), *within(dyads.c.day, f)]


def _cell(source: str, target: str, period: str, counts: Counter[str], total: float) -> Row:
    number = sum(counts.values())
    row: Row = {"source": source, "target": target, "period": period, "affairs": number, "score": round(total / number, 4)}
    for quad in dict.fromkeys(t.quad for t in EVENT_TYPES.values()):
        row[quad.replace(" ", "_")] = sum(n for type_, n in counts.items() if EVENT_TYPES[type_].quad == quad)
    return row | {type_: counts[type_] for type_ in EVENT_TYPES}


def by_period(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows of relations counted together by period, in the order of time: number of affairs and mean score. What has no day is left out."""
    cells: dict[str, tuple[int, float]] = {}
    for row in rows:
        if row["period"]:
            number, total = cells.get(row["period"], (0, 0.0))
            cells[row["period"]] = number + row["affairs"], total + row["affairs"] * row["score"]
    return [{"period": period, "affairs": number, "score": round(total / number, 2)} for period, (number, total) in sorted(cells.items())]


def by_day(some: list[Row]) -> list[Row]:
    """Affairs under their days, both in the order in which they come."""
    days: dict[str | None, list[Row]] = defaultdict(list)
    for affair in some:
        days[day_of(affair)].append(affair)
    return [{"day": day, "affairs": of_day} for day, of_day in days.items()]
