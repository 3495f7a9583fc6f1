"""Who stands behind an act or against it."""

from __future__ import annotations

import pytest

from depeche.extraction.stages import Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack


def positions(text: str, type_: str) -> set[tuple[str, str]]:
    """Who takes which stance to the acts of a type."""
    pack = language_pack("fr")
    acts = [a for a in Stages(pack.parse(text), pack, shipped(), "2023-05-02").positions if a.row.type == type_]
    assert acts, text
    return {(party.name, stance) for a in acts for party, stance, _ in a.positions}


@pytest.mark.parametrize(
    ("text", "type_", "held"),
    [
        ("Séoul accuse Pyongyang d'avoir livré des munitions à Moscou.", "AID", {("Corée du Sud", "alleges")}),
        ("Kinshasa accuse Kigali d'armer le M23. Le Rwanda dément.", "AID", {("République démocratique du Congo", "alleges"), ("Rwanda", "denies")}),
        ("La Russie annonce une trêve avec l'Ukraine.", "CONCEDE", {("Russie", "asserts")}),
        ("Une trêve avec l'Ukraine a été annoncée par la Russie.", "CONCEDE", {("Russie", "asserts")}),
        ("Pyongyang a tiré un missile vers le Japon. Le tir a été confirmé par Séoul.", "ASSAULT", {("Corée du Sud", "confirms")}),
        ("« Nous ne négocions pas avec l'Arménie », a affirmé Bakou.", "CONSULT", {("Azerbaïdjan", "denies")}),
        ("L'attentat de Bagdad a été revendiqué par l'État islamique.", "ASSAULT", {("État islamique", "asserts")}),
    ],
)
def test_a_stance_is_taken(text: str, type_: str, held: set[tuple[str, str]]) -> None:
    assert held <= positions(text, type_)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        # the reporter tells it; nobody else is named as saying so
        ("La Russie a signé une trêve avec l'Ukraine.", "SUPPORT"),
        ("Pyongyang a tiré un missile vers le Japon. Séoul a convoqué un conseil.", "ASSAULT"),
    ],
)
def test_nobody_takes_a_stance(text: str, type_: str) -> None:
    assert positions(text, type_) == set()


def test_who_is_not_accused_denies_nothing() -> None:
    held = positions("Kinshasa accuse Kigali d'armer le M23. La France dément.", "AID")
    assert all(name != "France" for name, _ in held)
