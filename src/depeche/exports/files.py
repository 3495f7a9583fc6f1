"""Files that are there whole or not at all: each is written beside its place and put there when it is done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


class ExportProblem(Exception):
    """An export that cannot be made; the message is one sentence that says why."""


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Where to write a file that takes its place once it is whole; an older one stays until then."""
    if path.is_dir():
        raise ExportProblem(f"{path} is a folder; this format is one file")
    unfinished = path.with_name(path.name + ".part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def text_file(path: Path) -> Iterator[IO[str]]:
    """A new text file in UTF-8, lines ended by a line feed alone."""
    with new_file(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def folder(path: Path) -> Path:
    """The folder that a format of several files goes into, made where there is none."""
    if path.exists() and not path.is_dir():
        raise ExportProblem(f"{path} is a file; this format is a folder of files")
    path.mkdir(parents=True, exist_ok=True)
    return path


def write_items(stream: IO[str], items: Iterable[Any], before: str, after: str) -> None:
    """A JSON document with a long list in it, an item a line, none of which stays in memory."""
    stream.write(before)
    for number, item in enumerate(items):
        stream.write(",\n" if number else "\n")
        stream.write(json.dumps(item, ensure_ascii=False))
    stream.write(after)
