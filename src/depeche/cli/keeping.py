"""`depeche read … --into`: reading that is kept. What a line reports as read is on record, whole and once, whatever happens next."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from depeche.cli.options import told

if TYPE_CHECKING:
    from depeche.articles.inputs import BadInput, Defaults, Found
    from depeche.reader import UnreadableArticle
    from depeche.record import Article, ArticleRecord
    from depeche.store.runs import Failure
    from depeche.store.store import Store

ReadAll = Callable[[Iterable["Article"]], Iterator["ArticleRecord | UnreadableArticle"]]
# Articles kept in one transaction, and the seconds after which fewer are.
BATCH = 32
SECONDS = 2.0


def inputs_by_path(paths: Iterable[str], defaults: Defaults) -> Iterator[tuple[str, Found | BadInput]]:
    """What the paths hold, each with the path that was asked for."""
    from depeche.articles.sources import found_in

    return ((path, item) for path in paths for item in found_in([path], defaults))


def failed_inputs(store: Store, defaults: Defaults) -> Iterator[tuple[str, Found | BadInput]]:
    """What could not be read before, looked for again in the same places."""
    from depeche.store.runs import failed_before

    before = failed_before(store)
    places = {f.place for f in before}
    return ((path, item) for path, item in inputs_by_path(dict.fromkeys(f.path for f in before), defaults) if _place(item)[0] in places)


class Keeper:
    """Reads inputs into a store: skips what is on record already, keeps in batches, and reports each batch after its commit."""

    def __init__(self, store: Store, current: tuple[str, frozenset[str], str], report: Callable[[str], None]) -> None:
        """`current`: version of the program, versions of the language packs, version of the knowledge."""
        from depeche.store.runs import begin_run

        self._store, self._report = store, report
        self._version, self._packs, self._knowledge = current
        self._kept = store.kept()
        self._run = begin_run(store, self._version, self._knowledge)
        self.read = self.known = self.failed = 0
        self._noted = 0
        self._failures: list[Failure] = []
        self._waiting: deque[tuple[str, str, Article]] = deque()

    def keep(self, inputs: Iterable[tuple[str, Found | BadInput]], read_all: ReadAll) -> None:
        """Read all the inputs; records come back in the order of the articles."""
        from depeche.record import ArticleRecord
        from depeche.store.runs import end_run

        batch: list[tuple[str, ArticleRecord, Article]] = []
        since = time.monotonic()
        for result in read_all(self._articles(inputs)):
            path, place, article = self._waiting.popleft()
            if isinstance(result, ArticleRecord):
                batch.append((place, result, article))
            else:
                self._fail(path, place, str(result))
            if len(batch) >= BATCH or time.monotonic() - since > SECONDS:
                self._commit(batch)
                batch, since = [], time.monotonic()
        self._commit(batch)
        end_run(self._store, self._run)

    def _articles(self, inputs: Iterable[tuple[str, Found | BadInput]]) -> Iterator[Article]:
        from depeche.articles.inputs import Found

        for path, item in inputs:
            place, message = _place(item)
            if not isinstance(item, Found):
                self._fail(path, place, message)
            elif self._is_known(item.article):
                self.known += 1
            else:
                self._waiting.append((path, place, item.article))
                yield item.article

    def _is_known(self, article: Article) -> bool:
        """Is it on record as given now, read by this very program, pack and knowledge?"""
        from depeche.store.kept import given_digest

        kept = self._kept.get(article.id)
        if kept is None:
            return False
        version, pack, knowledge = kept.reader
        return (version, knowledge) == (self._version, self._knowledge) and pack in self._packs and kept.given == given_digest(article)

    def _fail(self, path: str, place: str, reason: str) -> None:
        from depeche.store.runs import Failure

        self.failed += 1
        self._failures.append(Failure(path, place, reason))
        click.echo(f"depeche: {place}: {reason}", err=True)

    def _commit(self, batch: list[tuple[str, ArticleRecord, Article]]) -> None:
        from depeche.store.runs import note

        with self._store.writing() as connection:
            self._store.write_within(connection, [record for _, record, _ in batch], [article for *_, article in batch])
            note(connection, self._run, [place for place, *_ in batch], self._failures, self.known - self._noted, self._version)
        self._failures, self._noted = [], self.known
        self.read += len(batch)
        for _, record, _ in batch:
            self._report(_line(record))


def read_into(into: str, paths: Iterable[str] | None, defaults: Defaults, read_all: ReadAll, own: Iterable[Path], output: str | None) -> int:
    """Read the paths (None: what failed before) into a record and merge; the exit status: 0, or 1 where an input could not be read."""
    from depeche.affairs.merging import merge
    from depeche.cli.main import destination
    from depeche.store.store import open_store

    with told():
        store = open_store(into, writable=True)
        with destination(output) as stream:

            def report(line: str) -> None:
                stream.write(line + "\n")
                stream.flush()

            keeper = Keeper(store, _current(own), report)
            inputs = failed_inputs(store, defaults) if paths is None else inputs_by_path(paths, defaults)
            keeper.keep(inputs, read_all)
        merge(store)
    counts = [f"{keeper.read} read", f"{keeper.known} on record already" if keeper.known else "", f"{keeper.failed} failed" if keeper.failed else ""]
    click.echo(f"{store.backend.name}: {', '.join(c for c in counts if c)}", err=True)
    return 1 if keeper.failed else 0


def _current(own: Iterable[Path]) -> tuple[str, frozenset[str], str]:
    """What would read an article now: version of the program, of each language pack, of the knowledge."""
    from depeche._version import VERSION
    from depeche.knowledge.additions import with_additions
    from depeche.language import CODES, language_pack

    return VERSION, frozenset(language_pack(code).version for code in CODES), with_additions(own).version


def _place(item: Found | BadInput) -> tuple[str, str]:
    """Where an input stands, and what is wrong with it where something is."""
    from depeche.articles.inputs import Found

    return (item.place, "") if isinstance(item, Found) else (item.place, item.reason)


def _line(record: ArticleRecord) -> str:
    """One line that says what was kept of an article."""
    from depeche.store.rows import short

    article = record.article
    title = article.title or article.text.strip().partition("\n")[0]
    counts = ", ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in ((len(record.events), "event"), (len(record.quotes), "quote")) if n)
    return f"{short(article.id)}  {article.published or 'no date   '}  {title[:70]}{'…' if len(title) > 70 else ''}" + (f"  ({counts})" if counts else "")
