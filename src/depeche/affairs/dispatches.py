"""Which articles print one dispatch, and how many independent outlets stand behind an event.

Reprints are found by near-duplicate text: MinHash over the word triples of each text (Broder, "On the resemblance and containment of documents",
1997), by the library rensa. A reprint counts as the agency whose words it prints; several articles of one publisher count as one outlet.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from rensa import RMinHash
from sqlalchemy import Connection, Select, delete, insert, select

from depeche.affairs.components import components
from depeche.knowledge.base import shipped
from depeche.ontology.spelling import fold
from depeche.store.batches import batches
from depeche.store.schema import articles, dispatches, records

# Share of word triples in common from which one text is a reprint of the other. In invented stories reprints have .67 and
# more in common, reports of one event by different hands .07 and less.
RESEMBLANCE = 0.35
# Days between a dispatch and its latest reprint.
APART = 7
_PERMUTATIONS = 128
_SEED = 42
# Words; shorter texts resemble each other by chance.
_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Printed:
    """One article as its sources are told apart."""

    article: str
    published: str | None
    publisher: str | None
    agency: str | None
    signature: bytes | None


def signature_of(text: str) -> bytes | None:
    """The MinHash signature of a text; None for one too short to be told from others."""
    words = re.findall(r"\w+", text.lower())
    if len(words) < _SHORTEST:
        return None
    hashed = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    hashed.update([" ".join(words[i : i + 3]) for i in range(len(words) - 2)])
    return np.array(hashed.digest(), dtype=np.uint32).tobytes()


def group_dispatches(connection: Connection, changed: Iterable[str]) -> set[str]:
    """Bring groups of reprints and outlets up to date after articles were written or taken out.

    Returns the articles that now count as another outlet or stand in another group, the changed ones among them.
    """
    changed = set(changed)
    d = dispatches.c
    before: dict[str, tuple[str, str]] = {}
    for batch in batches(changed):
        before |= {row.article: (row.dispatch, row.outlet) for row in connection.execute(select(d.article, d.dispatch, d.outlet).where(d.article.in_(batch)))}
        connection.execute(delete(dispatches).where(d.article.in_(batch)))
    new = _sign(connection, changed)
    touched = {p.article: p for p in new}
    groups = _neighbouring_groups(connection, new) | {group for group, _ in before.values()}
    for batch in batches(groups):
        for row in connection.execute(_MEMBERS.where(d.dispatch.in_(batch))):
            touched[row.article] = Printed(row.article, row.published, row.publisher, row.agency, row.signature)
            before[row.article] = (row.dispatch, row.outlet)
    after = _grouped(list(touched.values()))
    for batch in batches(touched):
        connection.execute(delete(dispatches).where(d.article.in_(batch)))
    if touched:
        rows = [
            {"article": a, "signature": p.signature, "dispatch": after[a][0], "outlet": after[a][1], "published": p.published}
            for a, p in sorted(touched.items())
        ]
        connection.execute(insert(dispatches), rows)
    return changed | {a for a, group in after.items() if before.get(a) != group}


_MEMBERS = select(
    *(dispatches.c.article, dispatches.c.published, articles.c.publisher, articles.c.agency),
    *(dispatches.c.signature, dispatches.c.dispatch, dispatches.c.outlet),
).join(articles, dispatches.c.article == articles.c.article)


def _sign(connection: Connection, changed: set[str]) -> list[Printed]:
    """The changed articles that stand, with their signatures."""
    a, found = articles.c, []
    columns = (a.article, a.published, a.publisher, a.agency, records.c.record)
    for batch in batches(changed):
        query = select(*columns).join(records, a.article == records.c.article).where(a.article.in_(batch), a.superseded_by.is_(None))
        for row in connection.execute(query):
            signature = signature_of(json.loads(row.record)["article"]["text"])
            found.append(Printed(row.article, row.published, row.publisher, row.agency, signature))
    return found


def _neighbouring_groups(connection: Connection, new: list[Printed]) -> set[str]:
    """The groups, made before, of articles that print the same as one of the new."""
    found = set()
    for query, some in _windows(new):
        rows = connection.execute(query).all()
        if not rows:
            continue
        matrix = np.frombuffer(b"".join(r.signature for r in rows), dtype=np.uint32).reshape(len(rows), _PERMUTATIONS)
        near = np.zeros(len(rows), dtype=bool)
        for printed in some:
            near |= _alike(matrix, printed)
        found |= {rows[i].dispatch for i in map(int, np.flatnonzero(near))}
    return found


def _windows(new: list[Printed]) -> Iterable[tuple[Select, list[Printed]]]:
    """For the new articles of each month, and for those without a date, which of the old ones may print the same."""
    d = dispatches.c
    query = select(d.article, d.dispatch, d.signature).where(d.signature.is_not(None))
    signed = sorted((p for p in new if p.signature), key=lambda p: p.published or "")
    months: dict[str, list[Printed]] = {}
    for printed in signed:
        months.setdefault((printed.published or "")[:7], []).append(printed)
    for month, some in months.items():
        if not month:
            yield query.where(d.published.is_(None)), some
        else:
            first, last = some[0].published, some[-1].published
            assert first is not None and last is not None
            yield query.where(d.published.between(_shifted(first, -APART), _shifted(last, APART))), some


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _alike(matrix: np.ndarray, printed: Printed) -> np.ndarray:
    signature = np.frombuffer(printed.signature or b"", dtype=np.uint32)
    alike: np.ndarray = (matrix == signature).mean(axis=1) >= RESEMBLANCE
    return alike


def _grouped(printed: list[Printed]) -> dict[str, tuple[str, str]]:
    """Group and outlet of each article, the same whatever the order in which they came."""
    printed = sorted(printed, key=lambda p: (p.published or "", p.article))
    pairs = [pair for dated in (True, False) for pair in _reprints([p for p in printed if p.signature and bool(p.published) == dated])]
    by_id = {p.article: p for p in printed}
    groups: dict[str, tuple[str, str]] = {}
    for members in components([p.article for p in printed], pairs):
        group = sorted((by_id[m] for m in members), key=lambda p: (p.published or "", p.article))
        # The agency that the reprints credit, else whoever printed it first.
        credits = Counter(_outlet(p.agency) for p in group if p.agency)
        outlet = min(credits, key=lambda name: (-credits[name], name)) if credits else _outlet(group[0].publisher) if group[0].publisher else group[0].article
        groups |= {p.article: (group[0].article, outlet) for p in group}
    return groups


def _reprints(signed: list[Printed]) -> list[tuple[str, str]]:
    """The pairs of articles, all with a date and in the order of these or all without, that print the same."""
    pairs = []
    matrix = np.frombuffer(b"".join(p.signature or b"" for p in signed), dtype=np.uint32).reshape(len(signed), _PERMUTATIONS)
    low = 0
    for i, p in enumerate(signed):
        # Only what was published in the days before: the list is in the order of days.
        while low < i and p.published and (signed[low].published or "") < _shifted(p.published, -APART):
            low += 1
        same = map(int, np.flatnonzero(_alike(matrix[low:i], p)) + low)
        pairs += [(signed[j].article, p.article) for j in same]
    return pairs


@lru_cache(maxsize=4096)
def _outlet(name: str) -> str:
    """One name for an outlet, however it is written: the knowledge base's where it knows it."""
    base = shipped()
    known = [e for e in (base.entity(n.row) for n in base.named(name)) if e.kind == "agency"]
    return known[0].name if known else " ".join(name.split()) if fold(name) else name
