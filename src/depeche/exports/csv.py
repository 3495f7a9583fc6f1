"""Every table of a record as a CSV file: UTF-8, commas, a header line, empty where there is nothing."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from depeche.exports.choosing import ALL, Chosen
from depeche.exports.files import folder, text_file
from depeche.exports.tables import outgoing
from depeche.exports.words import Text, Veil
from depeche.store.filters import Filter
from depeche.store.store import Store


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """A folder with a file for each table; how many rows each has."""
    into, chosen, counts = folder(path), Chosen(store, filter), {}
    with store.reading() as connection:
        veil = Veil(connection, text)
        for table in outgoing(text):
            counts[table.name] = 0
            with text_file(into / f"{table.name}.csv") as stream:
                file = csv.writer(stream, lineterminator="\n")
                file.writerow([c.name for c in table.columns])
                for rows in table.batches(connection, chosen, veil):
                    file.writerows([_cell(value) for value in row] for row in rows)
                    counts[table.name] += len(rows)
    return counts


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
