"""Articles from wherever a person points: text files, saved pages, JSON, folders of these, standard input."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import cast

from depeche.articles.encoding import check_kind, decode
from depeche.articles.folders import files_in
from depeche.articles.inputs import LARGEST_FILE, LONGEST_TEXT, BadInput, Defaults, Found, Unusable, check_text, printable
from depeche.articles.pages import article_of, looks_like_page
from depeche.articles.structured import articles_in_document, articles_in_lines
from depeche.record import Article

__all__ = ["BadInput", "Defaults", "Found", "articles_in", "found_in"]

TEXT, PAGE, LINES, DOCUMENT = "text", "page", "lines", "document"
KINDS = {".txt": TEXT, ".text": TEXT, ".html": PAGE, ".htm": PAGE, ".xhtml": PAGE, ".jsonl": LINES, ".ndjson": LINES, ".json": DOCUMENT}
STANDARD_INPUT = "-"


def articles_in(paths: Iterable[str], defaults: Defaults) -> Iterator[Article | BadInput]:
    """The articles of files, folders and standard input ("-"), in the order of `paths`; what cannot be used comes out as `BadInput`.

    Nothing is raised for an input, and no more than one file is held at a time.
    """
    for found in found_in(paths, defaults):
        yield found.article if isinstance(found, Found) else found


def found_in(paths: Iterable[str], defaults: Defaults) -> Iterator[Found | BadInput]:
    """Like `articles_in`, each article with the place where it was found, to name it in a message."""
    for path in paths:
        for found in _found_at(path):
            yield _filled(found, defaults) if isinstance(found, Found) else found


def _filled(found: Found, defaults: Defaults) -> Found:
    article = found.article
    return replace(found, article=replace(article, published=article.published or defaults.published, language=article.language or defaults.language))


def _found_at(path: str) -> Iterator[Found | BadInput]:
    name = "standard input" if path == STANDARD_INPUT else printable(path)
    try:
        if path == STANDARD_INPUT:
            yield from _found_in_stream(cast(BufferedReader, sys.stdin.buffer), None, name)
        elif not path:
            # A Path would take no name at all for the current folder.
            raise FileNotFoundError
        elif Path(path).is_dir():
            yield from _found_in_folder(path)
        else:
            with Path(path).open("rb") as stream:
                _check_size(os.fstat(stream.fileno()))
                yield from _found_in_stream(stream, KINDS.get(Path(path).suffix.lower()), name)
    except Unusable as problem:
        yield BadInput.at(name, problem)
    # ValueError: a path with a NUL character.
    except (OSError, ValueError) as problem:
        yield BadInput.at(name, _reason(problem))


def _found_in_folder(path: str) -> Iterator[Found | BadInput]:
    some = False
    for file in files_in(Path(path), frozenset(KINDS)):
        some = True
        if isinstance(file, OSError):
            yield BadInput.at(printable(str(file.filename)), _reason(file))
        else:
            yield from _found_at(str(file))
    if not some:
        raise Unusable(f"the folder holds no articles (files in {', '.join(KINDS)})")


def _check_size(status: os.stat_result) -> None:
    """Raise `Unusable` where a regular file is too large, or empty."""
    if stat.S_ISREG(status.st_mode) and status.st_size > LARGEST_FILE:
        raise Unusable(_TOO_LARGE)
    if stat.S_ISREG(status.st_mode) and not status.st_size:
        raise Unusable("the file is empty")


_TOO_LARGE = f"it is larger than {LARGEST_FILE // 1_000_000} MB"


def _found_in_stream(stream: BufferedReader, kind: str | None, name: str) -> Iterator[Found | BadInput]:
    """The articles of an open file; where its name does not tell the kind (None), its beginning does."""
    beginning = stream.peek(4096)[:4096]
    check_kind(beginning)
    kind = kind or _kind_by(beginning)
    if kind == LINES:
        yield from articles_in_lines(stream, name)
        return
    raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise Unusable(_TOO_LARGE)
    if kind == DOCUMENT:
        yield from articles_in_document(raw, name)
    elif kind == PAGE:
        yield Found(article_of(raw), name)
    else:
        yield Found(_text_article(raw), name)


def _kind_by(beginning: bytes) -> str:
    if looks_like_page(beginning):
        return PAGE
    # A byte order mark may come first, and in UTF-16 every other byte of a "{" is NUL.
    return LINES if beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"{") else TEXT


def _text_article(raw: bytes) -> Article:
    # No encoding takes more than four bytes for a character: this needs no decoding.
    if len(raw) > 4 * LONGEST_TEXT + 4:
        raise Unusable(f"the text is longer than {LONGEST_TEXT:,} characters")
    text = decode(raw)
    check_text(text)
    return Article(text)


def _reason(problem: OSError | ValueError) -> str:
    """Why something cannot be opened, in words."""
    if isinstance(problem, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(problem, PermissionError):
        return "it may not be read (permission denied)"
    return (isinstance(problem, OSError) and problem.strerror) or str(problem)
