"""Words and lines that every command prints alike: days, sides, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from depeche.record import ArticleRecord, Span, When

WIDTH_IN_A_PIPE = 110
# Characters of evidence shown around the words that matter.
EVIDENCE = 190
SURE = {"reported": "", "alleged": "alleged", "planned": "planned", "hypothetical": "only if", "negated": "did not happen"}
HELD = {"asserts": "according to", "alleges": "alleged by", "denies": "denied by", "confirms": "confirmed by"}
COLOUR = {"verbal cooperation": "green", "material cooperation": "green", "verbal conflict": "yellow", "material conflict": "red"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def single_blanks(lines: Iterable[str]) -> Iterator[str]:
    """The lines with no two blank ones in a row, and none at the end."""
    waiting = False
    for line in lines:
        if line:
            if waiting:
                yield ""
            yield line
        waiting = not line
    return


def name_of(record: ArticleRecord, actor_id: str) -> str:
    actor = record.actor(actor_id)
    return actor.name if actor is not None else "?"


def names_of(record: ArticleRecord, ids: tuple[str, ...]) -> str:
    names = list(dict.fromkeys(name_of(record, i) for i in ids))
    return ", ".join(names)


def evidence_of(record: ArticleRecord, span: Span, marked: list[Span]) -> Text:
    """The sentence with the words that matter underlined, cut at blanks around them where it is long."""
    text = record.article.text
    marks = sorted({m for m in marked if span.start <= m.start and m.end <= span.end})
    start, end = span.start, span.end
    if end - start > EVIDENCE and marks:
        room = max(20, (EVIDENCE - (marks[-1].end - marks[0].start)) // 2)
        start = _blank_after(text, max(span.start, marks[0].start - room), span.start)
        end = _blank_before(text, min(span.end, marks[-1].end + room), span.end)
    return underlined(text, Span(start, end), marks, span)


def underlined(text: str, shown: Span, marks: list[Span], whole: Span) -> Text:
    """What is shown of a text, with marks in their order underlined, and an ellipsis where `whole` goes on before it or behind."""
    line = Text("… " if shown.start > whole.start else "", style="dim")
    at = shown.start
    for mark in marks:
        if mark.start >= at:
            line.append(one_line(text[at : mark.start], keep_edges=True))
            line.append(one_line(text[mark.start : mark.end]), style="not dim underline")
            at = mark.end
    line.append(one_line(text[at : shown.end], keep_edges=True))
    if shown.end < whole.end:
        line.append(" …")
    return line


def _blank_after(text: str, at: int, first: int) -> int:
    if at <= first:
        return first
    blank = text.find(" ", at)
    return blank + 1 if blank >= 0 else at


def _blank_before(text: str, at: int, last: int) -> int:
    if at >= last:
        return last
    blank = text.rfind(" ", 0, at)
    return blank if blank >= 0 else at


def one_line(words: str, keep_edges: bool = False) -> str:
    flat = " ".join(words.split())
    if keep_edges:
        flat = (" " if words[:1].isspace() else "") + flat + (" " if len(words) > 1 and words[-1:].isspace() else "")
    return flat


def shorten(words: str, size: int) -> str:
    """The words cut at a blank, with an ellipsis, where they are longer than `size` characters."""
    return words if len(words) <= size else words[: words.rfind(" ", 0, size)] + " …"


def when_words(when: When | None) -> Text:
    if when is None:
        return Text("")
    if when.start == when.end:
        return Text(day_words(when.start))
    year, month, day = when.start.split("-")
    if when.start[:7] == when.end[:7]:
        if day == "01" and int(when.end[8:]) >= 28:
            return Text(f"{_MONTHS[int(month) - 1]} {year}")
        return Text(f"{int(day)}–{int(when.end[8:])} {_MONTHS[int(month) - 1]} {year}")
    if when.start.endswith("-01-01") and when.end.endswith("-12-31"):
        return Text(year if year == when.end[:4] else f"{year}–{when.end[:4]}")
    return Text(f"{when.start[:7]}–{when.end[:7]}")


def day_words(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
