"""The API does what its description says, whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from depeche.desk.app import desk_app
from depeche.desk.openapi import description
from depeche.desk.room import Room
from desk_record import PASTED

HOME = "http://127.0.0.1"


@pytest.fixture
def room(desk_path: Path) -> Room:
    return Room(desk_path)


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    with TestClient(desk_app(room), base_url=HOME) as client:
        yield client


OPERATIONS = [(path, method) for path, methods in description()["paths"].items() for method in methods]


# Of an address that is any string nothing is invalid.
CASES = [(p, m, mode) for p, m in OPERATIONS for mode in GenerationMode if mode is GenerationMode.POSITIVE or "{id}" not in p]


@pytest.mark.parametrize(("path", "method", "mode"), CASES, ids=[f"{method} {path} {mode.value}" for path, method, mode in CASES])
def test_the_description_is_true(desk: str, path: str, method: str, mode: GenerationMode) -> None:
    operation = schemathesis.openapi.from_url(f"{desk}/api/openapi.json")[path][method.upper()]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case) -> None:
        # What no language pack reads is refused, though it is a text, and so is a name of blanks.
        case.call_and_validate(excluded_checks=[positive_data_acceptance] if path in ("/api/read", "/api/corrections") else [])

    check()


def test_the_description_names_every_address(client: TestClient) -> None:
    named = set(description()["paths"])
    answered = {route.path for route in client.app.app.routes if route.path.startswith("/api/")} - {"/api/openapi.json"}  # type: ignore[attr-defined]
    assert named == answered
    assert client.get("/api/openapi.json").json()["openapi"] == "3.1.0"


def test_an_article_is_read_and_kept_only_when_asked(own_desk: tuple[str, Path]) -> None:
    room = Room(own_desk[1])
    with TestClient(desk_app(room), base_url=HOME) as client:
        read = client.post("/api/read", json={"text": PASTED, "published": "2024-06-26", "publisher": "Le Quotidien"}).json()
        assert not read["kept"]
        assert [e["type"] for e in read["record"]["events"]] == ["SANCTION"]
        id_ = read["record"]["article"]["id"]
        assert client.get(f"/api/articles/{id_}").json() == read
        assert id_ not in {r.article.id for r in room.record.records()}
        assert client.post("/api/keep", json={"id": id_}).json()["kept"]
        assert client.get(f"/api/articles/{id_[7:19]}").json()["kept"]
        assert client.get("/api/timeline?words=expulsé").json()["days"]
        assert client.post("/api/keep", json={"id": id_}).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{", 400, "not valid JSON"),
        (b"[" * 100_000, 400, "not valid JSON"),
        (b"[]", 422, "not a JSON object"),
        (b"{}", 422, "text is missing"),
        (b'{"text": 7}', 422, "text is no text"),
        (b'{"text": ""}', 422, "the text is empty"),
        (b'{"text": "Paris \\u0000"}', 422, "NUL"),
        (b'{"text": "Paris \\ud800"}', 422, "surrogates"),
        (b'{"text": "Paris", "title": "\\ud800"}', 422, "surrogates"),
        (b'{"text": "Paris", "published": "hier"}', 422, "published is a day"),
        (b'{"text": "Paris", "akteur": "x"}', 422, "there is no field 'akteur'"),
        (b'{"text": "Paris", "language": "xx"}', 422, "without a pack"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(client: TestClient, body: bytes, status: int, words: str) -> None:
    answer = client.post("/api/read", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_only_json_is_taken(client: TestClient) -> None:
    assert client.post("/api/read", data={"text": PASTED}).status_code == 415
    assert client.post("/api/read", content=b'{"text": "Paris"}', headers={"Content-Type": "text/plain"}).status_code == 415


def test_a_text_that_is_too_long_to_wait_for_is_refused(client: TestClient) -> None:
    answer = client.post("/api/read", json={"text": "Paris. " * 50_000})
    assert answer.status_code == 422
    assert "`depeche read` takes longer ones" in answer.json()["error"]


def test_a_locked_record_is_said_to_be(client: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from depeche.store.problems import RecordProblem

    def locked() -> int:
        raise RecordProblem("record.sqlite is locked by another program")

    monkeypatch.setattr(room.record, "waiting", locked)
    answer = client.get("/api/timeline")
    assert answer.status_code == 503
    assert "is locked by another program" in answer.json()["error"]
