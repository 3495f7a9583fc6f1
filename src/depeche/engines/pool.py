"""Read many articles on one machine: in this process, or in a pool of worker processes, the records in the order of the articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from depeche.record import Article, ArticleRecord

if TYPE_CHECKING:
    from depeche.reader import Reader, UnreadableArticle

# Articles that a worker takes at a time; batches parse faster, and small ones keep the workers even.
CHUNK = 16
# Batches handed out ahead of the one that is waited for, per worker: bounds memory on long inputs.
AHEAD = 2


def one_blas_thread() -> None:
    """Keep numpy to one thread a process; must be called before numpy is imported. Threads of BLAS only get in each other's way here."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def read_many(
    articles: Iterable[Article], jobs: int = 1, language: str | None = None, actors: tuple[Path, ...] = ()
) -> Iterator[ArticleRecord | UnreadableArticle]:
    """The records of the articles, in their order; what cannot be read comes out as the error that says why.

    `actors`: files of a person's own actors.
    """
    one_blas_thread()
    if jobs <= 1:
        from depeche.reader import Reader

        yield from Reader(language, actors).read_all(articles)
        return
    with get_context("spawn").Pool(jobs, initializer=_start_worker, initargs=(language, actors)) as pool:
        waiting = []
        source = iter(articles)
        while chunk := list(islice(source, CHUNK)):
            waiting.append(pool.apply_async(_read_chunk, (chunk,)))
            if len(waiting) >= jobs * AHEAD:
                yield from waiting.pop(0).get()
        for result in waiting:
            yield from result.get()


_reader: Reader | None = None


def _start_worker(language: str | None, actors: tuple[Path, ...]) -> None:
    """Load the pipeline once in each worker."""
    global _reader  # noqa: PLW0603  a worker process reads for one caller all its life
    one_blas_thread()
    from depeche.reader import Reader

    _reader = Reader(language, actors)


def _read_chunk(chunk: list[Article]) -> list[ArticleRecord | UnreadableArticle]:
    assert _reader is not None
    return list(_reader.read_all(chunk))
