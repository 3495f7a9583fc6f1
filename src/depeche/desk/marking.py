"""An article's text cut into pieces, each with the entries that it belongs to. Nothing here is HTML: a template shows the pieces as text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from depeche.ontology.plover import score
from depeche.record import ArticleRecord, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that an entry was read from. `kind`: who | where | said | did | agreed; `tone`: cooperation | conflict, of an event."""

    span: Span
    entry: str
    kind: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that belong to the same entries. `entry`: the one that a click means, the narrowest; `first`: do its words begin here?"""

    words: str
    kinds: str = ""
    entries: str = ""
    entry: str | None = None
    first: bool = False


def marks_of(record: ArticleRecord) -> list[Mark]:
    """All that can be chosen in the text of an article."""
    marks = [Mark(span, a.id, "who") for a in record.actors for span in a.mentions]
    marks += [Mark(span, p.id, "where") for p in record.places for span in p.mentions]
    marks += [Mark(span, q.id, "said") for q in record.quotes for span in q.content]
    for event in record.events:
        tone = tone_of(event.type, event.mode)
        marks += [Mark(span, event.id, "did", tone) for span in (event.trigger, *event.retold)]
    marks += [Mark(span, pact.id, "agreed") for pact in record.agreements for span in pact.evidence]
    return [m for m in marks if m.span.start < m.span.end]


def tone_of(type_: str, mode: str | None) -> str:
    """The side of PLOVER's scale on which an event lies."""
    return "cooperation" if score(type_, mode) > 0 else "conflict"


def paragraphs(record: ArticleRecord) -> list[list[Piece]]:
    """The text by its lines, blank ones left out, each in pieces."""
    text = record.article.text
    waiting = deque(sorted(marks_of(record), key=lambda m: m.span))
    active: list[Mark] = []
    lines: list[list[Piece]] = []
    started: set[str] = set()
    for start, end in _lines(text):
        active = [m for m in active if m.span.end > start]
        while waiting and waiting[0].span.start < end:
            active.append(waiting.popleft())
        lines.append(list(_pieces(text, start, end, active, started)))
    return lines


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def _pieces(text: str, start: int, end: int, marks: list[Mark], started: set[str]) -> Iterator[Piece]:
    """One sweep over a line: at every cut the marks that end leave and those that begin come in."""
    coming = deque(sorted((m for m in marks if m.span.end > start), key=lambda m: m.span))
    cuts = sorted({start, end, *(min(max(c, start), end) for m in coming for c in (m.span.start, m.span.end))})
    here: list[Mark] = []
    for one, other in pairwise(cuts):
        here = [m for m in here if m.span.end > one]
        while coming and coming[0].span.start <= one:
            here.append(coming.popleft())
        if here:
            chosen = _meant(here)
            kinds = dict.fromkeys(k for m in here for k in (m.kind, m.tone) if k)
            entries = dict.fromkeys(m.entry for m in here)
            yield Piece(text[one:other], " ".join(kinds), " ".join(entries), chosen.entry, chosen.entry not in started)
            started.add(chosen.entry)
        else:
            yield Piece(text[one:other])


def _meant(here: list[Mark]) -> Mark:
    """The mark that a click on these words means: the event whose words they are, else the narrowest."""
    return min(here, key=lambda m: (m.kind != "did", m.span.end - m.span.start, m.entry))
