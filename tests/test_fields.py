"""Moves of a game are no acts of states; an attack on a match is one, and so is a dispute about sport."""

from __future__ import annotations

from importlib.resources import files

import pytest

from depeche.extraction.events import code_events
from depeche.extraction.stages import Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack
from depeche.language.pack import FIELD_COLUMNS
from depeche.ontology.tables import Row, read_rows

ROWS = list(read_rows(files("depeche.language.fr") / "fields.tsv", FIELD_COLUMNS))


def types(text: str) -> list[str]:
    pack = language_pack("fr")
    return [a.row.type for a in Stages(pack.parse(text), pack, shipped(), "2024-06-19").events]


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['word']} {r['what']}" for r in ROWS])
def test_the_example_of_a_row_holds_an_act_only_by_its_look(row: Row) -> None:
    pack = language_pack("fr")
    stages = Stages(pack.parse(row["example"]), pack, shipped(), "2024-06-19")
    assert code_events(stages.doc, stages.mentions, stages.dates, stages.figures, stages.quotes, stages.reference) != []
    assert stages.events == []


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("La Suède rencontrera le Brésil à Genève.", "CONSULT"),
        ("La Russie a attaqué l'Ukraine pendant un match.", "ASSAULT"),
        ("Un attentat contre la France a eu lieu pendant un match de football.", "ASSAULT"),
        ("La Suède a exclu de recevoir la Russie. Le match a été annulé.", "REJECT"),
        ("Le Qatar a expulsé deux diplomates suédois après le match de football.", "SANCTION"),
    ],
)
def test_an_act_beside_a_game_is_kept(text: str, type_: str) -> None:
    assert type_ in types(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Les États-Unis étaient appelés aux urnes pour désigner leurs gouverneurs.", False),
        ("La Chine a appelé les États-Unis à lever leurs sanctions.", True),
        ("Les magasins américains sont pris d'assaut.", False),
        ("Les talibans ont pris d'assaut une caserne afghane.", True),
    ],
)
def test_voters_are_not_demanded_anything_and_shoppers_storm_nothing(text: str, kept: bool) -> None:
    assert bool({"REQUEST", "ASSAULT"} & set(types(text))) is kept
