"""Imports run down the floors of the house and never back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import depeche

ROOT = Path(depeche.__file__).parent

# What each floor may import of the others; a module on the top level is a floor of its own.
BELOW = {
    "ontology": set(),
    "record": {"ontology"},
    "knowledge": {"ontology", "record"},
    "articles": {"record"},
    "language": {"ontology"},
    "extraction": {"language", "knowledge", "ontology", "record"},
    "reader": {"articles", "language", "extraction", "knowledge", "record"},
    "components": {"extraction", "language", "knowledge", "record"},
    "notebook": {"record"},
    "store": {"ontology", "record"},
    "affairs": {"store", "knowledge", "ontology", "record"},
    "exports": {"affairs", "store", "knowledge", "ontology", "record"},
    "asking": {"affairs", "store", "knowledge", "ontology", "record"},
    "engines": {"reader", "articles", "record"},
    "desk": {"asking", "exports", "affairs", "store", "reader", "articles", "knowledge", "ontology", "record"},
    "cli": {
        "asking",
        "exports",
        "affairs",
        "store",
        "desk",
        "engines",
        "reader",
        "articles",
        "extraction",
        "language",
        "knowledge",
        "ontology",
        "record",
        "notebook",
    },
}
# The record shows itself in a notebook; the version stands above nothing.
EXCEPTIONS = {("record", "notebook")}
FREE = {"_version"}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def floor(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "depeche" and "." in node.module:
            yield node.module.split(".")[1]
        elif isinstance(node, ast.ImportFrom) and node.module == "depeche":
            yield from (alias.name for alias in node.names if (ROOT / alias.name).exists() or (ROOT / f"{alias.name}.py").exists())
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("depeche."))


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_down_the_floors(path: Path) -> None:
    here = floor(path)
    if here == "__init__":
        return
    wrong = [f for f in imported(path) if f not in FREE | {here} | BELOW.get(here, set()) and (here, f) not in EXCEPTIONS]
    assert wrong == []


def test_every_floor_has_its_place() -> None:
    floors = {floor(p) for p in modules()} - FREE - {"__init__"}
    assert floors == set(BELOW)


def test_the_french_class_of_spacy_is_never_loaded() -> None:
    assert not [p for p in modules() if "spacy.lang.fr" in p.read_text(encoding="utf-8").replace("never imports `spacy.lang.fr`", "")]


def test_no_language_is_decided_outside_its_pack() -> None:
    outside = [p for p in modules() if "language" not in p.relative_to(ROOT).parts[:1]]
    assert not [p for p in outside if 'language == "fr"' in p.read_text(encoding="utf-8")]
