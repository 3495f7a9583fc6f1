"""What a name leads to, and why: `find` answers for one name on one day, without an article around it."""

from __future__ import annotations

from dataclasses import dataclass

from depeche.knowledge.base import Entity, KnowledgeBase, Name, Tenure

# What kind of name is the surest, where nothing else decides.
_SUREST = {"name": 0, "seat": 1, "capital": 1, "people": 1, "family": 2}
_LEADERS = frozenset({"head_of_state", "head_of_government", "secretary_general", "president", "leader"})


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a name leads to: what kind of name it is, and the offices held on the day."""

    entity: Entity
    what: str
    offices: tuple[Tenure, ...]


def find(knowledge: KnowledgeBase, name: str, on: str | None = None) -> list[Found]:
    """Every entry that a name may lead to, the likeliest first: of those that share a family name, whoever leads on the day `on`."""
    found: dict[int, Found] = {}
    for known in knowledge.named(name):
        if known.spelt is None or known.spelt == name.replace("’", "'"):
            entity = knowledge.entity(known.row)
            offices = tuple(t for t in knowledge.tenures_of(known.row) if on is not None and t.on(on))
            better = found.get(known.row)
            if better is None or _rank(known) < _SUREST.get(better.what, 3):
                found[known.row] = Found(entity, known.what, offices)
    return sorted(found.values(), key=_likelihood)


def _rank(name: Name) -> int:
    return _SUREST.get(name.what, 3)


def _likelihood(found: Found) -> tuple[int, int, int, int]:
    leads = any(t.office in _LEADERS for t in found.offices)
    in_office = 0 if leads else 1 if found.offices else 2
    return (_SUREST.get(found.what, 3), in_office, 0 if found.entity.kind == "state" else 1, -found.entity.size)
