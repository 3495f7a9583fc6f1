"""A record as a person reads it: who did what to whom, who said what, what was agreed, what is disputed, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import IO

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from depeche.cli.words import (
    COLOUR,
    EVIDENCE,
    HELD,
    SURE,
    WIDTH_IN_A_PIPE,
    day_words,
    evidence_of,
    name_of,
    names_of,
    one_line,
    shorten,
    single_blanks,
    when_words,
)
from depeche.record import Agreement, ArticleRecord, Event, Quote


class TableWriter:
    """Writes records one below the other; colour on a terminal, plain in a pipe."""

    def __init__(self, stream: IO[str], explain: bool = False) -> None:
        terminal = stream.isatty()
        self._stream = stream
        self._console = Console(file=stream, width=None if terminal else WIDTH_IN_A_PIPE, highlight=False, soft_wrap=False)
        self._explain = explain
        self._first = True

    def __call__(self, record: ArticleRecord | None) -> None:
        if record is None:
            return
        if not self._first:
            self._console.print()
        self._first = False
        with self._console.capture() as capture:
            self._console.print(record_table(record, self._explain))
        # Rich fills its columns with blanks to the right: nothing that a pipe or a copied line should hold.
        lines = (line.rstrip() for line in capture.get().splitlines())
        self._stream.write("\n".join(single_blanks(lines)) + "\n")


def record_table(record: ArticleRecord, explain: bool = False) -> Group:
    """All that one article puts on record, as something rich can print."""
    parts: list[object] = [heading(record)]
    sections = (
        ("Who did what", _events(record, explain)),
        ("Who said what", _quotes(record)),
        ("What was agreed", _agreements(record)),
        ("What is disputed", _disputes(record)),
        ("How many", _figures(record)),
    )
    for title, rows in sections:
        if rows is not None:
            parts += [Text(), Text(title.upper(), style="bold cyan"), rows]
    if len(parts) == 1:
        parts.append(Text("Nothing to put on record.", style="dim"))
    return Group(*parts)  # type: ignore[arg-type]


def heading(record: ArticleRecord) -> Group:
    article = record.article
    first_line = next((line.strip() for line in article.text.splitlines() if line.strip()), "")
    title = article.title or shorten(first_line, 90)
    told = [
        day_words(article.published) if article.published else "no date",
        article.publisher,
        article.agency and f"credited to {article.agency}",
        article.language,
    ]
    lines = [Text(title, style="bold"), Text(" · ".join(t for t in told if t), style="dim")]
    if article.url:
        lines.append(Text(article.url, style="dim", overflow="fold"))
    return Group(*lines)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=17, style="dim", no_wrap=True)
    grid.add_column(ratio=1)
    return grid


# -- events ---------------------------------------------------------------------------------------


def _events(record: ArticleRecord, explain: bool) -> Table | None:
    """The acts, those of one sentence together above the sentence that they were read from."""
    if not record.events:
        return None
    grid = _grid()
    for span, group in groupby(record.events, key=lambda e: e.evidence):
        acts = list(group)
        for act in acts:
            grid.add_row(when_words(act.when), Group(act_of(record, act), *(explained(record, act) if explain else ())))
        grid.add_row("", Padding(evidence_of(record, span, [a.trigger for a in acts]), (0, 0, 1, 2)))
    return grid


def act_of(record: ArticleRecord, event: Event) -> Text:
    from depeche.ontology.plover import EVENT_TYPES, UNDIRECTED

    line = Text()
    source, target = names_of(record, event.source), names_of(record, event.target)
    if event.type in UNDIRECTED and source and target:
        line.append(f"{source} – {target}", style="bold")
    elif source or target:
        line.append(f"{source or 'somebody'} → {target}" if target else source, style="bold")
    else:
        line.append("somebody", style="bold")
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    line.append(f"   {kind}", style=COLOUR[EVENT_TYPES[event.type].quad])
    place = record.place(event.place)
    if place is not None and place.name not in target and not place.name[0].islower():
        line.append(f" · in {place.name}")
    stances: dict[str, list[str]] = {}
    for position in event.positions:
        stances.setdefault(position.stance, []).append(name_of(record, position.actor))
    if SURE[event.status] and not (event.status == "alleged" and "alleges" in stances):
        line.append(f" · {SURE[event.status]}", style="italic")
    for stance, holders in stances.items():
        line.append(f" · {HELD[stance]} {', '.join(holders)}", style="italic")
    return line


def explained(record: ArticleRecord, event: Event) -> list[Text]:
    lines = [Text(f"row: {event.rule}" + (f" · CAMEO {event.cameo}" if event.cameo else ""), style="magenta")]
    for side in event.sides:
        lines.append(Text(f"{side.side}: {name_of(record, side.actor)}, by “{record.words(side.span)}” ({side.via})", style="magenta"))
    return lines


# -- quotes ---------------------------------------------------------------------------------------


def _quotes(record: ArticleRecord) -> Table | None:
    if not record.quotes:
        return None
    grid = _grid()
    for quote in record.quotes:
        if any(_inside(quote, other) for other in record.quotes):
            continue  # the words in marks stand in the reported speech that is shown
        grid.add_row(when_words(quote.when), Group(said_by(record, quote), Padding(_words_said(record, quote), (0, 0, 1, 2))))
    return grid


def _inside(quote: Quote, other: Quote) -> bool:
    """Does one speaker's longer quotation hold these words too?"""
    if other is quote or other.speaker != quote.speaker:
        return False
    held = all(any(o.start <= s.start and s.end <= o.end for o in other.content) for s in quote.content)
    return held and sum(s.end - s.start for s in other.content) > sum(s.end - s.start for s in quote.content)


