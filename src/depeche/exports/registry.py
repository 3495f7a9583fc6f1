"""Which formats there are, and the way into each. A format's module is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from depeche.exports.choosing import ALL
from depeche.exports.files import ExportProblem
from depeche.exports.words import TEXTS, Text
from depeche.store.filters import Filter
from depeche.store.store import Store

# What an export wrote: how many rows of each table, or how many things of each kind.
Written = dict[str, int]


class Format(NamedTuple):
    """A format: what it is, and whether it makes a folder of files or one file."""

    about: str
    folder: bool = False


FORMATS = {
    "parquet": Format("every table of the record as a Parquet file", folder=True),
    "csv": Format("every table of the record as a CSV file", folder=True),
    "polecat": Format("events in the columns of POLECAT, tab-separated"),
    "gdelt": Format("affairs as GDELT 2.0 events, with their mentions", folder=True),
    "jsonld": Format("articles, events and quotes in schema.org's terms, JSON-LD"),
    "annotations": Format("every entry as a W3C Web Annotation on its article, JSON-LD"),
    "geojson": Format("affairs that have a place, for a map"),
    "gexf": Format("who acts towards whom, for Gephi"),
    "graphml": Format("who acts towards whom, for Gephi, yEd, igraph"),
}


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
        raise ExportProblem(f"{problem.filename or path} cannot be written ({problem.strerror or problem})") from None
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("depeche"):
            raise
        raise ExportProblem(f"{format_} needs {missing.name}, which is not installed: pip install 'depeche[analysis]'") from None
