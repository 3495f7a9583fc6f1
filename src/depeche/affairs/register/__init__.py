"""The register of treaties that ships: obligations to help, to consult, to keep from aggression, with their parties day by day.

The tables beside this module say for every treaty what was really read and what is `unverified`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files

from depeche.affairs.pact import KINDS, Duty, Pact, Party
from depeche.affairs.states import state_name
from depeche.ontology.agreements import OBLIGATIONS, TRIGGERS
from depeche.ontology.tables import Row, read_rows

TREATY_COLUMNS = ("id", "name", "name_fr", "kind", "signed", "ratified", "in_force", "ended", "text", "checked", "note")
PARTY_COLUMNS = ("treaty", "party", "from", "to", "note")
TERM_COLUMNS = ("treaty", "article", "obligation", "obliged", "owed_to", "trigger", "what", "limits", "open")


@cache
def register() -> tuple[Pact, ...]:
    """The pacts of the register, in the order of its table. Raises `BadTable` with file and line where a row does not fit."""
    here = files(__package__)
    parties: dict[str, list[Party]] = defaultdict(list)
    for row in read_rows(here / "parties.tsv", PARTY_COLUMNS):
        parties[row["treaty"]].append(_party(row))
    terms: dict[str, list[Duty]] = defaultdict(list)
    for row in read_rows(here / "terms.tsv", TERM_COLUMNS):
        terms[row["treaty"]].append(_duty(row))
    return tuple(_pact(row, parties[row["id"]], terms[row["id"]]) for row in read_rows(here / "treaties.tsv", TREATY_COLUMNS))


def _pact(row: Row, parties: list[Party], terms: list[Duty]) -> Pact:
    if row["kind"] not in KINDS:
        raise row.wrong(f"no kind of pact is called {row['kind']!r}")
    dates = {k: row[k] for k in ("signed", "ratified", "in_force", "ended") if row[k]}
    status = "terminated" if "ended" in dates else "in_force" if "in_force" in dates else "signed"
    return Pact(
        id=f"register-{row['id']}",
        name=row["name"],
        kind=row["kind"],
        parties=tuple(parties),
        dates=dates,
        status=status,
        terms=tuple(terms),
        source="register",
        text=row["text"] or None,
        checked=row["checked"],
        note=row["note"] or None,
        other_names=(row["name_fr"],) if row["name_fr"] else (),
    )


def _party(row: Row) -> Party:
    country = row["party"] if len(row["party"]) == 3 and row["party"].isupper() else None
    return Party(row["party"], state_name(row["party"]) or row["party"], country, row["from"] or None, row["to"] or None)


def _duty(row: Row) -> Duty:
    if row["obligation"] not in OBLIGATIONS:
        raise row.wrong(f"no obligation is called {row['obligation']!r}")
    if row["trigger"] not in TRIGGERS:
        raise row.wrong(f"no trigger is called {row['trigger']!r}")
    who = (_codes(row["obliged"]), _codes(row["owed_to"]))
    return Duty(row["obligation"], *who, row["trigger"], row["article"] or None, row["what"] or None, row["limits"] or None, row["open"] or None)


def _codes(field: str) -> tuple[str, ...]:
    return () if field == "all" else tuple(code.strip() for code in field.split(","))
