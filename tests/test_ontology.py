"""The code lists agree with each other: what CAMEO is mapped to, PLOVER knows."""

from __future__ import annotations

import pytest

from depeche.ontology.cameo import CameoCode, cameo_codes
from depeche.ontology.cow import cow_code
from depeche.ontology.plover import CONTEXTS, EVENT_TYPES, score


@pytest.mark.parametrize("code", cameo_codes().values(), ids=lambda c: c.code)
def test_every_cameo_code_leads_to_a_type_a_mode_and_contexts_of_plover(code: CameoCode) -> None:
    assert code.type in EVENT_TYPES
    assert code.mode is None or code.mode in EVENT_TYPES[code.type].modes
    assert set(code.contexts) <= CONTEXTS


def test_a_mode_without_a_score_of_its_own_has_its_types() -> None:
    assert score("PROTEST", "vandalize") == score("PROTEST", None) == -5
    assert score("PROTEST", "riot") == -7


@pytest.mark.parametrize(("state", "number"), [("FRA", 220), ("DEU", 255), ("RUS", 365), ("PRK", 731), ("SUN", 365)])
def test_states_have_the_numbers_of_the_correlates_of_war(state: str, number: int) -> None:
    assert cow_code(state) == number


def test_who_is_no_state_has_no_number() -> None:
    assert cow_code("org:onu") is None
