"""Every view answers, as a page in both languages and as JSON, and says in a sentence what it cannot answer."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from depeche.desk.app import desk_app
from depeche.desk.asked import Parameter, asked_of
from depeche.desk.marking import paragraphs
from depeche.desk.problems import Refused
from depeche.desk.room import Room
from depeche.desk.server import demo_record
from depeche.desk.tongues import CODES, Tongue, chosen, messages
from depeche.desk.views import VIEWS
from depeche.ontology.plover import CONTEXTS, EVENT_TYPES, STANCES, STATUSES
from depeche.record import ArticleRecord

DYAD = "?one=Corée du Nord&other=Corée du Sud"


@pytest.fixture(scope="module")
def client(desk_path: Path) -> Iterator[TestClient]:
    with TestClient(desk_app(Room(desk_path)), base_url="http://127.0.0.1") as client:
        yield client


def addresses() -> list[str]:
    return ["/", *(v.path + (DYAD if v.name == "dyad" else "") for v in VIEWS)]


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("address", addresses())
def test_every_view_is_a_page_in_both_languages(client: TestClient, address: str, language: str) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert messages()[language]["nav.timeline"] in answer.text


@pytest.mark.parametrize("address", addresses()[1:])
def test_every_view_has_its_json_twin(client: TestClient, address: str) -> None:
    page = client.get(address)
    twin = re.search(r'<a href="(/api/[^"]+)">', page.text)
    assert twin is not None
    answer = client.get(twin.group(1).replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"


def test_no_page_holds_script_or_style_of_its_own(client: TestClient) -> None:
    for address in addresses():
        page = client.get(address).text
        assert not re.search(r"<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=|javascript:", page), address


def test_the_timeline_gathers_affairs_by_day_with_outlets_and_disputes(client: TestClient) -> None:
    days = client.get("/api/timeline").json()["days"]
    aid = next(a for day in days for a in day["affairs"] if a["type"] == "AID")
    assert aid["disputed"]
    assert aid["independent_outlets"] == 2
    page = client.get("/timeline", headers={"Accept-Language": "fr"}).text
    assert "contesté" in page
    assert "2 sources indépendantes" in page


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        ("actor=Russie&counterpart=Corée du Nord", {"AID", "CONSULT", "SUPPORT"}),
        ("type=ASSAULT", {"ASSAULT"}),
        ("place=Pyongyang", {"CONSULT", "SUPPORT"}),
        ("words=munitions Moscou", {"ACCUSE", "AID", "REJECT"}),
        ("since=2031-01-01", set()),
    ],
)
def test_the_timeline_is_narrowed_down(client: TestClient, asked: str, types: set[str]) -> None:
    days = client.get(f"/api/timeline?{asked}").json()["days"]
    assert {a["type"] for day in days for a in day["affairs"]} <= types
    assert bool(days) == bool(types)


def test_lists_are_paged(client: TestClient) -> None:
    whole = [a["id"] for day in client.get("/api/timeline").json()["days"] for a in day["affairs"]]
    paged = []
    for offset in range(0, len(whole), 3):
        answer = client.get(f"/api/timeline?limit=3&offset={offset}").json()
        paged += [a["id"] for day in answer["days"] for a in day["affairs"]]
        assert answer["more"] == (offset + 3 < len(whole))
    assert paged == whole
    page = client.get("/timeline?limit=3&offset=3").text
    assert "/timeline?limit=3&amp;offset=6" in page
    assert 'rel="prev" href="/timeline?limit=3"' in page


def test_a_quote_tells_through_whom_it_came(client: TestClient) -> None:
    quotes = client.get("/api/said").json()["quotes"]
    assert ["Yonhap", "Le Quotidien"] in [q["chain"] for q in quotes]
    assert "Yonhap → Le Quotidien" in client.get("/said").text


def test_both_sides_of_a_dispute_stand_face_to_face(client: TestClient) -> None:
    aid = next(a for a in client.get("/api/disputed").json()["affairs"] if a["type"] == "AID")
    assert {p["actor"]["name"] for p in aid["sides"]["for"]} == {"Corée du Sud"}
    assert {p["actor"]["name"] for p in aid["sides"]["against"]} >= {"Corée du Nord"}


def test_two_actors_have_a_curve(client: TestClient) -> None:
    answer = client.get(f"/api/dyad{DYAD}").json()
    assert answer["names"] == ["Corée du Nord", "Corée du Sud"]
    assert all(p["period"] == "2024-06" for d in answer["directions"] for p in d["points"])
    assert "<circle" in client.get(f"/dyad{DYAD}").text


def test_the_map_knows_where(client: TestClient) -> None:
    places = {p["name"]: p for p in client.get("/api/map").json()["places"]}
    assert places["Pyongyang"]["affairs"] == 2
    assert 38 < places["Pyongyang"]["latitude"] < 40


def test_pacts_answer_who_must_help(client: TestClient) -> None:
    answer = client.get("/api/pacts?attacked=PRK&on=2025-01-15").json()
    assert any("Russie" in duty["who"] for duty in answer["attacked"]["bound"])
    page = client.get("/pacts?attacked=PRK&on=2025-01-15", headers={"Accept-Language": "en"}).text
    assert "Bound on that day" in page
    assert "In force on 15 January 2025" in page


def test_an_entry_tells_who_what_how_sure_and_who_says_the_contrary(client: TestClient) -> None:
    aid = next(a for day in client.get("/api/timeline?type=AID").json()["days"] for a in day["affairs"])
    first = aid["told"][0]
    entry = client.get(f"/api/articles/{first['article']}/entries/{first['id']}").json()
    assert [a["name"] for a in entry["source"]] == ["Corée du Nord"]
    assert entry["rule"]
    assert entry["affair"]["others"][0]["contrary"]
    page = client.get(f"/articles/{first['article']}?entry={first['id']}", headers={"Accept-Language": "en"}).text
    assert "Say the contrary" in page
    assert "La Gazette" in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("timeline?actor=Gondor", 404, "nobody called 'Gondor' is on record"),
        ("timeline?actor=%20", 422, "actor is empty"),
        ("timeline?since=hier", 422, "since is a day written as YYYY-MM-DD, not 'hier'"),
        ("timeline?limit=0", 422, "limit is a whole number from 1 to 200, not '0'"),
        ("timeline?type=WAR", 422, "type is one of AGREE"),
        ("timeline?akteur=x", 400, "there is nothing to ask by the name 'akteur' here"),
        ("dyad?one=Russie", 422, "other is missing: the other of the two"),
        ("dyad?one=Russie&other=RUS", 404, "are the same actor on record"),
        ("pacts?attacker=RUS", 422, "together with the state that is attacked"),
        ("affairs/0", 404, "there is no affair '0' on record"),
        ("articles/ffffffffffff", 404, "there is no article 'ffffffffffff' on record"),
        ("nothing", 404, "there is no such page"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(client: TestClient, address: str, status: int, words: str) -> None:
    answer = client.get(f"/api/{address}")
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_a_page_says_it_too(client: TestClient) -> None:
    answer = client.get("/timeline?actor=<b>Gondor</b>", headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert "Introuvable" in answer.text
    assert "nobody called &#39;&lt;b&gt;Gondor" in answer.text


def test_what_a_form_leaves_empty_is_not_asked(client: TestClient) -> None:
    assert client.get("/timeline?actor=&type=&since=&words=").status_code == 200


def test_the_language_that_was_chosen_is_kept(client: TestClient) -> None:
    client.get("/timeline?lang=en")
    assert '<html lang="en">' in client.get("/timeline", headers={"Accept-Language": "fr"}).text
    client.cookies.clear()


@pytest.mark.parametrize(
    ("asked", "cookie", "accepted", "code"), [("en", "fr", "fr", "en"), (None, "en", "fr", "en"), (None, None, "de, en;q=0.5", "en"), ("xx", None, "", "fr")]
)
def test_the_language_of_a_page(asked: str | None, cookie: str | None, accepted: str, code: str) -> None:
    assert chosen(asked, cookie, accepted).code == code


def test_every_code_of_the_record_has_a_word_in_both_languages() -> None:
    wanted = [f"type.{t}" for t in EVENT_TYPES] + [f"mode.{m}" for t in EVENT_TYPES.values() for m in t.modes]
    wanted += [f"status.{s}" for s in STATUSES] + [f"stance.{s}" for s in STANCES] + [f"context.{c}" for c in CONTEXTS]
    for code in CODES:
        assert [key for key in wanted if not messages()[code].get(key)] == []


def test_every_message_that_a_template_asks_for_is_there() -> None:
    asked = set()
    for template in (files("depeche") / "desk" / "templates").iterdir():
        asked |= set(re.findall(r'\bt\("([a-z._]+)"[,)]', template.read_text(encoding="utf-8")))
    assert sorted(asked - messages()["fr"].keys()) == []


def test_all_script_together_is_small_and_has_its_licences() -> None:
    static = files("depeche") / "desk" / "static"
    loaded = [f for folder in (static, static / "vendor") for f in folder.iterdir() if f.name.endswith((".js", ".json"))]
    assert sum(len(gzip.compress(f.read_bytes())) for f in loaded) < 500_000
    licences = (static / "LICENSES.txt").read_text(encoding="utf-8")
    assert all(name in licences for name in ("htmx.org", "cytoscape", "d3-geo", "d3-zoom", "topojson-client", "world-atlas", "Natural Earth"))


def test_the_demo_is_a_record_of_the_shipped_examples(tmp_path: Path) -> None:
    room = Room(demo_record(tmp_path))
    with TestClient(desk_app(room), base_url="http://127.0.0.1") as client:
        assert len(client.get("/api/articles").json()["articles"]) == 4
        assert all(client.get(address).status_code == 200 for address in ("/timeline", "/said", "/map", "/relations"))


def test_days_and_numbers_as_people_write_them() -> None:
    french, english = Tongue("fr"), Tongue("en")
    assert french.interval("2018-03-12", "2018-03-18") == "12–18 mars 2018"
    assert french.day("2018-03-01") == "1er mars 2018"
    assert english.day("2018-03") == "March 2018"
    assert french.count("outlets", 0) == "0 source indépendante"
    assert english.count("outlets", 0) == "0 independent outlets"
    assert french.score(-5.5) == "−5,5"


def test_the_text_is_cut_into_pieces_and_loses_nothing(desk_records: list[ArticleRecord]) -> None:
    for record in desk_records:
        lines = ["".join(piece.words for piece in line) for line in paragraphs(record)]
        assert lines == [line.rstrip() for line in record.article.text.splitlines() if line.strip()]
        marked = {id_ for line in paragraphs(record) for piece in line for id_ in piece.entries.split()}
        assert {e.id for e in record.events} <= marked


def test_a_number_is_checked_as_strictly_as_the_description_says() -> None:
    number = Parameter("limit", "How many.", "number", low=1, high=9)
    for given in ("0", "10", "1.0", "١", " 1", "1e0"):
        with pytest.raises(Refused):
            asked_of([("limit", given)], [number], strict=True)
    assert asked_of([("limit", "9")], [number], strict=True) == {"limit": 9}
