"""The head of a dispatch: when it was written, and for which agency."""

from __future__ import annotations

import pytest

from conftest import Read
from depeche import Article, Reader

STORY = "Le ministre est arrivé mercredi à Paris. Il a rencontré son homologue."


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("PYONGYANG, 19 juin 2024 (AFP) – ", "2024-06-19"),
        ("Erevan, 17 sept. 2021 (AFP) - ", "2021-09-17"),
        ("MOSCOU 3 mai 2019 (Reuters) - ", "2019-05-03"),
        ("19 septembre 2016 . –\n", "2016-09-19"),
        ("Lancement de missile en Corée du Nord\n\n15 avril 2016 . –\n", "2016-04-15"),
        ("Le Canada expulse quatre diplomates\n\nRadio-Canada\nPublié le 14 juin 2019\n\n", "2019-06-14"),
        ("Un sommet pour rien\n\nPublié le : 09/10/2022 - 17:48\n\n", "2022-10-09"),
        ("OLJ / Par la rédaction, le 22 août 2024 à 19h40\n\n", "2024-08-22"),
        ("Publié le 1er mai 2019 à 10 h 05\n\n", "2019-05-01"),
        ("mercredi 19 juin 2024\n", "2024-06-19"),
        ("Le 19 juin 2024\n", "2024-06-19"),
        ("Paris, le 3 mai 2019 – ", "2019-05-03"),
        ("2024-06-19\n\n", "2024-06-19"),
        ("12 mars 2016, Montpellier . –\n", "2016-03-12"),
        ("1er janvier 2017, 1 h 30 UTC+3 . – ", "2017-01-01"),
    ],
)
def test_the_dateline_tells_when_the_article_was_published(read: Read, head: str, published: str) -> None:
    assert read(head + STORY).article.published == published


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "PYONGYANG, 19 juin (AFP) – " + STORY,
        "Les deux pays ont signé un traité le 19 juin 2024. Le ministre est arrivé mercredi.",
        "Les deux pays ont signé un traité le 19 juin 2024.\nLe ministre est arrivé mercredi.",
        "Les deux pays ont signé un traité le 19 juin 2024 (voir notre édition).",
        "Le 22 août 2024 à 19h40, un tir a touché la ville.",
        "Le 3 mai 2019 – jour de l'accord –, les ministres se sont vus.",
        "Le traité du 19 juin 2024 – un tournant – inquiète Séoul.",
        "12 mars 2016, Montpellier a gagné – le public aussi.",
        "Signé à Minsk en février 2015\nLe ministre est arrivé mercredi.",
        "Publié le 14 juin 2019 par le ministère, le rapport accuse le pays voisin.",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(read: Read, text: str) -> None:
    assert read(text).article.published is None


def test_weekdays_are_resolved_by_the_dateline(read: Read) -> None:
    record = read("Erevan, 17 sept. 2021 (AFP) - Le ministre arménien a rencontré mercredi son homologue géorgien à Tbilissi.")
    assert [(e.when.start, e.when.end) for e in record.events if e.when] == [("2021-09-15", "2021-09-15")]


def test_a_date_given_with_the_article_goes_before_its_dateline(reader: Reader) -> None:
    record = reader.read(Article("Publié le 14 juin 2019\n\n" + STORY, published="2019-06-15"))
    assert record.article.published == "2019-06-15"


@pytest.mark.parametrize(
    "text",
    [
        "PYONGYANG, 19 juin (AFP) – " + STORY,
        STORY + " (avec AFP)",
        STORY + "\n(Reuters, AFP)",
        "OLJ / AFP\n\n" + STORY,
    ],
)
def test_the_agency_stands_in_brackets_or_on_a_line_of_credits(read: Read, text: str) -> None:
    assert read(text).article.agency is not None


@pytest.mark.parametrize("text", [STORY, "Le ministre (Défense) est arrivé mercredi à Paris.", "Une journaliste de l'AFP est arrivée mercredi à Paris."])
def test_an_agency_in_the_story_is_not_credited(read: Read, text: str) -> None:
    assert read(text).article.agency is None
