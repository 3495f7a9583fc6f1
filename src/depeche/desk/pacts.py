"""The pacts that are known, how each stands on a day, and who must help if a state is attacked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from depeche.affairs.duties import Bound, if_attacked
from depeche.affairs.pact import Pact
from depeche.affairs.states import state_called, state_name
from depeche.desk.problems import Refused
from depeche.desk.room import Room
from depeche.store.rows import short

Row = dict[str, Any]


def pacts(room: Room, asked: Row) -> Row:
    """Pacts by how they stand on the day that is asked; and where a state is attacked, the duties that this calls up."""
    day = asked["on"] or date.today().isoformat()
    party, attacked, by = (state_called(asked[name]) if asked[name] else None for name in ("party", "attacked", "attacker"))
    if by and not attacked:
        raise Refused(422, "an attacker is asked for together with the state that is attacked")
    known = room.record.pacts()
    listed = [p for p in known if asked["kind"] in (None, p.kind) and (party is None or any(m.code == party for m in p.parties))]
    return {
        "on": day,
        "attacked": _duties(known, attacked, by, day) if attacked else None,
        "pacts": [_told(p, day) for p in listed],
    }


def _told(pact: Pact, day: str) -> Row:
    standing = pact.standing(day)
    bound = pact.parties_on(day) if standing == "binds" else pact.parties
    return pact.to_dict() | {
        "standing": standing.replace(" ", "_"),
        "bound": [{"code": p.code, "name": p.name, "state": len(p.code) == 3 and p.code.isupper()} for p in bound],
        "articles": [] if pact.registered else [short(id_) for id_ in pact.source],
    }


def _duties(known: Iterable[Pact], attacked: str, by: str | None, day: str) -> Row:
    found = if_attacked(known, attacked, day, by)
    groups = {"bound": found.bound, "not_yet": found.not_yet, "uncertain": found.uncertain, "restrained": found.restrained}
    return {
        "state": {"code": attacked, "name": state_name(attacked)},
        "attacker": {"code": by, "name": state_name(by)} if by else None,
        **{name: [_bound(b) for b in some] for name, some in groups.items()},
        "torn": [p.name for p in found.torn],
    }


def _bound(b: Bound) -> Row:
    duty = {k: getattr(b.duty, k) for k in ("obligation", "trigger", "article", "what", "limits", "open", "until", "evidence")}
    articles = [] if b.pact.registered else [short(id_) for id_ in b.pact.source]
    return {"pact": {"id": b.pact.id, "name": b.pact.name, "text": b.pact.text, "articles": articles}, "who": [p.name for p in b.who]} | duty
