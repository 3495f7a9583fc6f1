"""The formats that there are; light, so that `--help` need not load what writes them."""

from __future__ import annotations

from typing import NamedTuple


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
