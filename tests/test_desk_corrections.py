"""A person confirms, rejects and corrects in the margin; every view shows it, and it can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from depeche.desk.app import desk_app
from depeche.desk.room import Room
from desk_browser import Watched
from desk_record import ARTICLES

ARTICLE = ARTICLES[0].id[7:19]


def aid(client: TestClient) -> str:
    record = client.get(f"/api/articles/{ARTICLE}").json()["record"]
    return str(next(e["id"] for e in record["events"] if e["type"] == "AID"))


@pytest.fixture
def client(own_desk: tuple[str, Path]) -> TestClient:
    return TestClient(desk_app(Room(own_desk[1])), base_url="http://127.0.0.1")


def test_a_correction_is_kept_with_who_and_when_and_is_undone(client: TestClient) -> None:
    entry = aid(client)
    made = client.post("/api/corrections", json={"entry": entry, "verdict": "correct", "field": "type", "value": "COOPERATE", "who": "Ada"})
    assert made.status_code == 201
    assert made.json()["who"] == "Ada"
    shown = client.get(f"/api/articles/{ARTICLE}/entries/{entry}").json()
    assert shown["type"] == "COOPERATE"
    assert [c["number"] for c in shown["corrections"]] == [made.json()["number"]]
    assert client.get("/api/timeline?type=COOPERATE").json()["days"]
    assert client.delete(f"/api/corrections/{made.json()['number']}").json()["undone"]
    assert client.get(f"/api/articles/{ARTICLE}/entries/{entry}").json()["type"] == "AID"
    assert not client.get("/api/timeline?type=COOPERATE").json()["days"]


def test_what_is_rejected_is_out_of_every_view(client: TestClient) -> None:
    entry = aid(client)
    assert client.post("/api/corrections", json={"entry": entry, "verdict": "reject", "who": "Ada"}).status_code == 201
    assert client.get(f"/api/articles/{ARTICLE}/entries/{entry}").status_code == 404
    told = [t["id"] for day in client.get("/api/timeline").json()["days"] for a in day["affairs"] for t in a["told"]]
    assert entry not in told
    page = client.get(f"/articles/{ARTICLE}?entry={entry}", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "rejected" in page.text


@pytest.mark.parametrize(
    ("document", "status", "words"),
    [
        ({"verdict": "confirm", "who": " "}, 422, "the name of who makes it"),
        ({"verdict": "praise", "who": "Ada"}, 422, "verdict is one of"),
        ({"verdict": "correct", "who": "Ada"}, 422, "which field"),
        ({"verdict": "correct", "field": "weather", "value": "x", "who": "Ada"}, 422, "may be corrected"),
        ({"verdict": "correct", "field": "type", "value": "WAR", "who": "Ada"}, 422, "no type of event"),
        ({"verdict": "correct", "field": "source", "value": 7, "who": "Ada"}, 422, "no list of actors"),
        ({"verdict": "correct", "field": "when", "value": {"start": "2024-02-30", "end": "2024-03-01"}, "who": "Ada"}, 422, "no day"),
        ({"verdict": "confirm", "who": "Ada", "entry": f"{ARTICLE}-e99999"}, 404, "there is no entry"),
        ({"verdict": "confirm", "who": "Ada", "entry": "ffffffffffff-e1"}, 404, "there is no article"),
    ],
)
def test_what_cannot_be_corrected_is_said(client: TestClient, document: dict[str, object], status: int, words: str) -> None:
    answer = client.post("/api/corrections", json={"entry": aid(client)} | document)
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_there_is_nothing_to_undo(client: TestClient) -> None:
    assert client.delete("/api/corrections/7").status_code == 404
    assert client.delete("/api/corrections/x").status_code == 422


def test_confirming_correcting_and_undoing_in_the_margin(browser: Browser, own_desk: tuple[str, Path]) -> None:
    address, path = own_desk
    entry = aid(TestClient(desk_app(Room(path)), base_url="http://127.0.0.1"))
    watched = Watched(browser, locale="en-GB")
    shown = watched.open(f"{address}/articles/{ARTICLE}?entry={entry}")
    shown.fill("#entry .corrections form >> nth=0 >> input[name=who]", "Ada Lovelace")
    shown.click("text=Confirm >> nth=0")
    expect(shown.locator("#entry .made")).to_contain_text("confirmed")
    expect(shown.locator("#entry .made")).to_contain_text("Ada Lovelace")
    shown.click("text=Correct : who")
    target = shown.locator("#entry form.correct:has(input[value=source])")
    expect(target.locator("input[name=who]")).to_have_value("Ada Lovelace")
    target.locator("select").select_option([])
    target.locator("input[name=value]").fill("Iran")
    target.locator("button").click()
    expect(shown.locator("#entry dl.entry")).to_contain_text("Iran")
    shown.locator("#entry .made li", has_text="Iran").locator("button").click()
    expect(shown.locator("#entry dl.entry")).to_contain_text("Corée du Nord")
    shown.click("text=Reject >> nth=0")
    expect(shown.locator("#margin .made")).to_contain_text("rejected")
    expect(shown.locator("#entry")).to_have_count(0)
    shown.locator("#margin .made li", has_text="rejected").locator("button").click()
    expect(shown.locator("#entry h2")).to_contain_text("Aid")
    watched.close()
    assert watched.complaints == []
