"""One reader for every test: loading the pipeline is what takes time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from depeche import Reader
from depeche.record import ArticleRecord


@pytest.fixture(scope="session")
def read() -> Callable[..., ArticleRecord]:
    """`read(text, published=None)`: the record of one French text."""
    return Reader("fr").read
