"""Every row of the tables of cues is read as it says: its example yields the words, the speaker and the carrier in its column `reads`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest

from depeche.knowledge.base import KnowledgeBase, shipped
from depeche.language.cues import CUE_NOUN_COLUMNS, CUE_VERB_COLUMNS
from depeche.ontology.spelling import fold
from depeche.ontology.tables import Row, read_rows
from depeche.record import Actor, ArticleRecord, Quote

# The day on which the examples are read: who holds an office depends on it.
PUBLISHED = "2024-06-19"
FRENCH = files("depeche.language") / "fr"
VERBS = list(read_rows(FRENCH / "cue_verbs.tsv", CUE_VERB_COLUMNS))
NOUNS = list(read_rows(FRENCH / "cue_nouns.tsv", CUE_NOUN_COLUMNS))
# Bodies that speak for an organisation under another name.
BODIES = {
    "CIJ": ("Cour internationale de justice",),
    "CPI": ("Cour pénale internationale",),
    "UA": ("Union africaine",),
    "UE": ("Union européenne", "Commission européenne", "Parlement européen", "Conseil européen", "BCE"),
}


def _said(record: ArticleRecord, words: str) -> list[Quote]:
    """The quotations with a part of exactly these words."""
    return [q for q in record.quotes if words in (record.words(s).rstrip(".") for s in q.content)]


def _is(actor: Actor | None, wanted: str, knowledge: KnowledgeBase) -> bool:
    """Is the actor the state, the organisation, or somebody who stands for either?"""
    if actor is None:
        return False
    if actor.country == wanted:
        return True
    names = (wanted, *BODIES.get(wanted, ()))
    entities = {knowledge.entity(n.row).id for name in names for n in knowledge.named(name)}
    if actor.entity in entities or any(text.endswith(name) for name in names for text in (actor.name, actor.role or "")):
        return True
    offices = [t.organisation for n in knowledge.named(actor.name) for t in knowledge.tenures_of(n.row)]
    return any(organisation in entities for organisation in offices)


def _check(row: Row, record: ArticleRecord, knowledge: KnowledgeBase) -> None:
    who, _, words = row["reads"].partition(": ")
    speaker, _, relay = who.partition(" via ")
    for part in words.split(" … "):
        said = _said(record, part)
        assert said, f"{part!r} is not on record; there is {[record.words(s) for q in record.quotes for s in q.content]}"
        quotes = [q for q in said if any(_is(record.actor(i), speaker, knowledge) for i in (q.speaker, *q.co_speakers))]
        assert quotes, f"{part!r} is not said by {speaker} but by {[record.actor(q.speaker) for q in said]}"
        if relay:
            carriers = [actor.name for q in quotes for i in q.relayed_by if (actor := record.actor(i)) is not None]
            assert any(fold(name).endswith(fold(relay)) for name in carriers), f"{part!r} came through {carriers}, not {relay}"


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row["lemma"])
def test_a_verb_of_speech_is_read_as_its_row_says(row: Row, read: Callable[..., ArticleRecord]) -> None:
    _check(row, read(row["example"], PUBLISHED), shipped())


@pytest.mark.parametrize("row", NOUNS, ids=lambda row: row["expression"])
def test_a_noun_or_expression_of_speech_is_read_as_its_row_says(row: Row, read: Callable[..., ArticleRecord]) -> None:
    _check(row, read(row["example"], PUBLISHED), shipped())


def test_there_are_cues_enough_for_the_press() -> None:
    assert len(VERBS) >= 250
    assert len(NOUNS) >= 60


@pytest.mark.parametrize("rows", [VERBS, NOUNS], ids=["verbs", "nouns"])
def test_no_row_stands_twice(rows: list[Row]) -> None:
    keys = [next(iter(row.fields.values())) for row in rows]
    assert len(keys) == len(set(keys))