def said_by(record: ArticleRecord, quote: Quote) -> Text:
    speakers = [s for s in (quote.speaker, *quote.co_speakers) if s is not None]
    line = Text(names_of(record, tuple(speakers)) or "somebody whom the text does not name", style="bold" if speakers else "italic")
    if quote.addressee is not None:
        line.append(f" to {name_of(record, quote.addressee)}")
    if quote.relayed_by:
        line.append(f" · through {names_of(record, quote.relayed_by)}")
    if quote.cue is not None:
        line.append(f" · “{record.words(quote.cue)}”", style="dim")
    if quote.status != "reported":
        line.append(f" · {'only reported to have been said' if quote.status == 'alleged' else 'not said'}", style="italic")
    return line


def _words_said(record: ArticleRecord, quote: Quote) -> Text:
    words = " […] ".join(one_line(record.words(span)) for span in quote.content)
    marked = quote.form in ("direct", "mixed")
    return Text(f"« {shorten(words, EVIDENCE)} »" if marked else shorten(words, EVIDENCE), style="" if marked else "italic")


# -- agreements, disputes, figures ----------------------------------------------------------------


def _agreements(record: ArticleRecord) -> Table | None:
    if not record.agreements:
        return None
    grid = _grid()
    for agreement in record.agreements:
        signed = agreement.dates.get("signed")
        grid.add_row(when_words(signed), Group(pact_line(record, agreement), *(Padding(term, (0, 0, 0, 2)) for term in term_lines(record, agreement)), Text()))
    return grid


def pact_line(record: ArticleRecord, agreement: Agreement) -> Text:
    line = Text(names_of(record, agreement.parties), style="bold")
    line.append(f"   {agreement.kind.replace('_', ' ')}", style="green")
    line.append(f" · {agreement.status.replace('_', ' ')}")
    if agreement.name:
        line.append(f" · “{one_line(agreement.name)}”", style="dim")
    return line


def term_lines(record: ArticleRecord, agreement: Agreement) -> Iterable[Text]:
    for term in agreement.terms:
        line = Text("to " + term.obligation.replace("_", " "))
        if term.trigger != "unconditional":
            line.append(f", on {term.trigger.replace('_', ' ')}")
        line.append(f" · “{shorten(one_line(record.words(term.evidence)), EVIDENCE)}”", style="dim")
        yield line


def _disputes(record: ArticleRecord) -> Table | None:
    disputed = [
        e for e in record.events if {p.stance for p in e.positions} & {"denies"} and {p.stance for p in e.positions} & {"alleges", "asserts", "confirms"}
    ]
    if not disputed:
        return None
    grid = _grid()
    for event in disputed:
        sides = [
            f"{HELD[stance]} {names_of(record, tuple(p.actor for p in event.positions if p.stance == stance))}"
            for stance in dict.fromkeys(p.stance for p in event.positions)
        ]
        source, target = names_of(record, event.source) or "somebody", names_of(record, event.target)
        act = Text(f"{source} → {target}   {event.type}" if target else f"{source}   {event.type}", style="bold")
        grid.add_row(
            when_words(event.when),
            Group(act, Text("; ".join(sides), style="italic"), Padding(evidence_of(record, event.evidence, [event.trigger]), (0, 0, 1, 2))),
        )
    return grid


def _figures(record: ArticleRecord) -> Padding | None:
    if not record.figures:
        return None
    told = Text()
    for at, figure in enumerate(record.figures):
        if at:
            told.append(" · ", style="dim")
        told.append(one_line(record.words(figure.span)))
        if figure.role != "other":
            told.append(f" ({figure.role})", style="dim")
    return Padding(told, (0, 0, 0, 0))
