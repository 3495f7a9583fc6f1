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
        ("Londres annonce dans la soirée une trêve avec l'Argentine.", "CONCEDE", {("Royaume-Uni", "asserts")}),
        ("Washington opposera son veto à la résolution, a prévenu la Maison-Blanche.", "REJECT", {("États-Unis", "asserts")}),
        ("Le quotidien El País rapporte l'arrestation de trois journalistes marocains par l'Algérie.", "COERCE", {("El País", "asserts")}),
        ("Séoul pense que Pyongyang a livré des obus à Moscou.", "AID", {("Corée du Sud", "alleges")}),
        ("Londres impute l'attaque de Salisbury à la Russie.", "ASSAULT", {("Royaume-Uni", "alleges")}),
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
        ("Londres condamne l'attaque russe contre Kiev.", "ASSAULT"),
        ("Pyongyang a tiré un missile vers le Japon. Séoul a convoqué un conseil.", "ASSAULT"),
    ],
)
def test_nobody_takes_a_stance(text: str, type_: str) -> None:
    assert positions(text, type_) == set()


def test_before_somebody_acts_the_act_is_not_denied() -> None:
    """A "ne" behind "avant que" denies nothing, a "ne … pas" does."""
    pack, knowledge = language_pack("fr"), shipped()
    for text, status in (
        ("Les combats ont duré un mois avant que la Russie n'annonce une trêve.", "reported"),
        ("Les combats ont duré un mois et la Russie n'a pas annoncé de trêve.", "negated"),
    ):
        told = [a.status for a in Stages(pack.parse(text), pack, knowledge, None).events if a.row.type == "CONCEDE"]
        assert told == [status], text


def test_what_one_believes_of_oneself_is_no_charge() -> None:
    held = positions("Séoul estime que la Corée du Sud a livré des obus à l'Ukraine.", "AID")
    assert ("Corée du Sud", "alleges") not in held


def test_who_is_not_accused_denies_nothing() -> None:
    held = positions("Kinshasa accuse Kigali d'armer le M23. La France dément.", "AID")
    assert all(name != "France" for name, _ in held)
