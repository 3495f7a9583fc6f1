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


def duties(pact: Pact) -> set[tuple[str, str]]:
    return {(c.obligation, c.trigger) for c in pact.clauses}


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


def test_who_announces_a_truce_of_others_is_no_party_to_it() -> None:
    (pact,) = pacts("Ankara annonce une trêve. La trêve entre le Soudan et le Tchad commencera lundi.")
    assert parties(pact) == {"Soudan", "Tchad"}


def test_who_announces_a_truce_alone_is_bound_by_it() -> None:
    (pact,) = pacts("Ankara annonce une trêve.")
    assert parties(pact) == {"Turquie"}


def test_a_truce_in_the_making_is_not_the_one_signed_years_ago() -> None:
    found = pacts("Le Soudan et le Tchad annoncent une trêve. L'accord signé le 15 janvier 2010 entre le Soudan et le Tchad avait mis fin aux combats.")
    assert [p.status for p in found] == ["announced", "signed"]


def test_an_agreement_and_its_signature_a_week_ago_are_one() -> None:
    found = pacts("Le Soudan et le Tchad ont conclu une trêve. La trêve entre le Soudan et le Tchad a été signée le 12 juin 2024.")
    assert len(found) == 1


def test_an_indefinite_article_brings_in_another_agreement() -> None:
    text = "La Turquie a dénoncé le traité que la Grèce et l'Égypte venaient de signer. Le 7 mai 2023, Athènes et Le Caire avaient signé un partenariat."
    found = pacts(text)
    assert len(found) == 2
    assert all(parties(p) == {"Grèce", "Égypte"} for p in found)
    assert found[0].status == "signed"


def test_a_truce_without_names_is_between_those_who_accuse_each_other() -> None:
    text = (
        "Le cessez-le-feu a été suspendu vendredi. Damas accuse les rebelles d'avoir bombardé un village. "
        "Damas accuse les rebelles d'avoir arrêté trois journalistes. Les rebelles démentent."
    )
    (pact,) = pacts(text)
    assert parties(pact) == {"Syrie", "rebelles"}


def test_a_truce_between_nobody_named_is_not_put_on_record() -> None:
    assert pacts("Le cessez-le-feu a été suspendu vendredi. Damas accuse les rebelles d'avoir bombardé un village.") == []


def test_the_text_concluded_between_two_is_an_agreement() -> None:
    (pact,) = pacts("Le texte conclu mardi entre la France et l'Allemagne est court.")
    assert parties(pact) == {"France", "Allemagne"}
    assert pacts("Le texte lu par le ministre péruvien tient en deux pages.") == []


def test_duties_are_read_to_the_end_of_their_enumeration() -> None:
    text = (
        "Le Mali et le Niger ont signé un pacte. Ils devaient se consulter dès que la sécurité de l'un paraîtrait menacée, "
        "mettre en commun leurs renseignements et approvisionner leurs garnisons."
    )
    (pact,) = pacts(text)
    assert {"consult", "cooperate", "supply"} <= {o for o, _ in duties(pact)}


def test_behind_its_terms_a_duty_needs_no_word_of_providing() -> None:
    (pact,) = pacts("Lima et Quito ont signé un accord. Aux termes de l'accord, les deux pays cessent toute opération offensive.")
    assert ("cease_fire", "unconditional") in duties(pact)
    (pact,) = pacts("Lima et Quito ont signé un accord. Dans la soirée, les deux pays cessent toute opération offensive.")
    assert ("cease_fire", "unconditional") not in duties(pact)


def test_what_is_to_come_in_a_paragraph_of_terms_is_one() -> None:
    text = "Lima et Quito ont signé un accord. Le texte prévoit le retrait des troupes. Une commission se réunira chaque mois."
    (pact,) = pacts(text)
    assert "consult" in {o for o, _ in duties(pact)}
    (pact,) = pacts(text.replace(" Une commission", "\n\nUne commission"))
    assert "consult" not in {o for o, _ in duties(pact)}


def test_a_clause_provides_as_its_treaty_does() -> None:
    (pact,) = pacts("Le traité que la Grèce et l'Égypte ont signé inquiète. Une clause prévoit l'assistance mutuelle en cas d'agression.")
    assert pact.kind == "mutual_defence"


def test_whoever_binds_themselves_is_bound_by_the_agreement_last_spoken_of() -> None:
    text = (
        "Le Soudan et le Tchad annoncent une trêve. Les deux pays s'engagent à se consulter. "
        "L'accord signé le 15 janvier 2010 entre le Soudan et le Tchad avait mis fin aux combats."
    )
    new, old = pacts(text)
    assert "consult" in {o for o, _ in duties(new)}
    assert "consult" not in {o for o, _ in duties(old)}


def test_what_a_player_signs_with_a_club_is_no_agreement() -> None:
    assert pacts("Neymar a signé un contrat avec le PSG.") == []
    assert pacts("Neymar a signé un contrat de cinq ans au PSG.") == []
