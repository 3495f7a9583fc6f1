"""Who acts towards whom: a network over a period, and two actors' history as a curve."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from depeche.affairs.view import by_period
from depeche.desk.problems import Refused
from depeche.desk.room import Room
from depeche.desk.timeline import page_of_affairs

Row = dict[str, Any]
# The sizes of a curve's drawing, in its own units; the scale runs from -10 to +10.
WIDTH, HEIGHT, EDGE = 640, 220, 28


def relations(room: Room, asked: Row) -> Row:
    """The busiest pairs of actors, both directions of a pair together, with the mean score of each direction and of both."""
    names = {k: asked[k] for k in ("since", "until", "actor") if asked.get(k)}
    directed = room.record.network(limit=2 * asked["pairs"], **names)
    pairs: dict[tuple[str, str], Row] = {}
    for row in directed:
        one, other = sorted((row["source"], row["target"]))
        pair = pairs.setdefault((one, other), {"one": one, "other": other, "affairs": 0, "score": 0.0, "directions": []})
        pair["directions"].append(row | {"score": _rounded(row["score"])})
    called = room.names({code for pair in pairs for code in pair})
    for pair in pairs.values():
        counted = sum(d["affairs"] for d in pair["directions"])
        pair["score"] = _rounded(sum(d["affairs"] * (d["score"] or 0) for d in pair["directions"]) / counted)
        # A type without direction stands under both.
        pair["affairs"] = max(d["affairs"] for d in pair["directions"])
        pair["names"] = [called[pair["one"]], called[pair["other"]]]
    busiest = sorted(pairs.values(), key=lambda p: (-p["affairs"], p["names"]))[: asked["pairs"]]
    inside = {code for p in busiest for code in (p["one"], p["other"])}
    actors = [{"code": code, "name": called[code]} for code in sorted(inside, key=lambda c: called[c])]
    return {"actors": actors, "pairs": busiest}


def dyad(room: Room, asked: Row) -> Row:
    """Two actors: what each did to the other by period, and the affairs below it, the latest first."""
    one, other = room.record.codes_of(asked["one"]), room.record.codes_of(asked["other"])
    if one & other:
        raise Refused(404, f"{asked['one']!r} and {asked['other']!r} are the same actor on record")
    period = {k: asked[k] for k in ("since", "until") if asked.get(k)}
    rows = room.record.affairs_view.relations(one, other, room.filter(period), asked["by"])
    called = room.names(one | other)
    names = [called[min(one, key=_state_first)], called[min(other, key=_state_first)]]
    directions = []
    for side, (source, target) in zip((one, other), ((names[0], names[1]), (names[1], names[0])), strict=True):
        points = by_period([r for r in rows if r["source"] in side])
        directions.append({"source": source, "target": target, "points": points})
    found, more = page_of_affairs(room, asked | {"actor": asked["one"], "counterpart": asked["other"]})
    return {"names": names, "by": asked["by"], "directions": directions, "affairs": found, "more": more}


def _state_first(code: str) -> tuple[bool, str]:
    return (len(code) != 3, code)


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(float(score), 2)


def curve(found: Row) -> Row:
    """The history of two actors as coordinates for a drawing: a line and its points for each direction, years and scores along the edges."""
    days = [_middle(p["period"]) for d in found["directions"] for p in d["points"]]
    if not days:
        return {}
    first, last = min(days), max(days)
    reach = max(last - first, 1)

    def x(day: int) -> float:
        return round(EDGE + 8 + (WIDTH - EDGE - 24) * ((day - first) / reach if last > first else 0.5), 1)

    # Many points are drawn smaller, so that a long history stays a line.
    small = 1.0 if len(days) <= 40 else 0.5
    lines = []
    for number, direction in enumerate(found["directions"]):
        points = []
        for p in direction["points"]:
            # The two directions side by side, so that neither covers the other where they are equal.
            at = {"x": round(x(_middle(p["period"])) + 6 * number - 3, 1), "y": _y(p["score"]), "r": round(min(2.5 + p["affairs"] ** 0.5, 9) * small, 1)}
            points.append(at | p | _ends(p["period"]))
        path = " ".join(f"{'M' if i == 0 else 'L'}{p['x']} {p['y']}" for i, p in enumerate(points))
        lines.append({"number": number, "path": path, "points": points, "source": direction["source"], "target": direction["target"]})
    levels = [{"score": s, "y": _y(s)} for s in (10, 5, 0, -5, -10)]
    return {"width": WIDTH, "height": HEIGHT, "edge": EDGE, "lines": lines, "levels": levels, "ticks": _ticks(first, last, x)}


def _y(score: float | None) -> float:
    return round(12 + (HEIGHT - 40) * (10 - (score or 0)) / 20, 1)


def _middle(period: str) -> int:
    """A day for a period, as a number: its middle."""
    ends = _ends(period)
    return (date.fromisoformat(ends["since"]).toordinal() + date.fromisoformat(ends["until"]).toordinal()) // 2


def _ends(period: str) -> dict[str, str]:
    """The first and the last day of "2024", "2024-06" or "2024-06-19"."""
    if len(period) == 4:
        return {"since": f"{period}-01-01", "until": f"{period}-12-31"}
    if len(period) == 7:
        year, month = int(period[:4]), int(period[5:])
        last = 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days
        return {"since": f"{period}-01", "until": f"{period}-{last:02}"}
    return {"since": period, "until": period}


def _ticks(first: int, last: int, x: Any) -> list[Row]:
    """Where the years, or the months of less than two years, begin; never so many that they touch."""
    one, other = date.fromordinal(first), date.fromordinal(last)
    years = last - first > 730
    starts = [date(y, m, 1) for y in range(one.year, other.year + 1) for m in ((1,) if years else range(1, 13))]
    starts = [d for d in starts if first <= d.toordinal() <= last]
    kept: list[Row] = []
    for day in starts:
        kept.append({"x": x(day.toordinal()), "label": str(day.year) if years else day.isoformat()[:7]})
    if not kept:
        return [{"x": x(first), "label": one.isoformat()}] + ([{"x": x(last), "label": other.isoformat()}] if last - first > 20 else [])
    thin = [kept[0]]
    for _, tick in pairwise(kept):
        if tick["x"] - thin[-1]["x"] >= 58:
            thin.append(tick)
    return thin
