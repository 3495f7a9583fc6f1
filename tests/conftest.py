"""One reader for the whole session: the pipeline is loaded once. Records in files and on a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from depeche import ArticleRecord, Reader
from depeche.record import Article
from server import Server, binaries, running

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


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that runs for the session."""
    programs = binaries()
    if programs is None:
        pytest.skip("there is no PostgreSQL here (Debian's package `postgresql`)")
    with running(programs) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record may be kept: a file, and a database on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "record.sqlite")
    address: str = request.getfixturevalue("server").database()
    return address
