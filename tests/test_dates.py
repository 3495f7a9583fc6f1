"""Expressions of date: what each row of the table says that it means, and what only looks like a date."""

from __future__ import annotations

import pytest

from depeche import Reader
from depeche.extraction.dates import find_dates
from depeche.language import language_pack
from depeche.ontology.tables import Row

ROWS = language_pack("fr").date_rows


def dates(reader: Reader, text: str, base: str | None) -> dict[str, str]:
    """The expressions of date in a text with what they mean: a day, "START/END", or "-" where they stay open."""
    pack = language_pack("fr")
    found = find_dates(pack.parse(text), pack, base)
    return {text[d.span.start : d.span.end]: "-" if d.interval is None else d.interval[0] if len(set(d.interval)) == 1 else "/".join(d.interval) for d in found}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['example']} ({row['base']})")
def test_every_row_reads_its_example(reader: Reader, row: Row) -> None:
    found = dates(reader, row["example"], None if row["base"] == "-" else row["base"])
    if row["reads"] == "none":
        assert not found
    else:
        assert row["reads"] in found.values(), found


@pytest.mark.parametrize(
    "text",
    [
        "Mars attaque, et Pluton se défend.",
        "La sonde a quitté Mars pour Jupiter.",
        "À la mi-temps, le score était nul.",
        "Theresa May a reçu le ministre irlandais.",
        "En mai, fais ce qu'il te plaît.",
        "Le groupe emploie 2000 employés.",
        "Le livre a été tiré en 2000 exemplaires.",
        "Plus de 2000 personnes ont défilé.",
        "Il occupe la chambre 2019 de l'hôtel.",
        "Le match a commencé à 18 heures.",
        "La séance a été levée à 20h30.",
        "La rue du 4 septembre est fermée.",
        "Le Mouvement du 23 mars a pris la ville.",
        "Il a été président pendant trois ans.",
        "Il est âgé de 18 ans.",
        "Les pourparlers ont duré trois jours.",
        "Les mardis de la paix sont une tradition.",
        "L'article 18 du traité a été retiré.",
        "Le F-16 s'est écrasé.",
        "Il a marché sur la route de Mai.",
        "Toussaint Louverture a vaincu les Français.",
        "L'ascension du parti inquiète Bruxelles.",
        "Le ministre a été entendu.",
        "Il a été battu aux points.",
        "Il l'a déclaré à France Dimanche.",
        "Les années une à trois ont été perdues.",
        "Sept ministres ont démissionné.",
        "Ils étaient dix-sept. Octave aussi.",
    ],
)
def test_what_only_looks_like_a_date_is_none(reader: Reader, text: str) -> None:
    assert dates(reader, text, "2024-06-19") == {}


def test_nothing_is_resolved_against_nothing(reader: Reader) -> None:
    relative = "Mercredi, ils se sont vus à Paris. La veille, ils avaient refusé. Il y a trois mois, ils se battaient. L'an dernier, ils parlaient."
    assert set(dates(reader, relative, None).values()) == {"-"}


def test_a_full_date_needs_no_base_and_serves_as_one(reader: Reader) -> None:
    found = dates(reader, "Ils se sont vus le 3 mai 2024. Le lendemain, ils ont signé.", None)
    assert found == {"3 mai 2024": "2024-05-03", "Le lendemain": "2024-05-04"}


def test_the_tense_decides_between_past_and_future(reader: Reader) -> None:
    assert dates(reader, "Le président est arrivé vendredi à Paris.", "2024-06-19") == {"vendredi": "2024-06-14"}
    assert dates(reader, "Le président arrivera vendredi à Paris.", "2024-06-19") == {"vendredi": "2024-06-21"}
    assert dates(reader, "Le président a annoncé qu'il arrivera vendredi à Paris.", "2024-06-19") == {"vendredi": "2024-06-21"}
    assert dates(reader, "Le président doit arriver en mars à Paris.", "2024-12-19") == {"en mars": "2025-03-01/2025-03-31"}
    assert dates(reader, "Le président est arrivé en mars à Paris.", "2024-12-19") == {"en mars": "2024-03-01/2024-03-31"}


def test_expressions_stand_at_their_characters_in_the_order_of_the_text(reader: Reader) -> None:
    text = "Le 18 avr. 2016, puis en mars dernier et hier soir, ils se sont parlé\u00a0; ils se verront dans trois jours."
    pack = language_pack("fr")
    found = find_dates(pack.parse(text), pack, "2024-06-19")
    assert [text[d.span.start : d.span.end] for d in found] == ["18 avr. 2016", "en mars dernier", "hier soir", "dans trois jours"]
