"""`depeche events`, `affairs`, `quotes` … : asking a record. Every command takes the same filters and answers in the same formats."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from depeche.cli import lines
from depeche.cli.answers import FORMATS, answer, print_lines, reading_console
from depeche.cli.options import IsoDate, record_option, told
from depeche.ontology.plover import EVENT_TYPES, STATUSES

if TYPE_CHECKING:
    from depeche.asking import Record

F = TypeVar("F", bound=Callable[..., Any])
RECORD = record_option("The record to ask; a file or postgresql://…")
TYPES = click.Choice(list(EVENT_TYPES), case_sensitive=False)
_FILTERS = {
    "actor": click.option("--actor", metavar="NAME", help="Who acts, as people write it: Russie, RUS, Lavrov."),
    "counterpart": click.option("--counterpart", metavar="NAME", help="Who acts with or against them."),
    "types": click.option("--type", "types", type=TYPES, multiple=True, help="PLOVER's type; may be repeated."),
    "statuses": click.option("--status", "statuses", type=click.Choice(STATUSES), multiple=True, help="reported, alleged, planned …; may be repeated."),
    "place": click.option("--place", metavar="NAME", help="Where: a town, a region, a country."),
    "words": click.option("--words", metavar="WORDS", help="Words that stand in the evidence, accents apart."),
    "since": click.option("--since", type=IsoDate(), help="The first day (YYYY-MM-DD)."),
    "until": click.option("--until", type=IsoDate(), help="The last day."),
    "limit": click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many, the latest first."),
}
_OUTPUT = (
    click.option("--format", "format_", type=FORMATS, default="table", show_default=True, help="A table to read, or every field for a program."),
    click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write here instead of to the terminal."),
)


def asking(*filters: str) -> Callable[[F], F]:
    """A command that opens a record and hands it on with the filters that were given; what is wrong is one sentence."""

    def decorate(function: F) -> F:
        @wraps(function)
        def command(record: str, format_: str, output: str | None, **given: Any) -> None:
            from depeche.asking import open_record
            from depeche.cli.actors import own_files

            asked = {k: given.pop(k) for k in filters}
            if asked.get("limit") and format_ != "table" and _limit_is_default():
                asked["limit"] = None  # a file for a program holds everything
            with told():
                opened = open_record(record, actors=own_files(()))
                if waiting := opened.waiting():
                    click.echo(f"depeche: {waiting} article(s) just read are not merged into affairs yet", err=True)
                function(opened, {k: v for k, v in asked.items() if v not in (None, ()) or k == "limit"}, format_, output, **given)

        for option in reversed((*(_FILTERS[name] for name in filters), *_OUTPUT, RECORD)):
            command = option(command)
        return command  # type: ignore[return-value]

    return decorate


def _limit_is_default() -> bool:
    return click.get_current_context().get_parameter_source("limit") is click.core.ParameterSource.DEFAULT


_ACTS = ("actor", "counterpart", "types", "statuses", "place", "words", "since", "until", "limit")
_NOTHING = "nothing on record answers to that"


@click.command()
@asking(*_ACTS)
def events(record: Record, asked: dict[str, Any], format_: str, output: str | None) -> None:
    """Who did what to whom, article by article."""
    answer(record.events(**asked), format_, output, lines.EVENTS, _NOTHING)


@click.command()
@asking(*_ACTS)
def affairs(record: Record, asked: dict[str, Any], format_: str, output: str | None) -> None:
    """Who did what to whom: the reports of one event merged, with how many independent outlets tell it."""
    answer(record.affairs(**asked), format_, output, lines.AFFAIRS, _NOTHING)


@click.command()
@asking("actor", "words", "since", "until", "limit")
def quotes(record: Record, asked: dict[str, Any], format_: str, output: str | None) -> None:
    """Who said what; --actor is the speaker."""
    answer(record.quotes(**asked), format_, output, lines.QUOTES, _NOTHING)


@click.command()
@asking("actor", "words", "limit")
def listed(record: Record, asked: dict[str, Any], format_: str, output: str | None) -> None:
    """Who is on record, the oftenest named first."""
    answer(record.actors(**asked), format_, output, lines.ACTORS, _NOTHING)


@click.command()
@asking(*_ACTS)
def disputes(record: Record, asked: dict[str, Any], format_: str, output: str | None) -> None:
    """Events that somebody asserts or alleges and somebody denies, face to face."""
    found = record.disputes(**asked)
    if format_ == "table":
        print_lines(reading_console(), lines.disputes(found)) if found else click.echo(_NOTHING, err=True)
    else:
        answer(found, format_, output, (), _NOTHING)


@click.command()
@asking(*_ACTS)
def timeline(record: Record, asked: dict[str, Any], format_: str, output: str | None) -> None:
    """The affairs day by day."""
    if format_ == "table":
        days = record.timeline(**asked)
        print_lines(reading_console(), lines.timeline(days)) if days else click.echo(_NOTHING, err=True)
    else:
        answer(record.timeline(**asked), format_, output, (), _NOTHING)


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("--by", type=click.Choice(["day", "month", "year"]), default="month", show_default=True, help="The periods.")
@click.option("--include", type=click.Choice(STATUSES), multiple=True, default=("reported",), show_default=True, help="Which statuses count; may be repeated.")
@asking("since", "until")
def relations(record: Record, asked: dict[str, Any], format_: str, output: str | None, one: str, other: str, by: str, include: tuple[str, ...]) -> None:
    """The history of ONE and OTHER: what each did to the other, with PLOVER's mean score, and a plot."""
    found = record.relations(one, other, by=by, include=include, **asked)
    if format_ == "table" and found:
        click.echo(lines.plot(found, reading_console().width))
    answer(found, format_, output, lines.RELATIONS, _NOTHING)


