"""How rows of an answer read in a terminal: one line or one short paragraph each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from depeche.cli.answers import Column, Row
from depeche.cli.words import COLOUR, HELD, day_words, one_line, shorten
from depeche.ontology.plover import EVENT_TYPES, UNDIRECTED


def who(row: Row) -> str:
    """Source and target: "Russie → Ukraine", "France · Allemagne" where the type has no direction."""
    source, target = ([a if isinstance(a, str) else a["name"] for a in row[side]] for side in ("source", "target"))
    if row["type"] in UNDIRECTED:
        return " · ".join(dict.fromkeys([*source, *target])) or "somebody"
    return f"{', '.join(source) or 'somebody'} → {', '.join(target)}" if target else ", ".join(source) or "somebody"


def what(row: Row) -> Text:
    text = Text(row["type"], style=COLOUR[EVENT_TYPES[row["type"]].quad])
    if row["mode"]:
        text.append(f" {row['mode']}")
    if row["status"] != "reported":
        text.append(f", {row['status']}", style="italic default")
    return text


def _day(row: Row) -> str:
    return day_words(row["day"]) if row["day"] else ""


def _affair_day(row: Row) -> str:
    if row["when"]:
        start, end = row["when"]["start"], row["when"]["end"]
        return day_words(start) if start == end else f"{day_words(start)} –\n{day_words(end)}"
    bounds = row["bounds"] or {}
    day = bounds.get("end") or bounds.get("start")
    return f"by {day_words(day)}" if day else ""


def _outlets(row: Row) -> str:
    n = row["independent_outlets"]
    return f"{n} outlet{'s' if n != 1 else ''}" + (", disputed" if row["disputed"] else "")


EVENTS: tuple[Column, ...] = (
    ("day", _day),
    ("what", what),
    ("who", who),
    ("evidence", lambda row: shorten(one_line(row["evidence"]), 150)),
    ("id", lambda row: row["id"]),
)
AFFAIRS: tuple[Column, ...] = (
    ("day", _affair_day),
    ("what", what),
    ("who", who),
    ("told by", _outlets),
    ("id", lambda row: row["id"]),
)
QUOTES: tuple[Column, ...] = (
    ("day", _day),
    ("who", lambda row: (row["speaker_name"] or "somebody") + (f"\nthrough {', '.join(row['relayed_by'])}" if row["relayed_by"] else "")),
    ("said", lambda row: shorten(one_line(row["content"]), 240)),
    ("id", lambda row: row["id"]),
)
ACTORS: tuple[Column, ...] = (
    ("name", lambda row: row["name"]),
    ("kind", lambda row: row["kind"]),
    ("country", lambda row: row["country"] or ""),
    ("sector", lambda row: row["sector"] or ""),
    ("articles", lambda row: str(row["articles"])),
    ("entity", lambda row: row["entity"] or ""),
)
RELATIONS: tuple[Column, ...] = (
    ("period", lambda row: row["period"] or "no day"),
    ("who", lambda row: f"{row['source']} → {row['target']}"),
    ("affairs", lambda row: str(row["affairs"])),
    ("score", lambda row: f"{row['score']:+.1f}"),
    ("what", lambda row: ", ".join(f"{type_}{f' ×{row[type_]}' if row[type_] > 1 else ''}" for type_ in EVENT_TYPES if row[type_])),
)
PANEL: tuple[Column, ...] = (
    ("period", lambda row: row["period"] or "no day"),
    ("source", lambda row: str(row["source"])),
    ("target", lambda row: str(row["target"])),
    ("affairs", lambda row: str(row["affairs"])),
    ("score", lambda row: f"{row['score']:+.2f}"),
)


def timeline(days: Iterable[Row]) -> RenderableType:
    """Each day with its affairs below."""
    parts: list[RenderableType] = []
    for day in days:
        parts.append(Text(day_words(day["day"]) if day["day"] else "no day", style="bold"))
        for row in day["affairs"]:
            line = Text.assemble(what(row), "  ", who(row))
            if row["place"]:
                line.append(f" · in {row['place']['name']}", style="dim")
            line.append(f"  ({_outlets(row)})", style="dim")
            parts.append(Padding(line, (0, 0, 0, 2)))
    return Group(*parts)


def disputes(found: Iterable[Row]) -> RenderableType:
    """Each disputed affair with those who stand behind it and those who deny it."""
    parts: list[RenderableType] = []
    for row in found:
        parts.append(Text.assemble((_affair_day(row).replace("\n", " "), "bold"), "  ", what(row), "  ", who(row), (f"  {row['id']}", "dim")))
        said = dict.fromkeys((p["stance"], p["actor"]["name"]) for p in row["positions"])
        for stance in ("asserts", "alleges", "confirms", "denies"):
            names = [name for s, name in said if s == stance]
            if names:
                parts.append(Padding(Text.assemble((f"{HELD[stance]} ", "dim"), ", ".join(names)), (0, 0, 0, 2)))
    return Group(*parts)


def plot(rows: Sequence[Row], width: int) -> str:
    """The mean score of each period, from cooperation (above) to conflict (below), both directions together."""
    import plotext

    from depeche.affairs.view import by_period

    points = by_period(rows)
    plotext.clear_figure()
    plotext.bar([p["period"] for p in points], [p["score"] for p in points], width=0.4)
    plotext.ylim(-10, 10)
    plotext.hline(0)
    plotext.plotsize(min(width, 100), 14)
    plotext.title("mean score: cooperation above, conflict below")
    plotext.theme("clear")
    return str(plotext.build()).rstrip()


def coded(rows: Iterable[dict[str, Any]], codes: str) -> list[dict[str, Any]]:
    """The rows of a panel with the numbers of the Correlates of War in place of ISO codes; pairs without one are left out."""
    if codes == "iso":
        return list(rows)
    from depeche.ontology.cow import cow_code

    numbered = ({**row, "source": cow_code(row["source"]), "target": cow_code(row["target"])} for row in rows)
    return [row for row in numbered if row["source"] is not None and row["target"] is not None]
