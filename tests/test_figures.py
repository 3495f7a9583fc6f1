"""Figures: how many, of what, how exactly; and the numbers that count nothing."""

from __future__ import annotations

import pytest

from conftest import Read
from depeche.language import language_pack
from depeche.ontology.tables import Row
from depeche.record import Figure

ROWS = language_pack("fr").figure_rows


def figure(read: Read, text: str) -> Figure:
    """The one figure of a sentence."""
    figures = read(text, "2024-06-19").figures
    assert len(figures) == 1, [text[f.span.start : f.span.end] for f in figures]
    return figures[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["lemma"])
def test_every_row_counts_its_example_in_its_role(read: Read, row: Row) -> None:
    found = figure(read, row["example"])
    assert (found.value, found.role) == (float(row["reads"]), row["role"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Paris livrera 30 avions.", 30),
        ("Paris livrera 7 000 obus.", 7000),
        ("Paris livrera 7\u202f000 obus.", 7000),
        ("Paris livrera 6.500 obus.", 6500),
        ("Paris livrera 2000 obus.", 2000),
        ("Paris livrera 1 250 000 obus.", 1250000),
        ("Paris livrera trente avions.", 30),
        ("Paris livrera trente-cinq avions.", 35),
        ("Paris livrera vingt et un avions.", 21),
        ("Paris livrera vingt-et-un avions.", 21),
        ("Paris livrera quatre-vingt-dix-sept avions.", 97),
        ("Paris livrera soixante et onze avions.", 71),
        ("Paris livrera deux cents obus.", 200),
        ("Paris livrera trois mille deux cents obus.", 3200),
        ("Paris livrera mille obus.", 1000),
        ("Paris a promis 3,2 milliards d'euros.", 3.2e9),
        ("Paris a promis 1,5 million d'euros.", 1.5e6),
        ("Paris a promis un million et demi d'euros.", 1.5e6),
        ("Paris a promis deux millions trois cent mille euros.", 2.3e6),
        ("Paris a promis 1 000 milliards d'euros.", 1e12),
        ("Paris a expulsé quatre anciens ministres.", 4),
    ],
)
def test_numbers_are_read_as_the_french_write_them(read: Read, text: str, value: float) -> None:
    found = figure(read, text)
    assert (found.value, found.upper, found.approximate, found.bound) == (value, None, False, None)


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("Paris livrera une trentaine d'avions.", 30, None),
        ("Paris livrera une dizaine de milliers d'obus.", 10000, None),
        ("Paris livrera un millier d'obus.", 1000, None),
        ("Paris livrera quelque 7 000 obus.", 7000, None),
        ("Paris livrera près de 200 obus.", 200, None),
        ("Paris livrera près d'une centaine d'obus.", 100, None),
        ("Paris livrera environ 200 obus.", 200, None),
        ("Des dizaines de soldats ont défilé.", 10, "at_least"),
        ("Des centaines de milliers de soldats ont défilé.", 100000, "at_least"),
        ("Des milliers de soldats ont défilé.", 1000, "at_least"),
        ("Au moins 28 soldats ont défilé.", 28, "at_least"),
        ("Plus de 28 soldats ont défilé.", 28, "at_least"),
        ("Plus d'une centaine de soldats ont défilé.", 100, "at_least"),
        ("L'attaque a fait 28 morts au moins.", 28, "at_least"),
        ("Pas moins de 28 soldats ont défilé.", 28, "at_least"),
        ("Le contrat pourrait dépasser les 10 milliards de dollars.", 1e10, "at_least"),
        ("Le contrat devrait approcher les 10 milliards de dollars.", 1e10, None),
        ("Paris livrera jusqu'à 200 obus.", 200, "at_most"),
        ("Paris livrera moins de 200 obus.", 200, "at_most"),
        ("Paris livrera au plus 200 obus.", 200, "at_most"),
    ],
)
def test_round_numbers_and_bounds_are_approximate(read: Read, text: str, value: float, bound: str | None) -> None:
    found = figure(read, text)
    assert (found.value, found.approximate, found.bound) == (value, True, bound)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Entre 60 et 90 soldats ont défilé.", 60, 90),
        ("Téhéran compte attirer 30 à 50 milliards de dollars.", 30e9, 50e9),
        ("Téhéran compte attirer entre 30 et 50 milliards de dollars.", 30e9, 50e9),
        ("Le missile pèse de 3 000 à 4 000 tonnes.", 3000, 4000),
        ("Entre 800 000 et 1,2 million de soldats ont défilé.", 800000, 1.2e6),
        ("Les livraisons seraient divisées en trois ou quatre lots.", 3, 4),
        ("Les salaires baisseront de 5 % à 10 %.", 5, 10),
    ],
)
def test_ranges_have_both_ends_at_their_scale(read: Read, text: str, low: float, high: float) -> None:
    found = figure(read, text)
    assert (found.value, found.upper) == (low, high)


