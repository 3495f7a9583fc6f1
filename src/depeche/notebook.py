"""A record as HTML for a notebook: the text with mentions, quotes and triggers marked, each with its entry as a tooltip."""

from __future__ import annotations

from html import escape

from depeche.record import ArticleRecord, Span

_STYLE = (
    "<style>.depeche{max-width:46em;line-height:1.6;font-family:Georgia,serif;white-space:pre-wrap}"
    ".depeche .who{border-bottom:1px dotted #555}.depeche .said{background:#f3efe2}"
    ".depeche .did{border-bottom:2px solid #a33;font-weight:600}.depeche .where{border-bottom:1px dotted #2a7}</style>"
)


def record_html(record: ArticleRecord) -> str:
    """The article's text, escaped, with its entries marked; overlapping entries are cut into pieces that nest."""
    text = record.article.text
    marks: list[tuple[Span, str, str]] = []
    names = {a.id: a.name for a in record.actors}
    for actor in record.actors:
        marks += [(span, "who", f"{actor.name} ({actor.country or actor.kind})") for span in actor.mentions]
    for place in record.places:
        marks += [(span, "where", f"{place.name} ({place.country or 'place'})") for span in place.mentions]
    for quote in record.quotes:
        marks += [(span, "said", f"said by {names.get(quote.speaker or '', 'somebody unnamed')}") for span in quote.content]
    for event in record.events:
        sides = f"{', '.join(names[i] for i in event.source) or '?'} → {', '.join(names[i] for i in event.target) or '–'}"
        marks.append((event.trigger, "did", f"{event.type} {sides}, {event.status}"))
    return f'{_STYLE}<div class="depeche">{_marked(text, marks)}</div>'


def _marked(text: str, marks: list[tuple[Span, str, str]]) -> str:
    cuts = sorted({0, len(text), *(s.start for s, _, _ in marks), *(s.end for s, _, _ in marks)})
    opening: dict[int, list[tuple[str, str]]] = {}
    closing: dict[int, list[tuple[str, str]]] = {}
    for span, kind, title in marks:
        opening.setdefault(span.start, []).append((kind, title))
        closing.setdefault(span.end, []).append((kind, title))
    active: list[tuple[str, str]] = []
    pieces = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        for mark in closing.get(start, ()):
            active.remove(mark)
        active += opening.get(start, ())
        words = escape(text[start:end])
        if active:
            kinds = " ".join(dict.fromkeys(kind for kind, _ in active))
            titles = escape("; ".join(dict.fromkeys(title for _, title in active)), quote=True)
            words = f'<span class="{kinds}" title="{titles}">{words}</span>'
        pieces.append(words)
    return "".join(pieces)
