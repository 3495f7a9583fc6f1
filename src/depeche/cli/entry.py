"""`depeche show`: one entry with its evidence in context, its whole chain of attribution, and the rule that found it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from depeche.cli.lines import who
from depeche.cli.table import act_of, explained, heading, pact_line, record_table, said_by, term_lines
from depeche.cli.words import HELD, day_words, name_of, names_of, one_line, underlined
from depeche.record import Agreement, ArticleRecord, Event, Figure, Quote, Span
from depeche.store.problems import RecordProblem

if TYPE_CHECKING:
    from depeche.asking import Record

# Characters of the article shown around the words of an entry.
CONTEXT = 260


def entry_shown(record: Record, id_: str) -> RenderableType:
    """An entry, an affair or a whole article, by its id. Raises `RecordProblem` where there is none."""
    _, _, entry = id_.removeprefix("sha256:").partition("-")
    if entry.startswith("x"):
        return _affair(record, record.affair(id_))
    article = record.article(id_)
    if not entry:
        return record_table(article)
    for event in article.events:
        if event.id == id_:
            return Group(*_event(record, article, event))
    for quote in article.quotes:
        if quote.id == id_:
            return Group(*_quote(article, quote))
    for agreement in article.agreements:
        if agreement.id == id_:
            return Group(*_agreement(article, agreement))
    for figure in article.figures:
        if figure.id == id_:
            return Group(heading(article), Text(), _figure(article, figure), _in_context(article, [figure.span]))
    for actor in article.actors:
        if actor.id == id_:
            line = Text.assemble((actor.name, "bold"), f"   {actor.kind}", *(f" · {t}" for t in (actor.role, actor.country, actor.sector, actor.entity) if t))
            return Group(heading(article), Text(), line, *(_in_context(article, [span]) for span in actor.mentions))
    raise RecordProblem(f"there is no entry {id_!r} on record")


def _event(record: Record, article: ArticleRecord, event: Event) -> Iterable[RenderableType]:
    yield heading(article)
    yield Text()
    yield act_of(article, event)
    yield _in_context(article, [event.trigger, *event.retold, *(s.span for s in event.sides)], event.evidence)
    if event.when:
        told = f" by “{article.words(event.when.span)}”" if event.when.span else ""
        yield _fact("when", f"{day_words(event.when.start)} – {day_words(event.when.end)}{told}")
    elif event.bounds:
        yield _fact("when", f"not told; by {event.bounds.end or '?'} ({event.bounds.basis})")
    yield _fact("status", event.status + (", recalled by the article" if event.background else ""))
    for position in event.positions:
        cue = f" by “{one_line(article.words(position.cue))}”" if position.cue else ""
        yield _fact("position", f"{HELD[position.stance]} {name_of(article, position.actor)}{cue}")
    yield from (_fact("through", line) for line in _chain(article, event.trigger))
    for span in event.retold:
        yield _fact("retold", f"“{one_line(article.words(span))}”")
    for figure in article.figures:
        if figure.id in event.figures:
            yield _fact("figure", _figure(article, figure).plain)
    yield from explained(article, event)
    affair = record.affair_of(event.id)
    if affair is not None and len(affair["members"]) > 1:
        yield Text()
        yield Text(f"One of {len(affair['members'])} reports of {affair['id']}, by {_outlets(affair)}:", style="bold")
        yield from _members(record, affair, besides=event.id)


def _chain(article: ArticleRecord, trigger: Span) -> Iterable[str]:
    """Whose words tell the event, and through whom they reached the article."""
    for quote in article.quotes:
        if any(s.start <= trigger.start and trigger.end <= s.end for s in quote.content):
            speaker = names_of(article, tuple(i for i in (quote.speaker, *quote.co_speakers) if i)) or "somebody whom the text does not name"
            relays = f", {', '.join(f'through {name_of(article, i)}' for i in quote.relayed_by)}" if quote.relayed_by else ""
            yield f"the words of {speaker} ({quote.form}{relays})"
    if article.article.agency:
        yield f"a dispatch credited to {article.article.agency}"


def _quote(article: ArticleRecord, quote: Quote) -> Iterable[RenderableType]:
    yield heading(article)
    yield Text()
    yield said_by(article, quote)
    yield _in_context(article, [*quote.content, *((quote.cue,) if quote.cue else ())])
    yield _fact("form", quote.form + (", a translation" if quote.translated else ""))
    if quote.speaker_mention:
        yield _fact("speaker", f"{name_of(article, quote.speaker or '')}, by “{one_line(article.words(quote.speaker_mention))}”")
    for n, relay in enumerate(quote.relayed_by, 1):
        yield _fact("through" if n == 1 else "and", name_of(article, relay))
    yield _fact("rule", quote.rule)


def _agreement(article: ArticleRecord, agreement: Agreement) -> Iterable[RenderableType]:
    yield heading(article)
    yield Text()
    yield pact_line(article, agreement)
    yield from (_in_context(article, [span]) for span in agreement.evidence)
    for status, when in agreement.dates.items():
        yield _fact(status.replace("_", " "), f"{day_words(when.start)} – {day_words(when.end)}" if when.start != when.end else day_words(when.start))
    yield from (Padding(term, (0, 0, 0, 2)) for term in term_lines(article, agreement))


def _figure(article: ArticleRecord, figure: Figure) -> Text:
    value = f"{figure.value:g}" + (f" to {figure.upper:g}" if figure.upper is not None else "")
    bound = {"at_least": "at least ", "at_most": "at most "}.get(figure.bound or "", "about " if figure.approximate else "")
    said = f", said by {names_of(article, figure.said_by)}" if figure.said_by else ""
    return Text(f"{bound}{value} {figure.unit or ''} ({figure.role}){said}")


def _affair(record: Record, affair: dict[str, Any]) -> RenderableType:
    status = "" if affair["status"] == "reported" else f" · {affair['status']}"
    parts: list[RenderableType] = [Text.assemble((who(affair), "bold"), f"   {affair['type']} {affair['mode'] or ''}".rstrip(), status)]
    if affair["when"]:
        parts.append(_fact("when", " – ".join(day_words(d) for d in dict.fromkeys(affair["when"].values()))))
    if affair["place"]:
        parts.append(_fact("place", affair["place"]["name"]))
    for stance, name in dict.fromkeys((p["stance"], p["actor"]["name"]) for p in affair["positions"]):
        parts.append(_fact("position", f"{HELD[stance]} {name}"))
    for difference in affair["differs"]:
        values = dict.fromkeys(str(v["value"]) for v in difference["values"])
        parts.append(_fact("differs", f"{difference['what']}: {' or '.join(values)}"))
    parts += [Text(), Text(f"Told {len(affair['members'])} times by {_outlets(affair)}:", style="bold"), *_members(record, affair)]
    return Group(*parts)


def _outlets(affair: dict[str, Any]) -> str:
    n = affair["independent_outlets"]
    return f"{n} independent outlet{'s' if n != 1 else ''}"


def _members(record: Record, affair: dict[str, Any], besides: str | None = None) -> Iterable[RenderableType]:
    for row in record.view.events_called([m["event"] for m in affair["members"] if m["event"] != besides]):
        told = " · ".join(t for t in (row["publisher"], row["published"], row["id"]) if t)
        yield Padding(Text.assemble(one_line(row["evidence"]), ("\n" + told, "dim")), (0, 0, 0, 2))


def _fact(name: str, value: str) -> Text:
    return Text.assemble((f"{name:<10}", "dim"), value)


def _in_context(article: ArticleRecord, marked: list[Span], whole: Span | None = None) -> RenderableType:
    """The words with what stands around them in the article, those that matter underlined."""
    text = article.article.text
    marks = sorted(set(marked))
    first, last = (whole or marks[0]).start, max((whole or marks[-1]).end, marks[-1].end)
    start, end = max(0, min(first, marks[0].start) - CONTEXT // 2), min(len(text), last + CONTEXT // 2)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Padding(underlined(text, Span(start, end), marks, Span(0, len(text))), (0, 0, 1, 2))
