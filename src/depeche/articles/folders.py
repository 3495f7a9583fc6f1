"""The files of a folder, in an order that is the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

# Browsers put what belongs to "Page.html" into a folder beside it, in which fragments and advertisements are pages too.
COMPANIONS = ("_files", "_fichiers")


def files_in(folder: Path, suffixes: frozenset[str]) -> Iterator[Path | OSError]:
    """Files with one of the suffixes, at any depth, sorted by name within each folder; a folder that cannot be opened comes out as its error.

    Hidden files and folders are passed over, links to folders (they may lead in a circle), and a saved page's own folder.
    """
    waiting: list[Path | os.DirEntry[str]] = [folder]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, Path) or entry.is_dir(follow_symlinks=False):
            try:
                waiting += _entries(entry)
            except OSError as problem:
                yield problem
        elif Path(entry.name).suffix.lower() in suffixes and not _is_no_file(entry):
            yield Path(entry.path)


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """The entries of a folder that count, last name first."""
    with os.scandir(folder) as scan:
        entries = sorted((e for e in scan if not e.name.startswith(".")), key=lambda e: e.name, reverse=True)
    pages = {Path(e.name).stem for e in entries if Path(e.name).suffix.lower() in {".html", ".htm", ".xhtml"}}
    companions = {stem + ending for stem in pages for ending in COMPANIONS}
    return [e for e in entries if e.name not in companions]


def _is_no_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a pipe, a device or a link to a folder; a dangling link counts as a file, so that it is reported."""
    return (entry.is_dir() or Path(entry.path).exists()) and not entry.is_file()
