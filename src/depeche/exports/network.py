"""Who acts towards whom as a graph: states and other actors are nodes, an edge leads from each who acts to whom it is done."""

from __future__ import annotations

from typing import Any

import networkx
from sqlalchemy import Connection, case, func, select

from depeche.affairs.states import state_name
from depeche.exports.choosing import Chosen, happened, streamed
from depeche.exports.words import Text, Veil
from depeche.ontology.plover import EVENT_TYPES
from depeche.store.filters import Filter
from depeche.store.schema import affair_sides, dyads
from depeche.store.store import Store

_QUADS = tuple(dict.fromkeys(t.quad for t in EVENT_TYPES.values()))


def graph_of(store: Store, text: Text, filter: Filter) -> networkx.DiGraph:
    """The graph of the affairs that are left: those reported, unless the filter names statuses.

    An edge has `weight` (affairs), `score` (their mean), the number in each of PLOVER's four classes, and the first and the last day.
    """
    graph = networkx.DiGraph()
    with store.reading() as connection:
        veil, chosen = Veil(connection, text), Chosen(store, happened(filter))
        d = dyads.c
        quads = [func.sum(case((d.type.in_([t for t, e in EVENT_TYPES.items() if e.quad == quad]), 1), else_=0)) for quad in _QUADS]
        counted = (func.count().label("weight"), func.avg(d.score).label("score"), func.min(d.day).label("first"), func.max(d.day).label("last"), *quads)
        query = select(d.source, d.target, *counted).where(chosen.of(dyads)).group_by(d.source, d.target).order_by(d.source, d.target)
        codes: set[str] = set()
        for batch in streamed(connection, query):
            for source, target, weight, score, first, last, *of_quads in map(tuple, batch):
                codes |= {source, target}
                edge = {"weight": weight, "score": round(score, 4), "first": first, "last": last}
                edge |= {quad.replace(" ", "_"): int(n) for quad, n in zip(_QUADS, of_quads, strict=True)}
                graph.add_edge(veil.key(source), veil.key(target), **_known(edge))
        for code, node in _nodes(connection, codes, veil).items():
            graph.add_node(veil.key(code), **_known(node))
    return graph


def _nodes(connection: Connection, codes: set[str], veil: Veil) -> dict[str, dict[str, Any]]:
    """What the record knows of each: a state by its code, everybody else by name."""
    nodes: dict[str, dict[str, Any]] = {c: {"label": state_name(c), "kind": "state", "country": c} for c in codes if len(c) == 3 and c.isupper()}
    s = affair_sides.c
    columns = (func.min(s.name).label("name"), func.min(s.kind).label("kind"), func.min(s.country).label("country"), func.min(s.entity).label("entity"))
    for batch in streamed(connection, select(s.key, *columns).where(s.state.is_(None)).group_by(s.key)):
        for row in batch:
            if row.key in codes and row.key not in nodes:
                nodes[row.key] = {"label": veil.name(row.name, row.key), "kind": row.kind, "country": row.country, "entity": row.entity}
    return {code: nodes[code] | {"label": nodes[code]["label"] or veil.key(code)} for code in sorted(nodes)}


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    """Neither format has a value for nothing."""
    return {name: value for name, value in attributes.items() if value is not None}
