"""Affairs by day, what is disputed among them, and one affair with all who tell of it."""

from __future__ import annotations

from typing import Any

from depeche.affairs.affair import day_of
from depeche.affairs.view import by_day
from depeche.desk.room import Room

Row = dict[str, Any]


def timeline(room: Room, asked: Row) -> Row:
    """Days, the latest first, with their affairs; `more` where there are others to come."""
    found, more = page_of_affairs(room, asked)
    return {"days": by_day(found), "more": more, "waiting": room.record.waiting()}


def disputed(room: Room, asked: Row) -> Row:
    """What somebody stands behind and somebody denies: each affair with the two sides."""
    found, more = page_of_affairs(room, asked, True)
    _with_sides(room, found)
    return {"affairs": found, "more": more}


def affair(room: Room, id_: str) -> Row:
    """One affair with every telling's words, in the order of publication, and who stands where."""
    found = room.record.affair(id_)
    _with_words(room, [found], all_members=True)
    _with_sides(room, [found])
    return found


def page_of_affairs(room: Room, asked: Row, disputes: bool | None = None) -> tuple[list[Row], bool]:
    """The affairs that are asked for, with the words of the first telling, and whether there are more."""
    limit = asked["limit"]
    found = room.record.affairs_view.affairs(room.filter(asked, limit=limit + 1), disputed=disputes)
    more = len(found) > limit
    found = found[:limit]
    _with_words(room, found)
    return found, more


def _with_words(room: Room, affairs: list[Row], all_members: bool = False) -> None:
    events = [m["event"] for a in affairs for m in (a["members"] if all_members else a["members"][:1])]
    words = {row["id"]: row for row in room.record.view.events_called(events)}
    for a in affairs:
        a["day"] = day_of(a)
        tellings = [words[m["event"]] for m in a["members"] if m["event"] in words]
        tellings.sort(key=lambda t: (t["published"] or "", t["id"]))
        a["told"] = [{k: t[k] for k in _TOLD} for t in tellings]


_TOLD = "id article title publisher agency published url trigger evidence status type mode source target positions rule checked".split()


def _with_sides(room: Room, affairs: list[Row]) -> None:
    """The two sides of a dispute, each holder with the article and the words: those of the telling on which the stance is, else of any in the article."""
    told = {row["id"]: row for row in room.record.view.events_called([m["event"] for a in affairs for m in a["members"]])}
    for a in affairs:
        sides: dict[str, list[Row]] = {"for": [], "against": []}
        for p in a["positions"]:
            rows = [told[m["event"]] for m in a["members"] if m["article"] == p["article"] and m["event"] in told]
            stance = f"{p['actor']['name']} {p['stance']}"
            # Of several tellings the last: what is denied is told after what is said.
            rows.sort(key=lambda row: stance in row["positions"])
            row = rows[-1] if rows else {}
            said = {k: row.get(k) for k in ("id", "evidence", "publisher", "agency", "published", "title")}
            sides["against" if p["stance"] == "denies" else "for"].append(p | said)
        a["sides"] = sides
