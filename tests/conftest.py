"""One reader for the whole session: the pipeline is loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from depeche import ArticleRecord, Reader
from depeche.record import Article

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
