"""One article in, one `ArticleRecord` out. Reads like the table of contents of the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from spacy.tokens import Doc

from depeche._version import VERSION
from depeche.articles import inputs
from depeche.articles.language import recognise_language
from depeche.extraction.dateline import credited_agency, dated
from depeche.extraction.entries import write_record
from depeche.extraction.stages import Stages
from depeche.knowledge.additions import with_additions
from depeche.knowledge.base import KnowledgeBase
from depeche.language import CODES, LanguagePack, language_pack
from depeche.record import Article, ArticleRecord, ReaderVersion


class UnreadableArticle(ValueError):
    """An article that cannot be read; the message says why, in one sentence."""


def read_article(article: Article, pack: LanguagePack, knowledge: KnowledgeBase) -> ArticleRecord:
    """Put on record what one article says.

    Spans in the result are code-point offsets into `article.text`. Raises `UnreadableArticle` when the text is empty or longer than
    `articles.inputs.LONGEST_TEXT` characters.
    """
    check_text(article.text)
    return read_parsed(pack.parse(article.text), article, pack, knowledge)


def read_parsed(doc: Doc, article: Article, pack: LanguagePack, knowledge: KnowledgeBase) -> ArticleRecord:
    """The record of an article whose text is parsed already: every stage in its order."""
    published = article.published or dated(doc, pack)
    article = replace(
        article,
        published=published,
        language=pack.code,
        agency=article.agency or credited_agency(article.text, knowledge),
        reader=ReaderVersion(VERSION, pack.version, knowledge.version),
    )
    stages = Stages(doc, pack, knowledge, published)
    return write_record(article, stages)


def check_text(text: str) -> None:
    """Raise `UnreadableArticle` where a text is none that can be read."""
    try:
        inputs.check_text(text)
    except inputs.Unusable as problem:
        raise UnreadableArticle(str(problem)) from None


class Reader:
    """Reads many articles with one loaded pipeline.

    >>> reader = Reader()
    >>> record = reader.read("Moscou et Pyongyang ont signé mercredi un traité.", published="2024-06-19")
    """

    def __init__(self, language: str | None = None, actors: Iterable[Path] = ()) -> None:
        """`language`: ISO 639-1 code; recognised by the text where None. `actors`: TOML or CSV files of a person's own actors."""
        self.language = language
        self._actors = tuple(actors)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """The base that ships, with a person's own actors. Raises `depeche.knowledge.additions.BadActors`."""
        return with_additions(self._actors)

    def read(self, text: str | Article, published: str | None = None) -> ArticleRecord:
        """Read one article. Raises `UnreadableArticle`."""
        article = text if isinstance(text, Article) else Article(text, published=published)
        check_text(article.text)
        return read_article(article, self.pack_for(article), self.knowledge)

    def read_all(self, articles: Iterable[Article]) -> Iterator[ArticleRecord | UnreadableArticle]:
        """Read many, in their order and parsed in batches; what cannot be read comes out as the error that says why."""
        batch: list[tuple[Article, LanguagePack | UnreadableArticle]] = []
        for article in articles:
            try:
                check_text(article.text)
                batch.append((article, self.pack_for(article)))
            except UnreadableArticle as problem:
                batch.append((article, problem))
            if sum(len(a.text) for a, _ in batch) > 100_000 or len(batch) >= 32:
                yield from self._read_batch(batch)
                batch = []
        yield from self._read_batch(batch)

    def _read_batch(self, batch: list[tuple[Article, LanguagePack | UnreadableArticle]]) -> Iterator[ArticleRecord | UnreadableArticle]:
        parsed: dict[int, Doc] = {}
        for pack in {p for _, p in batch if isinstance(p, LanguagePack)}:
            mine = [i for i, (_, p) in enumerate(batch) if p is pack]
            parsed |= dict(zip(mine, pack.parse_all(batch[i][0].text for i in mine), strict=True))
        for i, (article, pack_or_problem) in enumerate(batch):
            if isinstance(pack_or_problem, LanguagePack):
                yield read_parsed(parsed[i], article, pack_or_problem, self.knowledge)
            else:
                yield pack_or_problem

    def pack_for(self, article: Article) -> LanguagePack:
        """The pack of an article's language. Raises `UnreadableArticle` where there is none."""
        code = self.language or article.language or recognise_language(article.text)
        try:
            return language_pack(code)
        except KeyError:
            known = ", ".join(CODES)
            raise UnreadableArticle(f"the text is in a language without a pack ({code}; there are packs for: {known})") from None


def read(text: str, published: str | None = None, language: str | None = None) -> ArticleRecord:
    """Read one article: what it puts on record, every entry with its characters. `published`: ISO date, by which relative dates are resolved.

    Raises `UnreadableArticle` when the text is empty, too long, or in a language without a pack.
    """
    return Reader(language).read(text, published)
