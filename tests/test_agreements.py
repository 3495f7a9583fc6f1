"""Every row of the French agreement table reads its own example; what is no agreement, or not this one, reads otherwise."""

from __future__ import annotations

from importlib.resources import files

import pytest

from depeche.extraction.pacts import Pact
from depeche.extraction.stages import Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack
from depeche.language.pack import AGREEMENT_COLUMNS
from depeche.ontology.tables import Row, read_rows

ROWS = list(read_rows(files("depeche.language.fr") / "agreements.tsv", AGREEMENT_COLUMNS))


def pacts(text: str) -> list[Pact]:
    pack = language_pack("fr")
    return Stages(pack.parse(text), pack, shipped(), "2024-06-19").agreements


def parties(pact: Pact) -> set[str]:
    return {p.name for p in pact.parties}


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['what']} {r['word']}" for r in ROWS])
def test_a_row_reads_its_example(row: Row) -> None:
    found = pacts(row["example"])
    assert found, row["example"]
    told: dict[str, set[str | None]] = {
        "noun": {p.kind for p in found},
        "kind": {p.kind for p in found},
        "status": {p.status for p in found},
        "term": {row["value"] for p in found for c in p.clauses},
        "obligation": {c.obligation for p in found for c in p.clauses},
        "case": {c.trigger for p in found for c in p.clauses},
    }
    assert row["reads"] in told[row["what"]], (row["example"], told[row["what"]])


def test_both_who_sign_are_parties() -> None:
    (pact,) = pacts("Paris et La Haye ont signé un accord de défense.")
    assert parties(pact) == {"France", "Pays-Bas"}
    assert (pact.kind, pact.status) == ("mutual_defence", "signed")


def test_an_agreement_between_two_is_theirs_whoever_announces_it() -> None:
    (pact,) = pacts("La Russie annonce une trêve entre l'Arménie et l'Azerbaïdjan.")
    assert parties(pact) == {"Arménie", "Azerbaïdjan"}


def test_what_is_said_to_be_none_is_none() -> None:
    assert pacts("Ce document n'est pas un traité de paix entre Israël et le Liban.") == []


def test_agreements_of_different_names_are_two() -> None:
    text = "Minsk et Moscou ont signé l'accord de Viskouli. Minsk et Moscou ont ensuite signé la charte de Bialowieza."
    assert len(pacts(text)) == 2


def test_the_text_that_was_spoken_of_is_the_agreement() -> None:
    (pact,) = pacts("Le Mali et le Niger ont signé un pacte de défense. Le texte prévoit la livraison de blindés.")
    assert "supply" in {c.obligation for c in pact.clauses}


def test_duties_told_where_no_agreement_is_spoken_of_are_no_terms() -> None:
    assert pacts("Le Mali et le Niger doivent se consulter.") == []


def test_an_assistance_in_case_of_aggression_makes_a_defence_pact() -> None:
    (pact,) = pacts("Le traité entre Moscou et Pyongyang prévoit une assistance mutuelle en cas d'agression.")
    assert pact.kind == "mutual_defence"
    assert ("assist", "aggression_against_party") in {(c.obligation, c.trigger) for c in pact.clauses}


def test_a_named_agreement_does_not_take_over_the_parties_of_another() -> None:
    text = "Minsk et Moscou ont rompu leur pacte de défense. Plus tôt, trois régimes avaient signé la charte du Liptako-Gourma."
    assert all(parties(p) != {"Biélorussie", "Russie"} for p in pacts(text) if "charte" in p.nouns)
