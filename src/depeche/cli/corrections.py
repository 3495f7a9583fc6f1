"""`depeche corrections`: what people said of the machine's reading, taken back where it was wrong, given out as gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from depeche.cli.options import record_option, told

if TYPE_CHECKING:
    from depeche.store.corrected import Correction

RECORD = record_option("The record: a file, or the address of a PostgreSQL server.", "where")


@click.group()
def corrections() -> None:
    """List what people corrected, take it back, or give it out as gold."""


@corrections.command("list")
@RECORD
@click.option("--article", metavar="ID", help="Of this article only.")
@click.option("--unfitting", "lost", is_flag=True, help="Only those that no entry of the newest reading answers to.")
@click.option("--undone", is_flag=True, help="Those that were taken back, too.")
@click.option("--format", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def list_(where: str, article: str | None, lost: bool, undone: bool, format_: str) -> None:
    """List what people confirmed, rejected and corrected."""
    from depeche.record import plain
    from depeche.store.corrections import all_corrections, article_called
    from depeche.store.store import open_store

    with told():
        store = open_store(where)
        wanted = article_called(store, article) if article else None
        found = [c for c in all_corrections(store, undone) if wanted in (None, c.article) and not (lost and c.fits)]
    for c in found:
        click.echo(json.dumps(plain(c), ensure_ascii=False) if format_ == "jsonl" else _line(c))
    if not found and format_ == "table":
        click.echo("Nothing was corrected." if not (article or lost) else "No such correction is on record.")


@corrections.command()
@click.argument("number", type=int)
@RECORD
def undo(number: int, where: str) -> None:
    """Take correction NUMBER back; it stays on record as undone."""
    from depeche.asking import open_record

    with told():
        undone = open_record(where, writable=True).undo(number)
    click.echo(_line(undone))


@corrections.command("export-gold")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@RECORD
def export_gold(folder: Path, where: str) -> None:
    """Write into FOLDER a gold file for each article of which a person checked an entry.

    What nobody checked is marked optional there: it costs a reading nothing, found or missed.
    """
    from depeche.store.corrections import gold_articles
    from depeche.store.store import open_store

    count = 0
    try:
        with told():
            for article, gold in gold_articles(open_store(where)):
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{article}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
                count += 1
    except OSError as problem:
        raise click.ClickException(f"{problem.filename}: {problem.strerror}") from None
    click.echo(f"{count} article{'' if count == 1 else 's'} written to {folder}" if count else "No article has been checked yet.")


def _line(c: Correction) -> str:
    """A correction in one line: "3  correct event 3f2a9c1b7d10-e482 “accuse”: type = THREATEN  (Anna, 2026-11-24)"."""
    what = f": {c.field} = {_shown(c.value)}" if c.verdict == "correct" else ""
    signs = [c.who, c.day[:10], *(["undone"] if c.undone else []), *([] if c.fits else ["fits no entry any more"])]
    words = c.words if len(c.words) <= 40 else c.words[:39] + "…"
    return f"{c.number}  {c.verdict} {c.kind} {c.entry} “{' '.join(words.split())}”{what}  ({', '.join(s for s in signs if s)})"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value) or "nobody"
    if isinstance(value, dict):
        if "name" in value:
            return str(value["name"])
        return str(value["start"]) if value["start"] == value["end"] else f"{value['start']} to {value['end']}"
    return "none" if value is None else str(value)
