"""The desk in a real browser: choosing entries, the keyboard, reading what is pasted, and texts that mean harm."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from depeche import Reader
from depeche.affairs.merging import merge
from depeche.record import Article
from depeche.store.store import open_store
from desk_browser import Watched
from desk_record import ARTICLES, PASTED

VIEWS = ("timeline", "relations", "map", "said", "disputed", "pacts", "articles", "dyad?one=Corée du Nord&other=Russie")
AID = ARTICLES[0].id[7:19]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn(page: Watched, desk: str, view: str) -> None:
    shown = page.open(f"{desk}/{view}")
    expect(shown.locator("h1")).to_be_visible()
    expect(shown.locator("[data-entry]").first).to_be_visible()


def test_every_view_is_reached_from_the_front_page(page: Watched, desk: str) -> None:
    shown = page.open(desk)
    for name, title in {"relations": "Relations", "map": "Carte", "said": "Déclarations", "disputed": "Contestés", "pacts": "Pactes"}.items():
        shown.click(f'nav a[href="/{name}"]')
        expect(shown.locator("h1")).to_have_text(title)
        expect(shown.locator("nav a[aria-current=page]")).to_have_count(1)


def test_the_network_and_the_map_are_drawn(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/relations")
    expect(shown.locator("#network[data-drawn]")).to_be_visible()
    expect(shown.locator("#network canvas").first).to_be_attached()
    shown = page.open(f"{desk}/map")
    expect(shown.locator("#map circle").first).to_be_visible()
    expect(shown.locator("#map .land")).to_be_visible()
    shown.click("[data-zoom=in]")
    expect(shown.locator("#map > g")).to_have_attribute("transform", "translate(-336,-154) scale(1.7)")


def test_a_pair_opens_as_a_curve_with_its_affairs(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/relations")
    shown.click(".pairs a >> text=Russie")
    expect(shown.locator(".curve circle").first).to_be_visible()
    expect(shown.locator(".affair").first).to_be_visible()
    shown.click(".curve a >> nth=-1")
    expect(shown).to_have_url(re.compile("since=2024-06-01"))


def test_choosing_words_shows_their_entry_and_an_address_that_can_be_shared(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/articles/{AID}")
    shown.click(".text .did >> text=livré")
    expect(shown.locator("#entry h2")).to_contain_text("Aide")
    expect(shown.locator("#entry")).to_contain_text("Corée du Nord")
    expect(shown.locator("#entry")).to_contain_text("La Gazette")
    expect(shown.locator(".text .chosen").first).to_be_visible()
    address = shown.url
    assert "?entry=" in address
    again = page.open(address)
    expect(again.locator("#entry h2")).to_contain_text("Aide")
    expect(again.locator(".text .chosen").first).to_be_visible()
    again.go_back()


def test_choosing_an_entry_scrolls_to_its_words(browser: Browser, own_desk: tuple[str, Path], reader: Reader) -> None:
    address, path = own_desk
    long = Article("\n\n".join(["Rien à signaler ce jour-là."] * 120) + "\n\nParis a expulsé trois diplomates russes mardi.", "Long", "2024-06-25", "fr", "Z")
    store = open_store(path, writable=True)
    store.write([reader.read(long)])
    merge(store)
    watched = Watched(browser)
    shown = watched.open(f"{address}/articles/{long.id[7:19]}")
    words = shown.locator(".text > p .did").first
    expect(words).not_to_be_in_viewport()
    shown.click(".contents a >> nth=0")
    expect(words).to_be_in_viewport()
    watched.close()
    assert watched.complaints == []


def test_the_keyboard_walks_the_entries(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/timeline")
    shown.keyboard.press("j")
    first = shown.evaluate("document.activeElement.href")
    shown.keyboard.press("j")
    assert shown.evaluate("document.activeElement.href") != first
    shown.keyboard.press("k")
    assert shown.evaluate("document.activeElement.href") == first
    shown.keyboard.press("Enter")
    expect(shown.locator(".affair-head")).to_be_visible()
    shown.keyboard.press("u")
    expect(shown.locator("h1")).to_have_text("Chronologie")


def test_the_keyboard_walks_an_article(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/articles/{AID}")
    shown.keyboard.press("j")
    expect(shown.locator("#entry")).to_be_visible()
    chosen = shown.locator("#margin").get_attribute("data-chosen")
    shown.keyboard.press("j")
    expect(shown.locator("#margin")).not_to_have_attribute("data-chosen", chosen or "")
    shown.keyboard.press("u")
    expect(shown.locator("#entry")).to_have_count(0)


def test_slash_searches_and_the_skip_link_comes_first(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/timeline")
    shown.keyboard.press("Tab")
    expect(shown.locator(".skip")).to_be_focused()
    shown.keyboard.press("Enter")
    expect(shown.locator("main")).to_be_focused()
    shown.keyboard.press("/")
    expect(shown.locator("#search")).to_be_focused()
    shown.keyboard.type("munitions")
    shown.keyboard.press("Enter")
    expect(shown.locator(".affair").first).to_contain_text("munitions")


def test_filters_change_the_list_and_the_address(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/timeline")
    shown.select_option("select[name=type]", "ASSAULT")
    expect(shown.locator(".affair")).to_have_count(1)
    assert "type=ASSAULT" in shown.url
    shown.fill(".filters input[name=actor]", "Gondor")
    shown.keyboard.press("Tab")
    expect(shown.locator("#results [role=alert]")).to_contain_text("nobody called 'Gondor' is on record")


def test_light_and_dark(browser: Browser, desk: str) -> None:
    watched = Watched(browser, color_scheme="dark")
    shown = watched.open(f"{desk}/timeline")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert shown.evaluate(paper) == "rgb(23, 23, 26)"
    shown.click("#theme")
    assert shown.evaluate(paper) == "rgb(251, 249, 244)"
    shown.reload()
    assert shown.evaluate(paper) == "rgb(251, 249, 244)"
    watched.close()


def test_the_other_language_is_one_click_away(page: Watched, desk: str) -> None:
    shown = page.open(f"{desk}/timeline?actor=Russie")
    shown.click("text=English")
    expect(shown.locator("h1")).to_have_text("Timeline")
    assert "actor=Russie" in shown.url
    shown.click("nav a[href='/said']")
    expect(shown.locator("h1")).to_have_text("Said")


@pytest.mark.parametrize("view", [*VIEWS, f"articles/{AID}"])
def test_nothing_runs_out_of_a_phone(browser: Browser, desk: str, view: str) -> None:
    watched = Watched(browser, viewport={"width": 360, "height": 740})
    shown = watched.open(f"{desk}/{view}")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    watched.close()
    assert watched.complaints == []


def test_pages_work_without_script(browser: Browser, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    shown = context.new_page()
    shown.goto(f"{desk}/articles/{AID}")
    shown.click(".text .did >> text=livré")
    expect(shown.locator("#entry h2")).to_contain_text("Aide")
    shown.goto(f"{desk}/timeline")
    shown.fill(".filters input[name=place]", "Gaza")
    shown.click(".filters button")
    expect(shown.locator(".affair")).to_have_count(1)
    context.close()


# ── Reading ──
def test_a_pasted_article_is_read_at_once_and_kept_only_when_asked(browser: Browser, own_desk: tuple[str, Path]) -> None:
    address, path = own_desk
    watched = Watched(browser)
    shown = watched.open(f"{address}/articles")
    shown.fill("textarea[name=text]", PASTED)
    shown.fill(".paste input[name=published]", "2024-06-26")
    shown.fill(".paste input[name=title]", "Trois diplomates")
    shown.click(".paste button")
    expect(shown.locator(".text h1")).to_have_text("Trois diplomates")
    shown.click(".text .did >> text=expulsé")
    expect(shown.locator("#entry")).to_contain_text("25 juin 2024")
    store = open_store(path)
    before = len(list(store.records()))
    shown.click("text=Verser au dossier")
    expect(shown.locator(".draft")).to_have_count(0)
    assert len(list(store.records())) == before + 1
    shown.goto(f"{address}/timeline?actor=France")
    expect(shown.locator(".affair").first).to_contain_text("expulsé trois diplomates")
    watched.close()
    assert watched.complaints == []


def test_a_dropped_file_is_read(browser: Browser, own_desk: tuple[str, Path]) -> None:
    watched = Watched(browser)
    shown = watched.open(f"{own_desk[0]}/articles")
    dropped = shown.evaluate_handle("text => { const d = new DataTransfer(); d.items.add(new File([text], 'a.txt', {type: 'text/plain'})); return d; }", PASTED)
    shown.dispatch_event("form.paste", "drop", {"dataTransfer": dropped})
    expect(shown.locator(".draft")).to_be_visible()
    expect(shown.locator(".text")).to_contain_text("Paris a expulsé trois diplomates")
    watched.close()
    assert watched.complaints == []


def test_an_article_full_of_script_and_broken_markup_is_shown_as_text(browser: Browser, own_desk: tuple[str, Path]) -> None:
    hostile = (
        "<script>alert('texte')</script><img src=x onerror=alert(1)></textarea></title><svg/onload=alert(2)>\n\n"
        '<b>Paris</b> a expulsé trois diplomates <i>russes</i> mardi. « <a href="javascript:alert(3)">C\'est grave</a> », a déclaré Sergueï Lavrov.\n\n'
        "<div><p><table><tr>&#0;&lt;<!-- {{ 7*7 }} {% raw %} ${7*7} <base href='http://evil.test/'> <meta http-equiv=refresh content='0;url=http://evil.test/'>"
    )
    address, _ = own_desk
    watched = Watched(browser)
    shown = watched.open(f"{address}/articles")
    shown.fill("textarea[name=text]", hostile)
    shown.fill(".paste input[name=title]", "<script>alert('titre')</script>")
    shown.fill(".paste input[name=publisher]", '"><script>alert(4)</script>')
    shown.fill(".paste input[name=url]", "javascript:alert(5)")
    shown.click(".paste button")
    expect(shown.locator(".text h1")).to_have_text("<script>alert('titre')</script>")
    expect(shown.locator(".text")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(shown.locator(".text")).to_contain_text("{{ 7*7 }}")
    shown.click("text=Verser au dossier")
    for link in range(shown.locator(".contents a").count()):
        shown.locator(".contents a").nth(link).click()
        expect(shown.locator("#entry")).to_be_visible()
    for view in ("timeline", "said", "articles", "relations", "map", "disputed", "pacts"):
        watched.open(f"{address}/{view}")
    assert shown.evaluate("document.querySelectorAll('a[href^=\"javascript\"]').length") == 0
    watched.close()
    assert watched.complaints == []
    assert watched.elsewhere == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("   ", "the text is empty"), ("The quick brown fox jumps over the lazy dog, said the minister on Monday in London.", "without a pack")],
)
def test_what_cannot_be_read_is_said(page: Watched, desk: str, text: str, sentence: str) -> None:
    shown = page.open(f"{desk}/articles")
    shown.fill("textarea[name=text]", text)
    shown.click(".paste button")
    expect(shown.locator(".head")).to_contain_text(sentence)


def test_a_record_is_read_while_it_is_written_to(browser: Browser, own_desk: tuple[str, Path], reader: Reader) -> None:
    address, path = own_desk
    records = [reader.read(Article(f"{PASTED} Dossier {n}.", f"Dossier {n}", "2024-06-26", "fr", f"Journal {n}")) for n in range(30)]
    problems: list[Exception] = []

    def write() -> None:
        try:
            store = open_store(path, writable=True)
            for record in records:
                store.write([record])
                merge(store)
        except Exception as problem:
            problems.append(problem)

    writer = threading.Thread(target=write)
    watched = Watched(browser)
    statuses: list[int] = []
    watched.page.on("response", lambda response: statuses.append(response.status))
    writer.start()
    while writer.is_alive():
        for view in ("timeline", "said", "relations", "map"):
            watched.open(f"{address}/{view}")
    writer.join()
    shown = watched.open(f"{address}/timeline?actor=France")
    expect(shown.locator(".affair").first).to_contain_text("30 articles")
    watched.close()
    assert problems == []
    assert set(statuses) <= {200, 304}
    assert watched.complaints == []
