"""A pact: who is bound to do what, from when to when. On a given day it binds, is signed and not yet binding, or is ended; the three are never mixed.

Days are ISO dates. A pact binds from `in_force` on and no longer on the day it `ended`; the same holds for the membership of each party.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

KINDS = (
    *("mutual_defence", "strategic_partnership", "consultation", "non_aggression", "neutrality", "ceasefire", "peace", "arms_control", "trade"),
    *("cooperation", "guarantee", "other"),
)
# How a pact stands on a day.
BINDS, SIGNED, ENDED, SUSPENDED, UNKNOWN, NOT_YET = "binds", "signed", "ended", "suspended", "unknown", "not yet made"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody bound by a pact: `code` is a state's ISO 3166 alpha-3, else the actor's key or name. `since`: None where it is not known to be bound."""

    code: str
    name: str
    country: str | None
    since: str | None
    until: str | None

    def bound_on(self, day: str) -> bool:
        return self.since is not None and self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation. `obliged`, `owed_to`: codes of parties; none means every party.

    `limits` narrows the duty, `open` is what the words leave to choice; `evidence` is the clause of a report that tells it.
    """

    obligation: str
    obliged: tuple[str, ...]
    owed_to: tuple[str, ...]
    trigger: str
    article: str | None
    what: str | None
    limits: str | None = None
    open: str | None = None
    until: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Pact:
    """A pact of the register (`source` is "register") or told by articles (their ids)."""

    id: str
    name: str
    kind: str
    parties: tuple[Party, ...]
    dates: dict[str, str]
    status: str
    terms: tuple[Duty, ...]
    source: str | tuple[str, ...]
    text: str | None = None
    checked: str | None = None
    note: str | None = None
    # The pact of the register that the articles tell of.
    same_as: str | None = None
    other_names: tuple[str, ...] = field(default=())

    @property
    def registered(self) -> bool:
        return self.source == "register"

    def standing(self, day: str) -> str:
        """How the pact stands on a day, by what is known: unknown is never told as no."""
        dates = self.dates
        if "ended" in dates and dates["ended"] <= day:
            return ENDED
        if "suspended" in dates and dates["suspended"] <= day:
            return SUSPENDED
        if "in_force" in dates and dates["in_force"] <= day:
            return BINDS
        if "signed" in dates:
            if day < dates["signed"]:
                return NOT_YET
            # A register tells when a treaty came into force; a report of its signature does not tell that it never did.
            return SIGNED if self.registered or "in_force" in dates else UNKNOWN
        if "in_force" in dates:
            return NOT_YET
        return SIGNED if self.status in ("proposed", "announced") else UNKNOWN

    def parties_on(self, day: str) -> tuple[Party, ...]:
        """Who is bound on a day. Of a pact that articles tell of, every party: they tell no days of membership."""
        return tuple(p for p in self.parties if p.bound_on(day)) if self.registered else self.parties

    def to_dict(self) -> dict[str, Any]:
        """The pact as `docs/record.md` describes it."""
        everybody = [p.code for p in self.parties]
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "parties": [{"actor": {"name": p.name, "country": p.country, "code": p.code}, "from": p.since, "to": p.until} for p in self.parties],
            "dates": {k: self.dates.get(k) for k in ("signed", "ratified", "in_force", "ended")}
            | {k: v for k, v in self.dates.items() if k not in ("signed", "ratified", "in_force", "ended")},
            "status": self.status,
            "terms": [
                {
                    "obligation": t.obligation,
                    "obliged": list(t.obliged or everybody),
                    "owed_to": list(t.owed_to or everybody),
                    "trigger": t.trigger,
                    "article": t.article,
                    "what": t.what,
                    "limits": t.limits,
                    "open": t.open,
                    "until": t.until,
                    "evidence": t.evidence,
                }
                for t in self.terms
            ],
            "source": self.source if isinstance(self.source, str) else list(self.source),
            "text": self.text,
            "checked": self.checked,
            "note": self.note,
            "same_as": self.same_as,
        }
