"""Who may ask the desk, how much they may send, and what a browser is told about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from depeche.cli.main import main
from depeche.desk import guard
from depeche.desk.app import desk_app
from depeche.desk.guard import LARGEST_BODY, Guard, is_loopback, names_of
from depeche.desk.problems import DeskProblem
from depeche.desk.room import Room
from depeche.desk.server import address_of, serve, server_of

TOKEN = "a-token-that-is-long-enough"


@pytest.fixture(scope="module")
def room(desk_path: Path) -> Room:
    return Room(desk_path)


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    with TestClient(desk_app(room), base_url="http://127.0.0.1:8600", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("address", ["/timeline", "/api/timeline", "/static/desk.css", "/nothing", "/api/timeline?since=x"])
def test_every_answer_keeps_the_browser_to_this_address(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_what_goes_wrong_inside_carries_the_headers_too(client: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(room.record, "waiting", broken)
    answer = client.get("/api/timeline")
    assert answer.status_code == 500
    assert "something went wrong at the desk" in answer.json()["error"]
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test", "localhost.evil.test", "192.168.1.7", "", "[::1", "evil.test:8600"])
def test_another_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/timeline", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8600", "localhost", "localhost:9", "[::1]:8600", "LOCALHOST"])
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/timeline", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.test"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:3000"}, {"Sec-Fetch-Site": "cross-site"}])
@pytest.mark.parametrize("address", ["/read", "/keep", "/corrections", "/api/read", "/api/keep"])
def test_another_sites_page_cannot_send(client: TestClient, address: str, headers: dict[str, str]) -> None:
    assert client.post(address, headers=headers, data={"text": "Paris a dénoncé Moscou."}).status_code == 403


def test_its_own_pages_can(client: TestClient) -> None:
    headers = {"Origin": "http://127.0.0.1:8600", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/read", headers=headers, data={"text": ""}).status_code == 422


def test_a_request_may_hold_only_so_much(client: TestClient) -> None:
    assert client.post("/api/read", content=b"x" * (LARGEST_BODY + 1), headers={"Content-Type": "application/json"}).status_code == 413


def test_a_request_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await anyio.sleep(5)

    monkeypatch.setattr(guard, "TO_ANSWER", 0.05)
    answer = TestClient(Guard(slow, {"127.0.0.1"}), base_url="http://127.0.0.1").get("/api/x")
    assert answer.status_code == 503
    assert "was given up" in answer.json()["error"]


def test_a_request_that_never_arrives_whole_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "TO_ARRIVE", 0.05)
    sent: list[dict[str, object]] = []

    async def run() -> None:
        async def receive() -> dict[str, object]:
            await anyio.sleep(5)
            raise AssertionError

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            raise AssertionError

        scope = {"type": "http", "method": "POST", "path": "/read", "query_string": b"", "headers": [(b"host", b"127.0.0.1")]}
        await Guard(app, {"127.0.0.1"})(scope, receive, send)  # type: ignore[arg-type]

    anyio.run(run)
    assert sent[0]["status"] == 408


# ── The token ──
@pytest.fixture
def guarded(room: Room) -> Iterator[TestClient]:
    with TestClient(desk_app(room, names_of("0.0.0.0"), TOKEN), base_url="http://192.168.1.7:8600") as client:
        yield client


@pytest.mark.parametrize("address", ["/timeline", "/api/timeline", "/static/desk.css", "/timeline?token=wrong", "/timeline?token="])
def test_without_the_token_nothing_is_shown(guarded: TestClient, address: str) -> None:
    answer = guarded.get(address)
    assert answer.status_code == 401
    assert "asks for its token" in answer.text


def test_the_address_with_the_token_opens_it_and_does_not_stay_in_the_address(guarded: TestClient) -> None:
    answer = guarded.get(f"/timeline?actor=Russie&token={TOKEN}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/timeline?actor=Russie"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert guarded.get("/timeline").status_code == 200


def test_the_way_in_never_leads_elsewhere(guarded: TestClient) -> None:
    answer = guarded.get(f"http://192.168.1.7:8600//evil.test/?token={TOKEN}", follow_redirects=False)
    assert answer.headers["location"] == "/evil.test/"


def test_programs_show_it_as_bearer(guarded: TestClient) -> None:
    assert guarded.get("/api/timeline", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert guarded.get("/api/timeline", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_plain_address_is_answered_where_it_is_open_to_others_and_a_strange_name_is_not(guarded: TestClient) -> None:
    shown = {"Authorization": f"Bearer {TOKEN}"}
    assert guarded.get("/timeline", headers=shown | {"Host": "10.0.0.5:8600"}).status_code == 200
    assert guarded.get("/timeline", headers=shown | {"Host": "evil.test"}).status_code == 421


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "desk.example"])
def test_beyond_this_machine_a_token_is_demanded(desk_path: Path, host: str) -> None:
    with pytest.raises(DeskProblem, match="--token"):
        serve(desk_path, host)
    with pytest.raises(DeskProblem, match="at least 16 characters"):
        serve(desk_path, host, token="short")


def test_this_machine_goes_by_several_names() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.3.2.1", "::1", "localhost"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "::", "10.0.0.1", "localhost.evil.test"))


def test_the_address_that_is_printed() -> None:
    assert address_of("127.0.0.1", 8600, None) == "http://127.0.0.1:8600/"
    assert address_of("0.0.0.0", 80, TOKEN) == f"http://127.0.0.1:80/?token={TOKEN}"
    assert address_of("::1", 80, None) == "http://[::1]:80/"


def test_a_server_is_made_for_a_record(desk_path: Path) -> None:
    assert server_of(desk_path, port=0).config.host == "127.0.0.1"


def test_a_port_that_is_taken_is_said_to_be(desk: str, desk_path: Path) -> None:
    with pytest.raises(DeskProblem, match="cannot listen on"):
        server_of(desk_path, port=int(desk.rpartition(":")[2]))


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["desk", "--record", str(tmp_path / "none.sqlite")])
    assert done.exit_code == 1
    assert "there is no record" in done.output
    done = CliRunner().invoke(main, ["desk", "--record", str(tmp_path / "none.sqlite"), "--host", "0.0.0.0"])
    assert done.exit_code == 1
    assert "there is no record" in done.output or "--token" in done.output