def test_two_counts_joined_are_no_range(read: Read) -> None:
    counts = read("L'attaque a fait 12 morts et 30 blessés.").figures
    assert [(f.value, f.upper, f.role) for f in counts] == [(12, None, "dead"), (30, None, "wounded")]


def test_the_things_in_a_place_are_counted_exactly(read: Read) -> None:
    assert not figure(read, "Des combats ont éclaté dans les trois départements.").approximate


def test_a_change_is_no_range(read: Read) -> None:
    found = figure(read, "Ottawa compte augmenter l'effectif de 650 à 830 militaires.")
    assert (found.value, found.upper) == (830, None)
    shares = figure(read, "Le taux est passé de 5 à 10 %.")
    assert (shares.value, shares.upper) == (10, None)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Le contrat vaut 100 $.", 100, "dollars"),
        ("Le contrat vaut $100.", 100, "dollars"),
        ("Le contrat vaut 100 millions €.", 1e8, "euros"),
        ("Le contrat vaut 15 millions d'euros.", 15e6, "euros"),
    ],
)
def test_money_is_read_with_its_currency(read: Read, text: str, value: float, unit: str) -> None:
    found = figure(read, text)
    assert (found.value, found.unit, found.role) == (value, unit, "money")


@pytest.mark.parametrize("text", ["La production a baissé de 3,67 %.", "La production a baissé de 3,67%.", "La production a baissé de 3,67 pour cent."])
def test_shares_are_read_as_such(read: Read, text: str) -> None:
    found = figure(read, text)
    assert (found.value, found.unit, found.role) == (3.67, "%", "other")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("L'attaque a tué douze soldats.", "dead"),
        ("Douze soldats ont été tués dans l'attaque.", "dead"),
        ("Douze soldats ont péri dans l'attaque.", "dead"),
        ("Le bilan est de douze soldats tués.", "dead"),
        ("Douze soldats ont tué le chef du groupe.", "troops"),
        ("Douze policiers ont arrêté le chef du groupe.", "troops"),
        ("La police a arrêté douze manifestants.", "arrested"),
        ("Douze manifestants ont été blessés.", "wounded"),
        ("Douze manifestants ont défilé.", "other"),
    ],
)
def test_the_role_is_what_befalls_those_counted(read: Read, text: str, role: str) -> None:
    assert figure(read, text).role == role


@pytest.mark.parametrize(
    "text",
    [
        "Un F-16 s'est écrasé.",
        "Les CF-18 canadiens ont décollé.",
        "Des F – 16 turcs ont décollé.",
        "Le ministre parlait sur RTL 2.",
        "Le gouvernement invoque l'article 155 de la Constitution.",
        "Des commandes de Boeing 737 et 777 sont à l'étude.",
        "Le G7 s'est réuni en Italie.",
        "Le M23 a pris la ville.",
        "Le ministre est arrivé le 3 mai 2024.",
        "Le ministre est arrivé le 1 er mai.",
        "Le ministre est arrivé il y a trois mois.",
        "Le ministre est âgé de 84 ans.",
        "Le ministre est mort à l'âge de 84 ans.",
        "Les pourparlers ont duré trois jours.",
        "Le pays fête le 104 e anniversaire de son fondateur.",
        "Le pays fête le deuxième anniversaire de sa fondation.",
        "La séance s'est ouverte à 9 h 19.",
        "La séance s'est ouverte à 20H00.",
        "Les deux pays ont signé un accord.",
        "Les deux présidents ont signé un accord.",
        "Le ministre a refusé deux fois.",
        "Publié le 9 octobre 2022 à 17:48 par la rédaction.",
        "Ils considèrent tous les deux les États-Unis comme un rival.",
        "Le numéro 2 mondial a été battu.",
        "La résolution 2231 du Conseil de sécurité a expiré.",
        "Un soldat a déserté.",
        "Cent fois sur le métier remettez votre ouvrage.",
    ],
)
def test_what_counts_nothing_is_no_figure(read: Read, text: str) -> None:
    assert [text[f.span.start : f.span.end] for f in read(text, "2024-06-19").figures] == []


def test_a_bare_number_counts_where_the_verb_needs_its_things(read: Read) -> None:
    counts = read("La police a abattu 8 assaillants, en capturant 2.").figures
    assert [f.value for f in counts] == [8, 2]


def test_whoever_says_a_figure_is_on_record_with_it(read: Read) -> None:
    record = read("Moscou a affirmé que 40 soldats ont péri dans l'attaque.")
    (sayer,) = record.figures[0].said_by
    assert next(a for a in record.actors if a.id == sayer).country == "RUS"
