"""`depeche export`: a record, or a part of it, in another program's format."""

from __future__ import annotations

import click

from depeche.cli.actors import checked_files
from depeche.cli.options import IsoDate, record_option
from depeche.exports.formats import FORMATS


@click.command(epilog="\b\n" + "\n".join(f"{name:12} {format_.about}" for name, format_ in FORMATS.items()))
@click.argument("path", required=False, type=click.Path())
@click.option("--as", "format_", required=True, type=click.Choice(list(FORMATS)), help="The format; see below.")
@click.option("--text", type=click.Choice(["none", "evidence", "full"]), default="evidence", show_default=True, help="How much of the press's words goes out.")
@record_option("The record: a file, or postgresql://…", "where")
@click.option("--output", "-o", type=click.Path(), help="Where to write, as PATH: a file, or a folder for the formats of several files.")
@click.option("--actor", metavar="NAME", help="Only what this actor does or is done to.")
@click.option("--counterpart", metavar="NAME", help="Only what passes between the actor and this one.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only events of this PLOVER type; may be repeated.")
@click.option("--place", metavar="NAME", help="Only what happens there.")
@click.option("--since", type=IsoDate(), help="The first day (YYYY-MM-DD).")
@click.option("--until", type=IsoDate(), help="The last day (YYYY-MM-DD).")
@click.option("--include", metavar="STATUS,…", help="Events of these statuses. Formats that cannot tell a status have those reported, where not given.")
@click.option("--actors", "own", multiple=True, type=click.Path(dir_okay=False), help="A TOML or CSV file of your own actors; may be repeated.")
@click.pass_context
def export(
    ctx: click.Context,
    path: str | None,
    format_: str,
    text: str,
    where: str,
    output: str | None,
    actor: str | None,
    counterpart: str | None,
    types: tuple[str, ...],
    place: str | None,
    since: str | None,
    until: str | None,
    include: str | None,
    own: tuple[str, ...],
) -> None:
    """Write the record to PATH in the format of another program."""
    from depeche.asking import RecordProblem, open_record
    from depeche.exports.files import ExportProblem
    from depeche.exports.registry import export as write

    if bool(path) == bool(output):
        raise click.UsageError("say once where to write: depeche export --as FORMAT PATH")
    kinds, statuses = _types(types), _statuses(include)
    try:
        record = open_record(where, actors=checked_files(own))
        asked = record.filter(actor, counterpart, place, types=kinds, statuses=statuses, since=since, until=until, limit=None)
        written = write(record.store, format_, path or output or "", text, asked)  # type: ignore[arg-type]
    except (RecordProblem, ExportProblem) as problem:
        click.echo(f"depeche: {problem}", err=True)
        ctx.exit(1)
    click.echo(f"{path or output}: {', '.join(f'{kind} {count:,}' for kind, count in written.items())}")


def _types(asked: tuple[str, ...]) -> tuple[str, ...] | None:
    from depeche.ontology.plover import EVENT_TYPES

    types = tuple(t.strip().upper() for group in asked for t in group.split(","))
    for type_ in types:
        if type_ not in EVENT_TYPES:
            raise click.UsageError(f"{type_} is no event type; there are {', '.join(EVENT_TYPES)}")
    return types or None


def _statuses(asked: str | None) -> tuple[str, ...] | None:
    from depeche.ontology.plover import STATUSES

    statuses = tuple(s.strip() for s in asked.split(",")) if asked else ()
    for status in statuses:
        if status not in STATUSES:
            raise click.UsageError(f"{status!r} is no status; there are {', '.join(STATUSES)}")
    return statuses or None
