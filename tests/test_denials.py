"""Every row of the table of denials answers the allegation of its own example; what answers nothing, or something else, leaves it alone."""

from __future__ import annotations

from importlib.resources import files

import pytest

from depeche.extraction.acts import Act
from depeche.extraction.stages import Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack
from depeche.language.pack import DENIAL_COLUMNS
from depeche.ontology.tables import Row, read_rows

ROWS = list(read_rows(files("depeche.language.fr") / "denials.tsv", DENIAL_COLUMNS))


def acts(text: str) -> list[Act]:
    pack = language_pack("fr")
    return Stages(pack.parse(text), pack, shipped(), "2024-06-19").positions


def deniers(text: str) -> set[str | None]:
    """The countries of those who deny something, what they say of themselves apart."""
    return {party.country for act in acts(text) for party, stance, _ in act.positions if stance == "denies" and act.row.type != "REJECT"}


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['word']} {r['what']}" for r in ROWS])
def test_a_row_denies_what_its_example_alleges(row: Row) -> None:
    assert deniers(row["example"]) == {row["reads"]}


def test_a_row_says_what_its_word_does() -> None:
    assert {row["what"] for row in ROWS} == {"denies", "rejects", "charge", "involvement", "falsehood"}


CHARGE = "Alger accuse Rabat d'avoir bombardé des camions."


@pytest.mark.parametrize(
    ("answer", "denied"),
    [
        ("L'Algérie, elle, accuse. Le Maroc, lui, dément.", {"MAR"}),
        ("Rabat n'a pas démenti.", set()),
        ("Rabat n'a ni confirmé ni démenti.", set()),
        ("Rabat a refusé de démentir.", set()),
        ("Rabat refuse de commenter.", set()),
        ("Rabat a rejeté une médiation française.", set()),
        ("La Tunisie a démenti.", set()),
        ("« Aucun de nos avions n'a franchi la frontière », a affirmé le porte-parole du gouvernement marocain.", {"MAR"}),
        ("« Personne ne nous dictera notre conduite », a affirmé le porte-parole du gouvernement marocain.", set()),
        ("« Nous n'avons jamais refusé de négocier », a affirmé le porte-parole du gouvernement marocain.", set()),
        ("Le Maroc fabrique de faux passeports.", set()),
        ("Ce n'est pas une fable, ont répondu des témoins. Rabat se tait.", set()),
    ],
)
def test_only_a_denial_of_the_accused_denies(answer: str, denied: set[str]) -> None:
    assert deniers(f"{CHARGE} {answer}") == denied


def test_a_relative_clause_denies_the_act_that_it_hangs_on() -> None:
    assert deniers("La livraison de missiles grecs à l'Égypte, qu'Athènes a démentie, inquiète la Turquie.") == {"GRC"}


def test_what_one_party_asserts_and_the_other_denies_is_alleged() -> None:
    (act,) = [a for a in acts("D'après Kigali, Kinshasa a fourni des armes aux FDLR. Un mensonge, réplique Kinshasa.") if a.row.type == "AID"]
    assert act.status == "alleged"
    assert {(p.country, stance) for p, stance, _ in act.positions} == {("RWA", "alleges"), ("COD", "denies")}


def test_anybody_may_call_a_boast_false() -> None:
    assert deniers("La Corée du Nord annonce avoir tiré un missile. La Corée du Sud parle d'un « montage ».") == {"KOR"}
    assert deniers("La Corée du Nord annonce avoir tiré un missile. La Corée du Sud parle d'un « tournant ».") == set()


def test_what_one_asserts_of_oneself_stays_reported() -> None:
    (act,) = [a for a in acts("Kigali affirme avoir fourni des armes au Mozambique.") if a.row.type == "AID"]
    assert act.status == "reported"
    assert {stance for _, stance, _ in act.positions} == {"asserts"}


def test_what_is_told_in_passing_is_not_denied() -> None:
    text = "Damas accuse les rebelles d'avoir bombardé deux villages assiégés par l'Iran. L'Iran dément."
    assert all(stance != "denies" for act in acts(text) for _, stance, _ in act.positions if act.token.text == "assiégés")


def test_two_accusations_are_denied_together() -> None:
    text = "Kiev accuse Moscou d'avoir bombardé Kharkiv. Kiev accuse Moscou d'avoir arrêté un maire. La Russie a rejeté ces deux accusations."
    denied = {a.row.type for a in acts(text) for _, stance, _ in a.positions if stance == "denies"}
    assert {"ASSAULT", "COERCE"} <= denied
