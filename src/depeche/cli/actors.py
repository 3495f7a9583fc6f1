"""`depeche actors`: what a name leads to and why, and rows of a person's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from depeche.cli.asked import listed
from depeche.cli.options import IsoDate

if TYPE_CHECKING:
    from depeche.knowledge.base import Entity, KnowledgeBase

OWN_FILE = "actors.toml"


def own_files(asked: tuple[str, ...]) -> list[Path]:
    """The files of a person's own actors: those asked for, else `actors.toml` in the working folder and in the configuration folder."""
    if asked:
        return [Path(path) for path in asked]
    return [path for path in (Path(click.get_app_dir("depeche")) / OWN_FILE, Path(OWN_FILE)) if path.is_file()]


def checked_files(asked: tuple[str, ...]) -> tuple[Path, ...]:
    """The files of own actors, compiled and found good; a bad one is a usage error that names file and line."""
    files = tuple(own_files(asked))
    if files:
        knowledge_with(asked)
    return files


def knowledge_with(asked: tuple[str, ...]) -> KnowledgeBase:
    """The base with a person's own actors; a bad file is a usage error that names file and line."""
    from depeche.knowledge.additions import BadActors, with_additions

    try:
        return with_additions(own_files(asked))
    except BadActors as problem:
        raise click.UsageError(str(problem)) from None


class _ListsByItself(click.Group):
    """A group that lists where no command of it is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ListsByItself)
def actors() -> None:
    """Who is on record (the command by itself, or `list`); look names up, and add your own."""


actors.add_command(listed, "list")


@actors.command()
@click.argument("name")
@click.option("--on", type=IsoDate(), help="The day by which offices are read (YYYY-MM-DD); today where not given.")
@click.option("--actors", "own", multiple=True, type=click.Path(dir_okay=False), help="A TOML or CSV file of your own actors; may be repeated.")
@click.pass_context
def find(ctx: click.Context, name: str, on: str | None, own: tuple[str, ...]) -> None:
    """Show what NAME leads to, and why."""
    from datetime import date

    from depeche.knowledge.find import find as find_entries

    knowledge = knowledge_with(own)
    day = on or date.today().isoformat()
    entries = find_entries(knowledge, name, day)
    if not entries:
        click.echo(f"No entry is called {name!r}.")
        ctx.exit(1)
    for entry in entries:
        entity = entry.entity
        click.echo(f"{entity.name}  ({', '.join(t for t in (entity.kind, entity.country, entity.sector) if t)})")
        click.echo(f"  by its {_KINDS_OF_NAME.get(entry.what, entry.what)} · {entity.id}")
        for line in _offices(knowledge, entity, day):
            click.echo(f"  {line}")


_KINDS_OF_NAME = {"family": "family name", "people": "people's name", "seat": "seat of government", "city": "name as a city"}


def _offices(knowledge: KnowledgeBase, entity: Entity, day: str) -> list[str]:
    lines = []
    for tenure in sorted(knowledge.tenures_of(entity.row), key=lambda t: t.start or ""):
        of = tenure.country or (tenure.organisation or "").removeprefix("org:")
        held = "in office" if tenure.on(day) else "not in office"
        lines.append(f"{tenure.office} of {of}, {tenure.start or '…'} to {tenure.until or '…'}: {held} on {day} [{tenure.source}]")
    return lines


@actors.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(["person", "organisation", "group", "agency", "place"]), default="person", show_default=True)
@click.option("--country", default="", help="ISO 3166-1 alpha-3.")
@click.option("--sector", default="", help="As PLOVER has it: GOV, MIL, OPP, REB …")
@click.option("--gender", type=click.Choice(["m", "f", "mp", "fp"]), default=None, help="Grammatical gender, for pronouns.")
@click.option("--also", "names", multiple=True, help="Another name; may be repeated.")
@click.option("--source", default="", help="An address that tells.")
@click.option("--file", "path", type=click.Path(dir_okay=False), default=OWN_FILE, show_default=True)
def add(name: str, kind: str, country: str, sector: str, gender: str | None, names: tuple[str, ...], source: str, path: str) -> None:
    """Write a row for NAME into actors.toml."""
    from depeche.knowledge.additions import BadActors, OwnActor, read_actors, toml_row

    file = Path(path)
    actor = OwnActor(name, kind, country, sector, gender or "", names, source, path)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    after = (before.rstrip("\n") + "\n\n" if before.strip() else "") + toml_row(actor)
    try:
        rows = list(read_actors(file, after.encode()))
    except BadActors as problem:
        raise click.UsageError(str(problem)) from None
    file.write_text(after, encoding="utf-8")
    click.echo(f"{path} now holds {len(rows)} actor{'s' if len(rows) > 1 else ''} of your own.")
