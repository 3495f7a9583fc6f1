"""An affair as the record gives it (`docs/record.md`): what many articles tell of one event, with what they agree and differ on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from depeche.affairs.tellings import SideActor, Telling
from depeche.ontology.plover import STATUSES, UNDIRECTED

_FIRM = {status: rank for rank, status in enumerate(STATUSES)}
# Roles of figures on which accounts can be set against each other.
_COUNTED = ("dead", "wounded", "arrested", "troops", "weapons", "money")


def affair_of(members: list[Telling], source: list[SideActor], target: list[SideActor]) -> dict[str, Any]:
    """The affair that these tellings are of, as JSON-ready values; the same whatever their order. `source`, `target`: its sides (`actors_of`)."""
    members = sorted(members, key=lambda t: (t.published or "", t.event))
    fullest = max(members, key=_fullness)
    positions = _positions(members)
    return {
        "id": min(t.event for t in members).replace("-e", "-x"),
        "type": _commonest([t.type for t in members], fullest.type),
        "mode": _commonest([t.mode for t in members if t.mode], fullest.mode),
        "source": [_plain(a) for a in source],
        "target": [_plain(a) for a in target],
        "place": _place(members),
        "when": _when(members),
        "bounds": _bounds(members),
        "status": min((t.status for t in members), key=_FIRM.__getitem__),
        "disputed": _disputed(positions),
        "members": [
            {
                "article": t.article_id,
                "event": t.event,
                "trigger": {"start": t.trigger[0], "end": t.trigger[1]},
                "retold": [{"start": start, "end": end} for start, end in t.retold],
            }
            for t in members
        ],
        "independent_outlets": len({t.outlet for t in members}),
        "positions": positions,
        "differs": _differs(members),
    }


def day_of(affair: dict[str, Any]) -> str | None:
    """The best single day of an affair, for sorting."""
    when, bounds = affair["when"] or {}, affair["bounds"] or {}
    return when.get("start") or bounds.get("end") or bounds.get("start")


def _fullness(t: Telling) -> tuple[int, bool, str]:
    return (bool(t.sources) + bool(t.targets) + bool(t.place) + t.dated, not t.background, t.event)


def _commonest(values: list[str], otherwise: str | None) -> Any:
    """The value that most tellings give; of equals that of the fullest telling, else the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v != otherwise, v)) if counts else otherwise


def actors_of(members: list[Telling], side: str) -> list[SideActor]:
    """Who stands on a side, each once: whoever is named oftenest first; a person beside their state only where both act."""
    named: dict[str, list[SideActor]] = defaultdict(list)
    for t in members:
        for actor in getattr(t, side):
            named[actor.key].append(actor)
    ranked = sorted(named.values(), key=lambda group: (-len(group), group[0].key))
    persons = {g[0].state for g in ranked if g[0].kind == "person"}
    # "La France" in one account is "Emmanuel Macron" in another: the person tells more.
    kept = [g for g in ranked if g[0].kind != "state" or g[0].state not in persons]
    return [Counter(group).most_common(1)[0][0] if len(set(group)) == 1 else min(group, key=lambda a: (-group.count(a), a.name)) for group in kept]


def _plain(actor: SideActor) -> dict[str, Any]:
    return {"name": actor.name, "kind": actor.kind, "country": actor.country, "entity": actor.entity}


def _place(members: list[Telling]) -> dict[str, Any] | None:
    placed = [t for t in members if t.place]
    if not placed:
        return None
    # A town tells more than its country, and what most accounts name is the likelier.
    counts = Counter(t.place for t in placed)
    best = min(placed, key=lambda t: (t.coordinates is None, -counts[t.place], t.place or "", t.event))
    latitude, longitude = best.coordinates or (None, None)
    return {"name": best.place, "country": best.place_country, "latitude": latitude, "longitude": longitude}


def _when(members: list[Telling]) -> dict[str, str] | None:
    """The narrowest interval that most of the accounts give."""
    given = [t.when for t in members if t.when]
    if not given:
        return None
    counts = Counter(given)
    start, end = min(counts, key=lambda w: (-counts[w], w[1] > w[0], w))
    return {"start": start, "end": end}


def _bounds(members: list[Telling]) -> dict[str, str | None] | None:
    """What all accounts allow together: the latest start and the earliest end, where these leave a day."""
    given = sorted({t.bounds for t in members if t.bounds}, key=str)
    if not given:
        return None
    told = [b for b in given if b[2] == "text"] or given
    starts, ends = [b[0] for b in told if b[0]], [b[1] for b in told if b[1]]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and start > end:
        start, end = min(starts), max(ends)
    return {"start": start, "end": end, "basis": told[0][2]}


def _positions(members: list[Telling]) -> list[dict[str, Any]]:
    seen: dict[tuple[str, str, str], dict[str, Any]] = {}
    for t in members:
        for actor, stance in t.positions:
            entry = {"actor": {"name": actor.name, "country": actor.country, "entity": actor.entity}, "stance": stance, "article": t.article_id}
            seen.setdefault((actor.code, stance, t.article), entry)
    return list(seen.values())


def _disputed(positions: list[dict[str, Any]]) -> bool:
    """Somebody stands behind it and somebody denies it."""
    stances = {p["stance"] for p in positions}
    return "denies" in stances and bool(stances & {"asserts", "alleges", "confirms"})


def _differs(members: list[Telling]) -> list[dict[str, Any]]:
    """Figures, days and places on which the accounts differ, each value with the articles that give it."""
    found = []
    for role in _COUNTED:
        values: dict[tuple[float, float | None], list[dict[str, Any]]] = defaultdict(list)
        for t in members:
            for f in t.figures:
                if f["role"] == role:
                    value = f["value"] if f["upper"] is None else [f["value"], f["upper"]]
                    values[f["value"], f["upper"]].append({"value": value, "article": t.article_id, "said_by": [{"name": n} for n in f["said_by"]]})
        if len(values) > 1:
            found.append({"what": role, "values": _once(v for group in values.values() for v in group)})
    days = [{"value": "/".join(t.when), "article": t.article_id, "said_by": []} for t in members if t.when]
    if len({d["value"] for d in days}) > 1:
        found.append({"what": "when", "values": _once(days)})
    places = [{"value": t.place, "article": t.article_id, "said_by": []} for t in members if t.place]
    if len({p["value"] for p in places}) > 1:
        found.append({"what": "place", "values": _once(places)})
    return found


def _once(values: Any) -> list[dict[str, Any]]:
    return list({str(v): v for v in values}.values())


def dyads_of(type_: str, source: list[SideActor], target: list[SideActor]) -> list[tuple[str, str]]:
    """The directed pairs of codes of an affair; where the type has no direction, both ways, also within one side ("Paris et Berlin se sont entretenus")."""
    one, other = sorted({a.code for a in source}), sorted({a.code for a in target})
    if type_ in UNDIRECTED:
        everybody = sorted({*one, *other})
        return [(a, b) for a in everybody for b in everybody if a != b]
    return [(a, b) for a in one for b in other if a != b]