@click.command()
@click.option("--by", default="dyad,month", show_default=True, metavar="dyad,PERIOD", help="dyad,day; dyad,month or dyad,year.")
@click.option("--include", default="reported", show_default=True, metavar="STATUSES", help="Which statuses count: reported,alleged …")
@click.option("--codes", type=click.Choice(["iso", "cow"]), default="iso", show_default=True, help="ISO 3166 alpha-3, or numbers of the Correlates of War.")
@asking("actor", "counterpart", "types", "since", "until")
def panel(record: Record, asked: dict[str, Any], format_: str, output: str | None, by: str, include: str, codes: str) -> None:
    """Counts and mean scores by directed dyad and period: the rows of a regression."""
    dyad, _, period = by.partition(",")
    if dyad != "dyad" or period not in ("day", "month", "year"):
        raise click.BadParameter(f"{by!r} is none of dyad,day; dyad,month; dyad,year", param_hint="--by")
    wanted = [status.strip() for status in include.split(",")]
    if unknown := [s for s in wanted if s not in STATUSES]:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(STATUSES)}", param_hint="--include")
    rows = record.panel(by=period, include=wanted, **asked)
    answer(lines.coded(rows, codes), format_, output, lines.PANEL, _NOTHING)


@click.command()
@click.argument("id_", metavar="ID")
@RECORD
def show(id_: str, record: str) -> None:
    """One entry with its evidence in context, its chain of attribution, and the rule that found it. ID: of an entry, an affair or an article."""
    from depeche.asking import open_record
    from depeche.cli.entry import entry_shown

    with told():
        print_lines(reading_console(), entry_shown(open_record(record), id_))


@click.command()
@click.argument("query")
@RECORD
@click.option("--format", "format_", type=FORMATS, default="table", show_default=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True))
def sql(query: str, record: str, format_: str, output: str | None) -> None:
    """Ask in SQL, read-only. The tables are described in docs/tables.md."""
    from depeche.asking import open_record

    with told():
        rows = open_record(record).sql(query)
    columns = tuple((name, lambda row, name=name: "" if row[name] is None else str(row[name])) for name in (rows[0] if rows else {}))
    answer(rows, format_, output, columns, "no rows")
