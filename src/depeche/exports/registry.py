"""The way into each format: its module is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from depeche.exports.choosing import ALL
from depeche.exports.files import ExportProblem
from depeche.exports.formats import FORMATS
from depeche.exports.words import TEXTS, Text
from depeche.store.filters import Filter
from depeche.store.store import Store

# What an export wrote: how many rows of each table, or how many things of each kind.
Written = dict[str, int]


class Writer(Protocol):
    """What a format's module offers."""

    def write(self, store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> Written:
        """Write what the filter leaves of a record; how much of each kind was written."""


def export(store: Store, format_: str, path: str | Path, text: Text = "evidence", filter: Filter = ALL) -> Written:
    """Write a record, or what a filter leaves of it, in another program's format. Raises `ExportProblem`, `RecordProblem`.

    `text`: whether the press's words go out: none of them, those that entries point at (evidence), or the articles whole (full).
    The filter's `limit` and `offset` count for nothing: an export is of everything that is left.
    """
    if format_ not in FORMATS:
        raise ExportProblem(f"there is no format {format_!r}; there are {', '.join(FORMATS)}")
    if text not in TEXTS:
        raise ExportProblem(f"text is one of {', '.join(TEXTS)}, not {text!r}")
    path = Path(path)
    try:
        writer = cast(Writer, import_module(f"depeche.exports.{format_}"))
        return writer.write(store, path, text, filter)
    except OSError as problem:
        raise ExportProblem(f"{path} cannot be written ({problem.strerror or problem})") from None
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("depeche"):
            raise
        raise ExportProblem(f"{format_} needs {missing.name}, which is not installed: pip install 'depeche[analysis]'") from None
