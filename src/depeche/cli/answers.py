"""Answers as a person or a program wants them: a table to read, CSV, a row of JSON a line, or Parquet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from depeche.cli.words import WIDTH_IN_A_PIPE

FORMATS = click.Choice(["table", "csv", "jsonl", "parquet"])
Row = Mapping[str, Any]
# Columns that hold a text.
_WORDS = ("evidence", "said")
# A column of the table: its heading and what stands in it.
Column = tuple[str, Callable[[Any], str | Text]]


def answer(rows: Sequence[Row], format_: str, output: str | None, columns: Sequence[Column], none: str) -> None:
    """Write rows in a format. `columns` are those of the table; the other formats hold every field. `none`: what a table says of no rows."""
    if format_ == "table":
        console = reading_console()
        if not rows:
            click.echo(none, err=True)
            return
        print_lines(console, table_of(rows, columns))
    elif format_ == "jsonl":
        _text(output, (json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    elif format_ == "csv":
        _csv(rows, output)
    else:
        _parquet(rows, output)


def reading_console() -> Console:
    """A console as wide as the terminal, or of a set width in a pipe."""
    return Console(width=None if sys.stdout.isatty() else WIDTH_IN_A_PIPE, highlight=False, soft_wrap=False)


def table_of(rows: Iterable[Row], columns: Sequence[Column]) -> Table:
    """A table without frames; the words, or else the last column, take what room there is."""
    table = Table(box=None, pad_edge=False, show_header=any(heading for heading, _ in columns), header_style="dim", padding=(0, 2, 0, 0))
    headings = [heading for heading, _ in columns]
    wide = next((h for h in headings if h in _WORDS), headings[-1] if headings else "")
    for n, heading in enumerate(headings):
        roomy = heading == wide and (heading or n == len(headings) - 1)
        table.add_column(heading, overflow="fold", ratio=1 if roomy else None, no_wrap=heading == "id")
    for row in rows:
        table.add_row(*(cell(row) for _, cell in columns))
    return table


def print_lines(console: Console, what: Any) -> None:
    """Print without the blanks with which a column is filled up to the right."""
    with console.capture() as captured:
        console.print(what)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def flat(row: Row) -> dict[str, Any]:
    """A row for a format of plain cells: lists of words joined, what has structure as JSON."""
    return {key: _cell(value) for key, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _csv(rows: Sequence[Row], output: str | None) -> None:
    def lines() -> Iterator[str]:
        fields = list(rows[0]) if rows else []
        lines_written: list[str] = []
        writer = csv.DictWriter(_Collector(lines_written), fields, lineterminator="\n")
        if fields:
            writer.writeheader()
        for row in rows:
            writer.writerow(flat(row))
            yield from lines_written
            lines_written.clear()

    _text(output, lines())


class _Collector:
    """Takes what the csv module writes, a line at a time."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> int:
        self._lines.append(line)
        return len(line)


def _text(output: str | None, lines: Iterable[str]) -> None:
    from depeche.cli.main import destination

    with destination(output) as stream:
        for line in lines:
            stream.write(line)


def _parquet(rows: Sequence[Row], output: str | None) -> None:
    if output is None:
        raise click.UsageError("Parquet is no text: name a file with --output")
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise click.ClickException("Parquet needs the extra `analysis` (pip install 'depeche[analysis]')") from None
    parquet.write_table(pyarrow.Table.from_pylist([dict(row) for row in rows]), output)
