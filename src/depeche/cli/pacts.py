"""`depeche pacts`: which pacts bind whom on a day, and who must help if a state is attacked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from depeche.cli.answers import FORMATS, answer, print_lines, reading_console
from depeche.cli.options import IsoDate, record_option, told
from depeche.cli.words import day_words

if TYPE_CHECKING:
    from depeche.affairs.duties import Answer, Bound
    from depeche.affairs.pact import Pact

_KINDS = ("mutual_defence", "strategic_partnership", "consultation", "non_aggression", "neutrality", "ceasefire", "peace", "arms_control", "trade", "other")


@click.command()
@click.option("--party", metavar="STATE", help="Only pacts of this state: PRK, Corée du Nord, North Korea.")
@click.option("--kind", type=click.Choice(_KINDS), help="Only pacts of this kind.")
@click.option("--attacked", metavar="STATE", help="Who is bound to do what if this state is attacked.")
@click.option("--by", metavar="STATE", help="With --attacked: the attacker.")
@click.option("--on", type=IsoDate(), help="The day asked for (YYYY-MM-DD); today where not given.")
@record_option("The record whose articles tell of pacts; the register alone where none.")
@click.option("--format", "format_", type=FORMATS, default="table", show_default=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True))
def pacts(party: str | None, kind: str | None, attacked: str | None, by: str | None, on: str | None, record: str, format_: str, output: str | None) -> None:
    """The pacts that are known: from the register that ships, and from the articles on record.

    On the day asked for a pact binds, is signed and not yet binding, or is ended. What is not listed is unknown, not absent.
    """
    from datetime import date

    from depeche.affairs.duties import if_attacked
    from depeche.affairs.states import state_called
    from depeche.asking import pacts_known

    if by and not attacked:
        raise click.UsageError("--by goes with --attacked")
    day = on or date.today().isoformat()
    with told():
        known = pacts_known(record)
        party, attacked, by = (state_called(name) if name else None for name in (party, attacked, by))
    if attacked:
        found = if_attacked(known, attacked, day, by)
        if format_ == "table":
            print_lines(reading_console(), _duties(found))
        else:
            answer(list(_duty_rows(found)), format_, output, (), "")
        return
    listed = [p for p in known if (kind is None or p.kind == kind) and (party is None or any(m.code == party for m in p.parties))]
    if format_ == "table":
        print_lines(reading_console(), _pacts(listed, day))
    else:
        answer([p.to_dict() | {"standing": p.standing(day)} for p in listed], format_, output, (), "")


_STANDINGS = {
    "binds": "IN FORCE ON {day}",
    "signed": "SIGNED AND NOT YET BINDING ON {day}",
    "unknown": "TOLD BY ARTICLES, NOT KNOWN TO BE IN FORCE",
    "suspended": "SUSPENDED ON {day}",
    "ended": "ENDED BEFORE {day}",
    "not yet made": "MADE ONLY AFTER {day}",
}


def _pacts(pacts: list[Pact], day: str) -> RenderableType:
    parts: list[RenderableType] = []
    for standing, title in _STANDINGS.items():
        some = [p for p in pacts if p.standing(day) == standing]
        if some:
            parts += [Text(title.format(day=day_words(day).upper()), style="bold cyan"), *(Padding(_pact(p, day, standing), (0, 0, 1, 0)) for p in some)]
    return Group(*parts or (Text("No such pact is known; that does not mean that there is none."),))


def _pact(pact: Pact, day: str, standing: str) -> Group:
    members = pact.parties_on(day) if standing == "binds" else pact.parties
    dates = ", ".join(f"{name.replace('_', ' ')} {day_words(when)}" for name, when in pact.dates.items())
    lines: list[RenderableType] = [
        Text.assemble((pact.name, "bold"), (f"   {pact.kind.replace('_', ' ')}", "green")),
        _below(", ".join(p.name for p in members) or "nobody is known to be bound"),
        _below(dates or "no date is told", "dim"),
        _below(_source(pact), "dim"),
    ]
    return Group(*lines)


def _source(pact: Pact) -> str:
    if not pact.registered:
        n = len(pact.source)
        return f"told by {n} article{'s' if n > 1 else ''} on record: {', '.join(s[7:19] for s in pact.source)}"
    return f"register ({'looked up' if pact.checked == 'read' else 'unverified'})" + (f" · {pact.text}" if pact.text else "")


def _duties(found: Answer) -> RenderableType:
    from depeche.affairs.states import state_name

    who, by = state_name(found.attacked), f" by {state_name(found.by)}" if found.by else ""
    parts: list[RenderableType] = [Text(f"If {who} is attacked{by} on {day_words(found.on)}", style="bold"), Text()]
    sections = (
        ("BOUND ON THAT DAY", found.bound),
        ("SIGNED AND NOT YET BINDING ON THAT DAY", found.not_yet),
        ("TOLD BY ARTICLES OR SUSPENDED: WHETHER IT BINDS IS NOT KNOWN", found.uncertain),
        ("WHAT FORBIDS THE ATTACK", found.restrained),
    )
    for title, group in sections:
        if group:
            parts.append(Text(title, style="bold cyan"))
            parts += [Padding(_bound(b), (0, 0, 1, 0)) for b in group]
    for pact in found.torn:
        parts.append(
            Text(f"Attacker and attacked both belong to {pact.name}: what its terms mean between them is for lawyers; the attacker is left out above.")
        )
    if not found.bound:
        parts.append(Text("No pact that is known binds anybody to help on that day."))
    parts.append(Text("Other pacts may exist: what is not listed is unknown, not absent.", style="dim"))
    return Group(*parts)


def _below(words: str, style: str = "") -> Padding:
    """A line under a heading, all of it set in."""
    return Padding(Text(words, style=style, overflow="fold"), (0, 0, 0, 2))


def _bound(b: Bound) -> Group:
    article = f"article {b.duty.article} of " if b.duty.article else ""
    action = b.duty.obligation.replace("_", " ")
    lines: list[RenderableType] = [
        Text.assemble((", ".join(p.name for p in b.who), "bold"), f" → {action}", (f" ({article}{b.pact.name})", "dim")),
        _below(b.duty.what or b.duty.evidence or ""),
    ]
    if b.duty.limits:
        lines.append(_below(f"narrowed by: {b.duty.limits}", "italic"))
    if b.duty.open:
        lines.append(_below(f"left open: {b.duty.open}", "italic"))
    lines.append(_below(_source(b.pact), "dim"))
    return Group(*lines)


def _duty_rows(found: Answer) -> Iterable[dict[str, Any]]:
    for standing, group in (("binds", found.bound), ("signed", found.not_yet), ("unknown", found.uncertain), ("restrained", found.restrained)):
        for b in group:
            for party in b.who:
                yield {
                    "attacked": found.attacked,
                    "by": found.by,
                    "on": found.on,
                    "standing": standing,
                    "obliged": party.code,
                    "obligation": b.duty.obligation,
                    "pact": b.pact.id,
                    "name": b.pact.name,
                    "article": b.duty.article,
                    "what": b.duty.what,
                    "limits": b.duty.limits,
                    "open": b.duty.open,
                    "evidence": b.duty.evidence,
                    "source": "register" if b.pact.registered else list(b.pact.source),
                }
