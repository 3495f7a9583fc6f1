"""The codes of the Correlates of War project, by which political scientists join data on states.

`cow.tsv` pairs the project's state system membership list of 2016 with ISO 3166. A successor that goes on under an older state's
code has that one: Serbia stands under Yugoslavia's, Russia and the Soviet Union are one.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from depeche.ontology.tables import read_rows


def cow_code(country: str | None) -> int | None:
    """The state's number (ISO 3166 alpha-3 "FRA" -> 220); None for what is no state in that list."""
    found = _codes().get(country or "")
    return found[0] if found else None


def cow_abbreviation(country: str | None) -> str | None:
    """The state's three letters ("FRA" -> "FRN"); None for what is no state in that list."""
    found = _codes().get(country or "")
    return found[1] if found else None


@cache
def _codes() -> dict[str, tuple[int, str]]:
    rows = read_rows(files(__package__).joinpath("cow.tsv"), ("country", "number", "abbreviation"))
    return {row["country"]: (int(row["number"]), row["abbreviation"]) for row in rows}
