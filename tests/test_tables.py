"""The description of the tables tells of every table and column, and its questions can be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import inspect

from depeche.affairs.merging import merge
from depeche.asking import open_record
from depeche.store.schema import METADATA
from depeche.store.store import open_store
from invented import LONG, Act, full_record, record_of

PAGE = (Path(__file__).parents[1] / "docs" / "tables.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^```sql\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)

REPORTS = [
    record_of("Moscou a expulsé des Français.", Act(day="2024-06-18", positions=(("RUS", "asserts"), ("FRA", "denies"))), publisher="Le Soir"),
    record_of(LONG, Act(day="2024-06-18"), publisher="Le Matin"),
    record_of(LONG, Act(day="2024-06-18"), publisher="La Gazette"),
    full_record(published="2024-07-01"),
]


def described() -> dict[str, list[str]]:
    sections = re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, flags=re.DOTALL | re.MULTILINE)
    return {name: re.findall(r"^\| `(\w+)` \| \S", body, flags=re.MULTILINE) for name, body in sections}


def test_every_table_and_column_is_described() -> None:
    assert described() == {t.name: [c.name for c in t.columns] for t in METADATA.sorted_tables} | {"search": ["number", "words"]}


def test_a_record_has_the_tables_that_are_described(where: str) -> None:
    store = open_store(where, writable=True)
    with store.reading() as connection:
        names = {name for name in inspect(connection).get_table_names() if not name.startswith("search_") and name != "sqlite_sequence"}
    assert names == set(described())


def test_there_are_five_questions() -> None:
    assert len(QUESTIONS) == 5


@pytest.mark.parametrize("question", QUESTIONS, ids=[re.sub(r"\W+", " ", q)[:30] for q in QUESTIONS])
def test_the_questions_of_the_page_have_answers(where: str, question: str) -> None:
    store = open_store(where, writable=True)
    store.write(REPORTS)
    merge(store)
    # Nobody of North Korea speaks in these articles.
    rows = open_record(where).sql(question.replace("'PRK'", "'RUS'"))
    assert len(rows) > 0
