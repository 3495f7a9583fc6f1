"""Rows of an event table: the word, the event it names, and where the grammar puts its sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from depeche.ontology.cameo import cameo_codes
from depeche.ontology.plover import EVENT_TYPES
from depeche.ontology.tables import Row, read_rows

EVENT_COLUMNS = ("lemma", "kind", "needs", "type", "mode", "cameo", "source", "target", "example", "reads")
REFLEXIVE_PREFIXES = ("se ", "s'")
KINDRED_COLUMNS = ("family", "words")
# So many words of a family must a condition name to take the whole family.
KINDRED_SHARED = 2
# "other": an actor who is not of the subject's own side.
FILLERS = frozenset({"actor", "other", "place", "any", "none", "people"})


@dataclass(frozen=True, slots=True)
class Need:
    """A condition on the word under `relation`: one of `lemmas` (or, `negated`, none of them), or a filler of some kind."""

    relation: str
    lemmas: frozenset[str]
    negated: bool
    filler: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row; `source` and `target` are alternatives, each a tuple of paths that are taken together."""

    lemma: str
    kind: str
    reflexive: bool
    needs: tuple[Need, ...]
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    source: tuple[tuple[str, ...], ...]
    target: tuple[tuple[str, ...], ...]
    rule: str


def read_event_rows(file: Traversable, kindred: Traversable) -> dict[tuple[str, str], list[EventRow]]:
    """The table by (kind, lemma), rows with most conditions first. Raises `BadTable` on a row that does not fit.

    `kindred`: families of words that stand for one another in conditions.
    """
    families = [frozenset(row["words"].split()) for row in read_rows(kindred, KINDRED_COLUMNS)]
    table: dict[tuple[str, str], list[EventRow]] = defaultdict(list)
    for row in read_rows(file, EVENT_COLUMNS):
        event_row = event_row_of(row, families)
        table[event_row.kind, event_row.lemma].append(event_row)
    for rows in table.values():
        rows.sort(key=lambda r: -len(r.needs))
    return dict(table)


def event_row_of(row: Row, families: Sequence[frozenset[str]] = ()) -> EventRow:
    """One row of the table, checked. Raises `BadTable`."""
    prefix = next((p for p in REFLEXIVE_PREFIXES if row["kind"] == "verb" and row["lemma"].startswith(p)), "")
    type_, mode, code = row["type"], row["mode"] or None, row["cameo"] or None
    if row["kind"] not in ("verb", "noun", "adj"):
        raise row.wrong(f"unknown kind {row['kind']}")
    if type_ not in EVENT_TYPES:
        raise row.wrong(f"unknown event type {type_}")
    if mode and mode not in EVENT_TYPES[type_].modes:
        raise row.wrong(f"{type_} has no mode {mode}")
    cameo = cameo_codes().get(code) if code else None
    if code and cameo is None:
        raise row.wrong(f"unknown CAMEO code {code}")
    rule = " ".join(filter(None, [row["lemma"], row["kind"], row["needs"]]))
    contexts = cameo.contexts if cameo and cameo.type == type_ else ()
    needs = tuple(_need(part, row, families) for part in row.choices("needs", ";") if part)
    return EventRow(
        row["lemma"][len(prefix) :], row["kind"], bool(prefix), needs, type_, mode, contexts, code, _paths(row, "source"), _paths(row, "target"), rule
    )


def _paths(row: Row, column: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(path.split("+")) for path in row.choices(column))


def _need(part: str, row: Row, families: Sequence[frozenset[str]]) -> Need:
    for mark, negated in (("!=", True), ("=", False)):
        relation, found, words = part.partition(mark)
        if found:
            lemmas = frozenset(w.strip() for w in words.split("|"))
            if not negated:
                lemmas = lemmas.union(*(f for f in families if len(f & lemmas) >= KINDRED_SHARED))
            return Need(relation.strip(), lemmas, negated, None)
    relation, found, filler = part.partition(":")
    if not found or filler.strip() not in FILLERS:
        raise row.wrong(f"cannot read the condition {part!r}")
    return Need(relation.strip(), frozenset(), False, filler.strip())
