"""What can be asked in an address: one table of parameters, from which requests are checked and the API is described."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from depeche.affairs.pact import KINDS
from depeche.desk.problems import Refused
from depeche.ontology.plover import EVENT_TYPES, STATUSES

LONGEST = 200
LAST_OFFSET = 10_000_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that can be asked. `kind`: text | day | choice | number; of a number `low` and `high` are the least and the greatest."""

    name: str
    about: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    low: int = 0
    high: int = 0
    required: bool = False

    def schema(self) -> dict[str, Any]:
        """The parameter as OpenAPI describes it."""
        kinds: dict[str, dict[str, Any]] = {
            "text": {"type": "string", "minLength": 1, "maxLength": LONGEST},
            "day": {"type": "string", "format": "date"},
            "choice": {"type": "string", "enum": list(self.choices)},
            "number": {"type": "integer", "minimum": self.low, "maximum": self.high},
        }
        schema = kinds[self.kind] | ({"default": self.default} if self.default is not None else {})
        return {"name": self.name, "in": "query", "required": self.required, "description": self.about, "schema": schema}

    def value(self, given: str) -> str | int:
        """What was given, checked. Raises `Refused`."""
        if self.kind == "day":
            return _day(self.name, given)
        if self.kind == "choice" and given not in self.choices:
            raise Refused(422, f"{self.name} is one of {', '.join(self.choices)}, not {_short(given)}")
        if self.kind == "number":
            if not re.fullmatch(r"-?[0-9]{1,12}", given) or not self.low <= int(given) <= self.high:
                raise Refused(422, f"{self.name} is a whole number from {self.low} to {self.high}, not {_short(given)}")
            return int(given)
        if len(given) > LONGEST:
            raise Refused(422, f"{self.name} is longer than {LONGEST} characters")
        return given


ACTOR = Parameter("actor", "Who acts: a name as people write it, or a country's code of three letters.")
COUNTERPART = Parameter("counterpart", "Who acts with or against them.")
TYPE = Parameter("type", "The type of event, of PLOVER's sixteen.", "choice", tuple(EVENT_TYPES))
STATUS = Parameter("status", "How firmly it is told.", "choice", STATUSES)
PLACE = Parameter("place", "A place's name, or a country's code.")
WORDS = Parameter("words", "Words that must all stand in the text.")
SINCE = Parameter("since", "The first day.", "day")
UNTIL = Parameter("until", "The last day.", "day")
LIMIT = Parameter("limit", "How many at most.", "number", default=50, low=1, high=200)
OFFSET = Parameter("offset", "How many to pass over.", "number", default=0, high=LAST_OFFSET)
BY = Parameter("by", "The grain of a curve.", "choice", ("day", "month", "year"), default="month")
PAIRS = Parameter("pairs", "How many pairs of actors at most, the busiest first.", "number", default=60, low=1, high=300)
ONE = Parameter("one", "One of the two.", required=True)
OTHER = Parameter("other", "The other of the two.", required=True)
ON = Parameter("on", "The day that is asked about; today where none is given.", "day")
PARTY = Parameter("party", "A state that is party to the pact.")
KIND = Parameter("kind", "The kind of pact.", "choice", KINDS)
ATTACKED = Parameter("attacked", "The state that is attacked.")
ATTACKER = Parameter("attacker", "The state that attacks it, where one is meant.")

PERIOD = (SINCE, UNTIL)
PAGE = (LIMIT, OFFSET)


def asked_of(items: Sequence[tuple[str, str]], parameters: Iterable[Parameter], strict: bool) -> dict[str, Any]:
    """What a request asks, every parameter by its name, None or its default where it is not given. Raises `Refused`.

    `strict`: a parameter unknown, given twice or empty is refused; a form sends empty fields, and a page passes them over.
    """
    known = {p.name: p for p in parameters}
    asked: dict[str, Any] = {name: p.default for name, p in known.items()}
    seen = set()
    for name, given in items:
        parameter = known.get(name)
        if parameter is None:
            if strict:
                raise Refused(400, f"there is nothing to ask by the name {_short(name)} here; known are {', '.join(known) or 'no parameters'}")
            continue
        if strict and name in seen:
            raise Refused(400, f"{name} is given more than once")
        seen.add(name)
        if not given.strip():
            if strict:
                raise Refused(422, f"{name} is empty")
            continue
        asked[name] = parameter.value(given)
    for name, parameter in known.items():
        if parameter.required and asked[name] is None:
            raise Refused(422, f"{name} is missing: {parameter.about[0].lower()}{parameter.about[1:].rstrip('.')}")
    return asked


def _day(name: str, given: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
            return date.fromisoformat(given).isoformat()
    except ValueError:
        pass
    raise Refused(422, f"{name} is a day written as YYYY-MM-DD, not {_short(given)}")


def _short(given: str) -> str:
    return repr(given if len(given) <= 40 else given[:40] + "…")
