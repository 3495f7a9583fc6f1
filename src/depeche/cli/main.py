"""The command `depeche`. Heavy imports wait until a command needs them, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import IO, TYPE_CHECKING, TypeVar

import click

from depeche._version import VERSION
from depeche.cli.options import IsoDate
from depeche.engines.pool import read_many

if TYPE_CHECKING:
    from depeche.articles.inputs import BadInput, Found
    from depeche.reader import UnreadableArticle
    from depeche.record import Article, ArticleRecord

T = TypeVar("T")
ReadAll = Callable[[Iterable["Article"]], Iterator["ArticleRecord | UnreadableArticle"]]
FORMATS = click.Choice(["table", "json", "jsonl"])


# The other commands and the modules in which they live: each is imported when it is named, so that `read` starts without them.
COMMANDS = {
    "actors": "actors",
    "affairs": "asked",
    "copy": "upkeep",
    "corrections": "corrections",
    "desk": "desk",
    "disputes": "asked",
    "events": "asked",
    "export": "export",
    "forget": "upkeep",
    "pacts": "pacts",
    "panel": "asked",
    "quotes": "asked",
    "rebuild": "upkeep",
    "relations": "asked",
    "show": "asked",
    "sql": "asked",
    "status": "upkeep",
    "timeline": "asked",
}


class _Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            command: click.Command = getattr(import_module(f"depeche.cli.{COMMANDS[cmd_name]}"), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="depeche")
def main() -> None:
    """Read wire copy and put on record who did what to whom, who said what, and what was agreed."""


@main.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--published", type=IsoDate(), help="The day of publication, for inputs that tell none (YYYY-MM-DD).")
@click.option("--language", metavar="CODE", help="The language of the texts (fr); recognised where not given.")
@click.option("--format", "format_", type=FORMATS, default="table", show_default=True, help="A table to read, one JSON document, or a record a line.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write here instead of to the terminal.")
@click.option("--jobs", "-j", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--actors", "own", multiple=True, type=click.Path(dir_okay=False), help="A TOML or CSV file of your own actors; may be repeated.")
@click.option("--explain", is_flag=True, help="In the table, tell for each event the row that found it and how each side was filled.")
@click.option(
    "--into", metavar="FILE", is_flag=False, flag_value="depeche.sqlite", help="Keep what is read in this record (depeche.sqlite where no file is named)."
)
@click.option("--retry-failed", is_flag=True, help="With --into and without PATH: try again what could not be read before.")
@click.pass_context
def read(
    ctx: click.Context,
    paths: tuple[str, ...],
    published: str | None,
    language: str | None,
    format_: str,
    output: str | None,
    jobs: int,
    own: tuple[str, ...],
    explain: bool,
    into: str | None,
    retry_failed: bool,
) -> None:
    """Read articles and show what they put on record.

    PATH is a text file, a saved web page, a JSON Lines file of articles, a folder of these, or "-" for standard input. Nothing is kept, unless
    --into names a record: then each article is told on a line once it is on record, and what is there already is not read again.
    """
    from depeche.articles.inputs import Defaults
    from depeche.articles.sources import found_in
    from depeche.cli.actors import checked_files

    if retry_failed and (into is None or paths):
        raise click.UsageError("--retry-failed takes --into and no PATH: the record knows which inputs failed")
    if not paths and not retry_failed:
        raise click.UsageError("Missing argument 'PATH…'.")
    defaults, files = Defaults(published, language), checked_files(own)
    results = partial(read_many, jobs=jobs, language=language, actors=files)
    if into is not None:
        from depeche.cli.keeping import read_into

        ctx.exit(read_into(into, None if retry_failed else paths, defaults, results, files, output))
    ctx.exit(_run(found_in(paths, defaults), results, format_, output, explain))


@main.command()
@click.option("--format", "format_", type=FORMATS, default="table", show_default=True, help="A table to read, one JSON document, or a record a line.")
@click.option("--explain", is_flag=True, help="In the table, tell for each event the row that found it and how each side was filled.")
@click.pass_context
def demo(ctx: click.Context, format_: str, explain: bool) -> None:
    """Read the example dispatches that ship with the program (French Wikinews, CC BY 2.5)."""
    from importlib.resources import files

    from depeche.articles.inputs import Defaults
    from depeche.articles.sources import found_in

    inputs = found_in([str(files("depeche") / "examples" / "wikinews.jsonl")], Defaults(None, "fr"))
    ctx.exit(_run(inputs, partial(read_many, language="fr"), format_, None, explain))


def _run(inputs: Iterable[Found | BadInput], read_all: ReadAll, format_: str, output: str | None, explain: bool) -> int:
    """Read the inputs and write the records; the exit status: 0, or 1 where an input could not be read."""
    from depeche.record import ArticleRecord

    desk = _InputDesk(inputs)
    try:
        with destination(output) as stream:
            write = _writer(format_, stream, explain)
            for result in _with_progress(read_all(desk.articles()), output):
                place = desk.places.popleft()
                if isinstance(result, ArticleRecord):
                    write(result)
                else:
                    desk.tell(f"{place}: {result}")
            write(None)
            stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read the output has seen enough
        return 0
    return 1 if desk.failures else 0


class _InputDesk:
    """Hands articles to the reader, remembers in their order where each was found, and tells what cannot be used."""

    def __init__(self, inputs: Iterable[Found | BadInput]) -> None:
        self._inputs = inputs
        self.places: deque[str] = deque()
        self.failures = 0

    def tell(self, message: str) -> None:
        self.failures += 1
        click.echo(f"depeche: {message}", err=True)

    def articles(self) -> Iterator[Article]:
        from depeche.articles.inputs import Found

        for item in self._inputs:
            if isinstance(item, Found):
                self.places.append(item.place)
                yield item.article
            else:
                self.tell(item.message)


def destination(output: str | None) -> IO[str]:
    """The file to write to, else standard output, to be used in a `with`."""
    from contextlib import nullcontext
    from pathlib import Path

    if output is not None:
        return Path(output).open("w", encoding="utf-8")
    return nullcontext(sys.stdout)  # type: ignore[return-value]


def _with_progress(results: Iterator[T], output: str | None) -> Iterator[T]:
    """A count of the articles read on a terminal; nothing in a pipe, nor where the records themselves go to the terminal."""
    if not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        yield from results
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} articles read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("read", total=None)
        for result in results:
            progress.advance(task)
            yield result


def _writer(format_: str, stream: IO[str], explain: bool):  # type: ignore[no-untyped-def]
    """A function that writes one record, and the end of the document for None."""
    import json

    if format_ == "jsonl":
        return lambda record: record is not None and stream.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
    if format_ == "json":
        written: list[ArticleRecord] = []

        def collect(record: ArticleRecord | None) -> None:
            if record is not None:
                written.append(record)
            else:
                documents = [r.to_dict() for r in written]
                json.dump(documents[0] if len(documents) == 1 else documents, stream, ensure_ascii=False, indent=2)
                stream.write("\n")

        return collect
    from depeche.cli.table import TableWriter

    return TableWriter(stream, explain)


if __name__ == "__main__":
    main()
