"""Articles from JSON: one object a line, one object a file, or a list of them. Only `text` is required."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from datetime import datetime
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any, cast

from depeche.articles.encoding import decode
from depeche.articles.inputs import LARGEST_FILE, BadInput, Found, Unusable, check_characters, check_text
from depeche.record import Article


def articles_in_lines(stream: BufferedReader, name: str) -> Iterator[Found | BadInput]:
    """The articles of JSON Lines; a bad line is one `BadInput`, and the others are read."""
    if stream.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        # A line end takes two bytes there: lines can only be told apart once it is decoded.
        stream = _utf8_stream(decode(stream.read(LARGEST_FILE)))
    number = 0
    some = False
    while line := stream.readline(LARGEST_FILE + 1):
        number += 1
        place = f"{name}, line {number:,}"
        if len(line) > LARGEST_FILE:
            yield BadInput.at(place, f"the line is larger than {LARGEST_FILE // 1_000_000} MB; nothing after it was read")
            return
        if not line.strip():
            continue
        some = True
        try:
            yield Found(article_from(parse(decode(line.rstrip(b"\r\n")))), place)
        except Unusable as problem:
            yield BadInput.at(place, problem)
    if not some:
        yield BadInput.at(name, "it holds no article")


def articles_in_document(raw: bytes, name: str) -> Iterator[Found | BadInput]:
    """The articles of a JSON file: one object, a list of objects, or lines of them after all. Raises `Unusable` where it is none of these."""
    text = decode(raw)
    if _has_lines(text):
        yield from articles_in_lines(_utf8_stream(text), name)
        return
    value = parse(text)
    if not isinstance(value, list):
        yield Found(article_from(value), name)
        return
    if not value:
        raise Unusable("it holds no article")
    for number, entry in enumerate(value, 1):
        place = f"{name}, article {number:,}"
        try:
            yield Found(article_from(entry), place)
        except Unusable as problem:
            yield BadInput.at(place, problem)


def _utf8_stream(text: str) -> BufferedReader:
    return BufferedReader(cast("RawIOBase", BytesIO(text.encode("utf-8", "surrogatepass"))))


def _has_lines(text: str) -> bool:
    """Whether a first line is a whole object and more follows: JSON Lines under another name."""
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("{") or not rest.strip():
        return False
    try:
        parse(first)
    except Unusable:
        return False
    return True


def parse(text: str) -> Any:
    """The value that a JSON text stands for. Raises `Unusable`."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        # Python's "Unterminated string starting at" waits for its place already.
        what = (problem.msg[:1].lower() + problem.msg[1:]).removesuffix(" at")
        where = f"line {problem.lineno:,}, column {problem.colno:,}" if problem.lineno > 1 else f"column {problem.colno:,}"
        raise Unusable(f"not valid JSON ({what} at {where})") from None
    # Numbers of thousands of digits and brackets nested a thousand deep are JSON, and no article.
    except (ValueError, RecursionError) as problem:
        raise Unusable(f"no JSON that can be read ({type(problem).__name__})") from None


def article_from(value: Any) -> Article:
    """The article that a JSON value describes. Raises `Unusable`; empty fields count as missing, unknown ones are passed over."""
    if not isinstance(value, dict):
        raise Unusable('an article must be an object with a text, like {"text": …}')
    text = value.get("text")
    if not isinstance(text, str):
        raise Unusable('the field "text" is missing' if text is None else 'the field "text" is no string')
    check_text(text)
    return Article(
        text,
        title=_field(value, "title"),
        published=iso_date(_field(value, "published")),
        language=language_code(_field(value, "language")),
        publisher=_field(value, "publisher"),
        url=_field(value, "url"),
    )


def _field(value: dict[str, Any], name: str) -> str | None:
    field = value.get(name)
    if field is None:
        return None
    if not isinstance(field, str):
        raise Unusable(f'the field "{name}" is no string')
    try:
        check_characters(field)
    except Unusable as problem:
        raise Unusable(str(problem).replace("the text", f'the field "{name}"')) from None
    return field if field.strip() else None


def iso_date(value: str | None) -> str | None:
    """The day of an ISO date, with or without a time of day, as it stands. Raises `Unusable`."""
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError:
        shown = value if len(value) <= 40 else value[:40] + "…"
        raise Unusable(f'the field "published" is no ISO date like 2024-06-19 ({shown!r})') from None


def language_code(value: str | None) -> str | None:
    """The language of a tag as pages give it: "fr" of "fr-CH" or "FR_fr"."""
    return value and value.strip().replace("_", "-").split("-")[0].lower()
