"""What a governing word does to the act in its complement: each row of the modality table on its own example."""

from __future__ import annotations

from importlib.resources import files

import pytest

from depeche.extraction.acts import Act
from depeche.extraction.stages import Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack
from depeche.language.pack import MODALITY_COLUMNS
from depeche.ontology.tables import Row, read_rows

ROWS = list(read_rows(files("depeche.language.fr") / "modality.tsv", MODALITY_COLUMNS))
REFLEXIVE = ("se ", "s'")

Examples = dict[str, list[Act]]


@pytest.fixture(scope="module")
def acts() -> Examples:
    pack, knowledge = language_pack("fr"), shipped()
    lines = [*dict.fromkeys(row["example"] for row in ROWS), *(line for line, _, _ in UNGOVERNED)]
    return {line: Stages(doc, pack, knowledge, None).events for line, doc in zip(lines, pack.parse_all(lines, 64), strict=True)}


def bare(lemma: str) -> str:
    """The verb without its pronoun."""
    return next((lemma[len(p) :] for p in REFLEXIVE if lemma.startswith(p)), lemma)


def described(acts: list[Act]) -> str:
    return "; ".join(f"{a.row.type} '{a.token.text}' {a.status}" for a in acts) or "nothing"


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['lemma']} {r['kind']}" for r in ROWS])
def test_a_governing_word_gives_its_complement_the_status_of_its_row(acts: Examples, row: Row) -> None:
    read = acts[row["example"]]
    word = bare(row["lemma"])
    if row["inner"] == "skip":
        assert read, f"{row['example']}: the governing word itself is an act"
        assert {a.token.lemma_.lower() for a in read} == {word}, described(read)
        return
    governed = [a for a in read if a.standing.governor is not None and a.standing.governor.lemma_.lower() == word]
    assert governed, f"{row['example']}: no act under {word}, but {described(read)}"
    assert {a.status for a in governed} == {row["inner"]}, described(read)


def test_the_reading_of_a_row_is_its_status() -> None:
    assert [r["lemma"] for r in ROWS if r["reads"] != r["inner"]] == []


# The same acts where nothing governs them.
UNGOVERNED = [
    ("La Turquie a bombardé des positions kurdes.", "ASSAULT", "reported"),
    ("Londres a expulsé vingt diplomates russes.", "SANCTION", "reported"),
    ("Le président turc a rencontré Vladimir Poutine lundi.", "CONSULT", "reported"),
    ("L'attaque russe contre Kiev a duré deux heures.", "ASSAULT", "reported"),
    ("L'Allemagne livrera des chars à l'Ukraine.", "AID", "planned"),
    ("L'Allemagne aurait livré des chars à l'Ukraine.", "AID", "alleged"),
    ("L'Allemagne n'a pas livré ses chars à l'Ukraine.", "AID", "negated"),
]


@pytest.mark.parametrize(("line", "type_", "status"), UNGOVERNED, ids=[line for line, _, _ in UNGOVERNED])
def test_where_nothing_governs_the_verb_tells_the_status(acts: Examples, line: str, type_: str, status: str) -> None:
    found = [a for a in acts[line] if a.row.type == type_]
    assert [a.status for a in found] == [status], described(acts[line])
    assert all(a.standing.governor is None for a in found)
