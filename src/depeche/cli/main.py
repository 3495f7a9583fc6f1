"""The command `depeche`. Heavy imports wait until a command needs them, so that `--help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

import click

from depeche._version import VERSION

if TYPE_CHECKING:
    from depeche.articles.sources import BadInput
    from depeche.record import Article, ArticleRecord

FORMATS = click.Choice(["table", "json", "jsonl"])


class IsoDate(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from datetime import date

        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day written as YYYY-MM-DD", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="depeche")
def main() -> None:
    """Read wire copy and put on record who did what to whom, who said what, and what was agreed."""


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--published", type=IsoDate(), help="The day of publication, for inputs that tell none (YYYY-MM-DD).")
@click.option("--language", metavar="CODE", help="The language of the texts (fr); recognised where not given.")
@click.option("--format", "format_", type=FORMATS, default="table", show_default=True, help="A table to read, one JSON document, or a record a line.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write here instead of to the terminal.")
@click.option("--jobs", "-j", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--explain", is_flag=True, help="In the table, tell for each event the row that found it and how each side was filled.")
@click.pass_context
def read(
    ctx: click.Context, paths: tuple[str, ...], published: str | None, language: str | None, format_: str, output: str | None, jobs: int, explain: bool
) -> None:
    """Read articles and show what they put on record.

    PATH is a text file, a saved web page, a JSON Lines file of articles, a folder of these, or "-" for standard input. Nothing is kept.
    """
    from depeche.articles.sources import Defaults, articles_in

    inputs = articles_in(paths, Defaults(published, language))
    ctx.exit(_run(inputs, format_, output, jobs, language, explain))


@main.command()
@click.option("--format", "format_", type=FORMATS, default="table", show_default=True, help="A table to read, one JSON document, or a record a line.")
@click.option("--explain", is_flag=True, help="In the table, tell for each event the row that found it and how each side was filled.")
@click.pass_context
def demo(ctx: click.Context, format_: str, explain: bool) -> None:
    """Read the example dispatches that ship with the program (French Wikinews, CC BY 2.5)."""
    from importlib.resources import files

    from depeche.articles.sources import Defaults, articles_in

    inputs = articles_in([str(files("depeche") / "examples" / "wikinews.jsonl")], Defaults(None, "fr"))
    ctx.exit(_run(inputs, format_, None, 1, "fr", explain))


def _run(inputs: Iterable[Article | BadInput], format_: str, output: str | None, jobs: int, language: str | None, explain: bool) -> int:
    """Read the inputs and write the records; the exit status: 0, or 1 where an input could not be read."""
    from depeche.engines.pool import read_many
    from depeche.record import ArticleRecord

    failures = _Failures()
    try:
        with _destination(output) as stream:
            write = _writer(format_, stream, explain)
            for result in failures.named(_with_progress(read_many(failures.articles(inputs), jobs, language), output)):
                if isinstance(result, ArticleRecord):
                    write(result)
            write(None)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has seen enough
        return 0
    return 1 if failures.count else 0


class _Failures:
    """Tells on standard error what could not be read, and counts it."""

    def __init__(self) -> None:
        self.count = 0
        self._names: list[str] = []

    def tell(self, message: str) -> None:
        self.count += 1
        click.echo(f"depeche: {message}", err=True)

    def articles(self, inputs: Iterable[Article | BadInput]) -> Iterator[Article]:
        """The articles among the inputs; bad inputs are told."""
        from depeche.articles.sources import BadInput

        for item in inputs:
            if isinstance(item, BadInput):
                self.tell(item.message)
            else:
                yield item

    def named(self, results: Iterable[object]) -> Iterator[object]:
        """The results; those that are errors are told."""
        for result in results:
            if isinstance(result, Exception):
                self.tell(str(result))
            yield result


def _destination(output: str | None) -> IO[str]:
    from contextlib import nullcontext
    from pathlib import Path

    if output is not None:
        return Path(output).open("w", encoding="utf-8")
    return nullcontext(sys.stdout)  # type: ignore[return-value]


def _with_progress(results: Iterator[object], output: str | None) -> Iterator[object]:
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
