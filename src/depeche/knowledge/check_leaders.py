"""Compare the heads in offices.tsv with REIGN: `python -m depeche.knowledge.check_leaders LEADERS-REIGN.CSV`.

REIGN (OEF Research) tells who led which state in effect, month by month, until March 2021. The file does not ship. What is printed is for a
person to judge: REIGN has one leader a state, our table each office, and either may be wrong.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from rapidfuzz.fuzz import ratio

from depeche.knowledge.build import OFFICE_COLUMNS, TABLES
from depeche.ontology.spelling import fold
from depeche.ontology.tables import read_rows

FIRST, LAST = "2010-01", "2021-03"
COW_COLUMNS = ("code", "country")
_HEADS = ("head_of_state", "head_of_government", "leader")
# Transliterations of one name are at least so alike ("Ilhma Aliyev", "Ilham Aliev").
_ALIKE = 74


@dataclass(frozen=True, slots=True)
class Spell:
    """Who led a state from one month to another (YYYY-MM, both included)."""

    country: str
    leader: str
    start: str
    until: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A spell of REIGN's in which our heads, those listed, are others."""

    spell: Spell
    heads: tuple[str, ...]

    def __str__(self) -> str:
        ours = ", ".join(self.heads) or "nobody"
        return f"{self.spell.country} {self.spell.start} to {self.spell.until}: REIGN has {self.spell.leader}, offices.tsv has {ours}"


def read_reign(path: Path) -> Iterator[Spell]:
    """The spells of a REIGN leader list that reach into the years compared."""
    iso = {row["code"]: row["country"] for row in read_rows(files(__package__).joinpath("tables", "cow_codes.tsv"), COW_COLUMNS)}
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            start = f"{int(row['syear'])}-{int(row['smonth']):02}"
            until = f"{int(row['eyear'])}-{int(row['emonth']):02}" if row["eyear"] else LAST
            if until >= FIRST:
                yield Spell(iso.get(row["stateabb"], row["stateabb"]), row["leader"].strip(), max(start, FIRST), min(until, LAST))


def our_heads() -> dict[str, list[tuple[str, str, frozenset[str]]]]:
    """By country, the heads in offices.tsv: from and to by month, and the folded words of their names."""
    names: dict[str, set[str]] = {}
    rows = list(read_rows(TABLES / "offices.tsv", OFFICE_COLUMNS))
    for row in rows:
        for name in (row["holder"], *row.choices("variants", ";")):
            names.setdefault(row["holder"], set()).update(fold(name).split())
    heads: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
    for row in rows:
        if row["office"] in _HEADS:
            heads.setdefault(row["country"], []).append((row["from"][:7], row["to"][:7] or "9999", frozenset({row["holder"], *names[row["holder"]]})))
    return heads


def differences(spells: Iterable[Spell], heads: dict[str, list[tuple[str, str, frozenset[str]]]]) -> Iterator[Difference]:
    """The spells in which none of our heads bears the leader's name."""
    for spell in spells:
        middle = _middle(spell)
        ours = [words for start, until, words in heads.get(spell.country, []) if start <= middle <= _whole_year(until)]
        if not any(_same(spell.leader, words) for words in ours):
            yield Difference(spell, tuple(sorted(next(w for w in words if w != w.lower()) for words in ours)))


def _whole_year(month: str) -> str:
    """A year alone counts to its end."""
    return month if len(month) > 4 else month + "-12"


def _middle(spell: Spell) -> str:
    """The month in the middle of a spell: at its ends, days decide who leads."""
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (spell.start, spell.until))
    month = (first + last) // 2
    return f"{month // 12}-{month % 12 + 1:02}"


def _same(leader: str, words: frozenset[str]) -> bool:
    theirs = [w for w in fold(leader).split() if len(w) > 2]
    return any(w in words or any(ratio(w, o) >= _ALIKE for o in words) for w in theirs)


def main(arguments: Iterable[str]) -> None:
    (path,) = arguments
    found = list(differences(read_reign(Path(path)), our_heads()))
    for difference in found:
        print(difference)
    print(f"{len(found)} differences")


if __name__ == "__main__":
    main(sys.argv[1:])
