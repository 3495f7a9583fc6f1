"""Who acts towards whom in GEXF, which Gephi reads."""

from __future__ import annotations

from pathlib import Path

import networkx

from depeche.exports.choosing import ALL
from depeche.exports.files import new_file
from depeche.exports.network import graph_of
from depeche.exports.words import Text
from depeche.store.filters import Filter
from depeche.store.store import Store


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """One file; how many nodes and edges it has."""
    graph = graph_of(store, text, filter)
    with new_file(path) as unfinished:
        networkx.write_gexf(graph, unfinished)
    return {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
