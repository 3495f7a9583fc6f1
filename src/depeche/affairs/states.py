"""States by their codes and by the names that people write."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process

from depeche.knowledge.base import shipped
from depeche.knowledge.find import find
from depeche.ontology.spelling import fold
from depeche.store.problems import NotOnRecord


def state_name(code: str | None) -> str | None:
    """A state's name by its ISO 3166 alpha-3 code, in French; None where the code is none."""
    state = shipped().states.get(code or "")
    return state.name if state else None


def state_called(name: str) -> str:
    """ISO 3166 alpha-3 of a state by its code or its name. Raises `NotOnRecord` with the nearest names."""
    base = shipped()
    if name.upper() in base.states:
        return name.upper()
    for found in find(base, name):
        if found.entity.kind == "state" and found.entity.country and found.what == "name":
            return found.entity.country
    names = {e.name: code for code, e in base.states.items()}
    near = [f"{n} ({names[n]})" for n in nearest(name, names, least=60)]
    raise NotOnRecord(f"no state is called {name!r}" + (f"; the nearest are {', '.join(near)}" if near else ""))


def nearest(name: str, names: Iterable[str], least: float) -> list[str]:
    """The three names most like one, case and accents apart, each once; `least`: how alike they must be, of 100."""
    return list(dict.fromkeys(found for found, *_ in process.extract(name, list(names), limit=3, score_cutoff=least, processor=fold)))
