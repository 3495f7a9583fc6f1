"""`depeche status`, `rebuild`, `copy`, `forget`: keeping a record in order."""

from __future__ import annotations

import click

from depeche.cli.answers import print_lines, reading_console, table_of
from depeche.cli.options import record_option, told
from depeche.cli.words import day_words

RECORD = record_option("The record; a file or postgresql://…")


@click.command()
@RECORD
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def status(record: str, format_: str) -> None:
    """What a record holds: how many articles are read and by which version, which failed and why."""
    import json

    from depeche.store.runs import status as status_of
    from depeche.store.store import open_store

    with told():
        found = status_of(open_store(record))
    if format_ == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    period = f", {day_words(found['first'])} – {day_words(found['last'])}" if found["first"] else ""
    click.echo(f"{found['record']}  ({found['bytes'] / 1e6:.1f} MB, schema {found['schema']})")
    superseded = f", {found['superseded']} of them superseded by a newer text" if found["superseded"] else ""
    click.echo(f"{_many(found['articles'], 'article')}{superseded}{period}")
    counted = (_many(found[name + "s"], name) for name in ("affair", "quote", "agreement"))
    click.echo(f"{_many(found['events'], 'event')} in {', '.join(counted)}")
    if found["unmerged"]:
        click.echo(f"{found['unmerged']} articles are not merged into affairs yet; the next command that asks for affairs does it")
    for version in found["versions"]:
        click.echo(f"  read by {version['version']}, pack {version['language']} {version['pack']}, knowledge {version['knowledge']}: {version['articles']}")
    for run in found["runs"]:
        end = "finished" if run["finished"] else "cut off, or still going on"
        click.echo(f"  run {run['run']}, {run['started'].replace('T', ' ')[:16]} UTC: {run['read']} read, {run['known']} known, {run['failed']} failed; {end}")
    if found["failures"]:
        click.echo("Could not be read (`depeche read --retry-failed --into …` tries these again):")
        print_lines(reading_console(), table_of(found["failures"], (("", lambda row: f"  {row['place']}"), ("", lambda row: row["reason"]))))


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


@click.command()
@RECORD
def rebuild(record: str) -> None:
    """Drop every table but the records themselves, and fill them again to the same content."""
    from depeche.affairs.merging import merge
    from depeche.store.store import open_store

    with told():
        store = open_store(record, writable=True)
        articles = store.rebuild()
        affairs = merge(store)
    click.echo(f"{store.backend.name}: rebuilt from {articles} articles, {affairs} affairs")


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="INTO")
def copy(source: str, target: str) -> None:
    """Carry a record over to another file or server, whatever their schema versions."""
    from depeche.affairs.merging import merge
    from depeche.store.store import open_store

    with told():
        into = open_store(target, writable=True)
        count = into.copy_from(open_store(source))
        merge(into)
    click.echo(f"{into.backend.name}: {count} articles came from {source}")


@click.command()
@click.argument("article", metavar="ARTICLE")
@RECORD
def forget(article: str, record: str) -> None:
    """Take an article out, with all that rests on it alone. ARTICLE is its id, or the beginning of it."""
    from depeche.affairs.merging import merge
    from depeche.store.store import open_store

    with told():
        store = open_store(record, writable=True)
        id_ = store.forget(article)
        merge(store)
    click.echo(f"{store.backend.name}: {id_} is no longer on record")
