"""Expressions of date: what each row of the table says that it means, and what only looks like a date."""

from __future__ import annotations

import pytest

from depeche import Reader
from depeche.extraction.dates import find_dates
from depeche.language import language_pack
from depeche.ontology.tables import Row

ROWS = language_pack("fr").date_rows


def dates(reader: Reader, text: str, base: str | None) -> dict[str, str]:
    """The expressions of date in a text with what they mean: a day, "START/END", or "-" where they stay open."""
    pack = language_pack("fr")
    found = find_dates(pack.parse(text), pack, base)
    return {text[d.span.start : d.span.end]: "-" if d.interval is None else d.interval[0] if len(set(d.interval)) == 1 else "/".join(d.interval) for d in found}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['example']} ({row['base']})")
def test_every_row_reads_its_example(reader: Reader, row: Row) -> None:
    found = dates(reader, row["example"], None if row["base"] == "-" else row["base"])
    if row["reads"] == "none":
        assert not found
    else:
        assert row["reads"] in found.values(), found
