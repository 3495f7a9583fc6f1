"""One reader for the whole session: the pipeline is loaded once. Records in files and on a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from depeche import ArticleRecord, Reader
from depeche.record import Article
from desk_browser import Watched
from desk_record import CHROMIUM, CHROMIUM_ARGUMENTS, opened, read_articles, written
from server import Server, binaries, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Read = Callable[..., ArticleRecord]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader("fr")


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Read a French text, published on a day or on none."""

    def read_text(text: str, published: str | None = None) -> ArticleRecord:
        return reader.read(Article(text, published=published))

    return read_text


# ── The desk ──
@pytest.fixture(scope="session")
def desk_records(reader: Reader) -> list[ArticleRecord]:
    return read_articles(reader)


@pytest.fixture(scope="session")
def desk_path(desk_records: list[ArticleRecord], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that is only read."""
    return written(tmp_path_factory.mktemp("desk") / "record.sqlite", desk_records)


@pytest.fixture(scope="session")
def desk(desk_path: Path) -> Iterator[str]:
    """The address of a desk on it."""
    with opened(desk_path) as address:
        yield address


@pytest.fixture
def own_desk(desk_records: list[ArticleRecord], tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a desk on a record of one's own, and its path."""
    path = written(tmp_path / "record.sqlite", desk_records)
    with opened(path) as address:
        yield address, path


# Not for the whole session: while it is open an event loop runs in the thread of the tests.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser | None]:
    if not Path(CHROMIUM).exists():
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: Browser | None, request: pytest.FixtureRequest) -> Browser:
    if chromium is None:
        pytest.skip(f"{request.node.name} needs a browser: there is no {CHROMIUM} (Debian: apt-get install chromium)")
    return chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Watched]:
    """A page that remembers what it complained of and what it asked of other machines; the test fails on either."""
    watched = Watched(browser)
    yield watched
    watched.close()
    assert watched.complaints == []
    assert watched.elsewhere == []


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server | None]:
    """A PostgreSQL server that runs for the session; None where there is none."""
    programs = binaries()
    if programs is None:
        yield None
        return
    with running(programs) as found:
        yield found


@pytest.fixture
def server(postgresql: Server | None, request: pytest.FixtureRequest) -> Server:
    if postgresql is None:
        pytest.skip(f"{request.node.name} needs PostgreSQL, which is not here (Debian: apt-get install postgresql)")
    return postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record may be kept: a file, and a database on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "record.sqlite")
    address: str = request.getfixturevalue("server").database()
    return address
