"""Read the tab-separated tables of a language pack or of the knowledge base.

One header line, comments after `#` at the start of a line. A row that does not fit is an error with file and line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable


class BadTable(ValueError):
    """A table that cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its fields by column name, and where it stands."""

    fields: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def choices(self, column: str, separator: str = "|") -> tuple[str, ...]:
        """The alternatives of a field, in order; none for an empty field or a lone "-"."""
        value = self.fields[column]
        return tuple(part.strip() for part in value.split(separator)) if value not in ("", "-") else ()

    def wrong(self, problem: str) -> BadTable:
        return BadTable(f"{self.where}: {problem}")


def read_rows(file: Traversable, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a table that has exactly these columns. Raises `BadTable`."""
    header_seen = False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        values = line.split("\t")
        where = f"{file.name}, line {number}"
        if not header_seen:
            header_seen = True
            if values != list(columns):
                raise BadTable(f"{where}: the columns are {', '.join(values)}; expected {', '.join(columns)}")
        elif len(values) != len(columns):
            raise BadTable(f"{where}: {len(values)} fields; expected {len(columns)}")
        else:
            yield Row(dict(zip(columns, values, strict=True)), where)
