"""Reported speech without marks: what was said, where it ends, who said it, and twins in which nobody speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from depeche.record import ArticleRecord, Quote

Read = Callable[..., ArticleRecord]
PUBLISHED = "2024-06-19"


def indirect(record: ArticleRecord) -> list[Quote]:
    return [q for q in record.quotes if q.form == "indirect"]


def told(record: ArticleRecord) -> list[tuple[str | None, list[str]]]:
    """Who said what: the country of the speaker, or the name of one who has none, and the words."""
    found = []
    for quote in indirect(record):
        actor = record.actor(quote.speaker)
        found.append((None if actor is None else actor.country or actor.name, [record.words(span) for span in quote.content]))
    return found


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        # clauses
        ("Madrid a annoncé que le consulat à Alger rouvrirait lundi.", "ESP", ["le consulat à Alger rouvrirait lundi"]),
        ("Copenhague a fait savoir que le Groenland n'était pas à vendre.", "DNK", ["le Groenland n'était pas à vendre"]),
        ("La Maison-Blanche a déclaré lors d'un point de presse que les troupes resteraient en Irak.", "USA", ["les troupes resteraient en Irak"]),
        ("Moscou a promis, selon des propos rapportés par Reuters, que la trêve tiendrait.", "RUS", ["la trêve tiendrait"]),
        ("Paris demande si la trêve tient.", "FRA", ["la trêve tient"]),
        ("Kiev demande que l'aéroport soit placé sous contrôle international.", "UKR", ["l'aéroport soit placé sous contrôle international"]),
        ("Berlin a salué l'accord et promis que les soldats partiraient.", "DEU", ["les soldats partiraient"]),
        ("Berlin a protesté, assurant que ses soldats resteraient au Mali.", "DEU", ["ses soldats resteraient au Mali"]),
        ("Kigali a démenti, niant que ses soldats aient franchi la frontière.", "RWA", ["ses soldats aient franchi la frontière"]),
        ("Le Caire a donné l'assurance que le canal resterait ouvert.", "EGY", ["le canal resterait ouvert"]),
        ("Du côté d'Athènes, on assure que les deux navires se sont évités.", "GRC", ["les deux navires se sont évités"]),
        # infinitives
        ("Téhéran assure vouloir négocier.", "IRN", ["vouloir négocier"]),
        ("Téhéran dit avoir livré les drones.", "IRN", ["avoir livré les drones"]),
        ("Téhéran promet de partir.", "IRN", ["partir"]),
        ("Téhéran se dit prêt à négocier.", "IRN", ["prêt à négocier"]),
        ("Séoul accuse Pyongyang d'avoir livré des obus.", "KOR", ["avoir livré des obus"]),
        ("Kiev a demandé à Paris de livrer des avions.", "UKR", ["livrer des avions"]),
        # sources
        ("Selon le ministère turc de la Défense, l'armée avance.", "TUR", ["l'armée avance"]),
        ("D'après Israël, le tunnel s'étendait sur quatre kilomètres.", "ISR", ["le tunnel s'étendait sur quatre kilomètres"]),
        ("Aux yeux de Moscou, l'accord est mort.", "RUS", ["l'accord est mort"]),
        ("L'armée avance vers Alep, selon le ministère turc de la Défense.", "TUR", ["L'armée avance vers Alep"]),
        ("Selon un communiqué de la présidence angolaise, la rencontre aura lieu lundi.", "AGO", ["la rencontre aura lieu lundi"]),
        ("Selon une enquête réalisée par l'ONU, les deux armées ont tiré.", "ONU", ["les deux armées ont tiré"]),
        ("Selon Maria Alvarez, présidente de la Croix-Rouge, la ville a faim.", "Maria Alvarez", ["la ville a faim"]),
        ("La ville a faim, selon Maria Alvarez, présidente de la Croix-Rouge du canton de Genève.", "Maria Alvarez", ["La ville a faim"]),
        ("Selon la préfecture, la route est coupée.", "préfecture", ["la route est coupée"]),
        ("Selon plusieurs médias, la rencontre aura lieu lundi.", "médias", ["la rencontre aura lieu lundi"]),
        ("L'annonce de Brasilia, selon laquelle la forêt progresse, a surpris.", "BRA", ["la forêt progresse"]),
        # incises
        ("L'armée turque avance vers Alep, a indiqué Ankara.", "TUR", ["L'armée turque avance vers Alep"]),
        ("Les obus ont manqué tout l'hiver, a reconnu mardi devant la presse le ministre letton de la Défense.", "LVA", ["Les obus ont manqué tout l'hiver"]),
        ("La rencontre aura lieu lundi, ont fait savoir les autorités suisses.", "CHE", ["La rencontre aura lieu lundi"]),
    ],
)
def test_reported_speech_has_its_words_and_speaker(read: Read, text: str, who: str, said: list[str]) -> None:
    assert told(read(text, PUBLISHED)) == [(who, said)]


@pytest.mark.parametrize(
    "text",
    [
        "Madrid rouvrira lundi le consulat à Alger.",
        "Copenhague a fait construire un pont que les Suédois attendaient.",
        "On note que la trêve tient.",
        "Rappelons que la trêve tient.",
        "Téhéran a refusé de négocier.",
        "Téhéran a cessé de livrer les drones.",
        "La décision pourrait inciter la population à quitter la ville.",
        "Selon le calendrier, la course aura lieu lundi.",
        "Selon l'accord, les troupes partiront lundi.",
        "Le train pour Paris est en retard.",
        "L'armée turque, qui avance, a indiqué la route à suivre.",
        "Le ministre turc de la Défense, attendu à Bakou, a demandé une carte.",
        "La délégation a quitté Genève avant que la séance soit levée.",
    ],
)
def test_where_nobody_speaks_nothing_is_reported(read: Read, text: str) -> None:
    assert told(read(text, PUBLISHED)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # the reporter's contrast, a second verb, and what a mark cuts off
        ("Ankara a indiqué que l'armée avançait, alors que Damas dénonce une invasion.", ["l'armée avançait"]),
        ("Ankara a indiqué que l'armée avançait et a rappelé son ambassadeur.", ["l'armée avançait"]),
        ("Ankara a indiqué que l'armée avançait ; Damas a rappelé son ambassadeur.", ["l'armée avançait"]),
        # inside what was said a comma ends nothing
        ("Ankara a indiqué que l'armée, malgré la neige, avançait.", ["l'armée, malgré la neige, avançait"]),
        ("Pas question, a-t-il souligné, de rappeler les vedettes.", ["Pas question", "de rappeler les vedettes"]),
    ],
)
def test_reported_speech_ends_where_the_reporter_speaks_again(read: Read, text: str, said: list[str]) -> None:
    assert [words for _, words in told(read(text, PUBLISHED))] == [said]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Le ministre hongrois s'y oppose. À l'en croire, les sanctions ruinent l'Europe.", "HUN"),
        ("Le ministre hongrois s'y oppose. Selon lui, les sanctions ruinent l'Europe.", "HUN"),
        ("Le ministre hongrois s'y oppose. A ses yeux, les sanctions ruinent l'Europe.", "HUN"),
        ("La Première ministre danoise s'y oppose. Selon elle, les sanctions ruinent l'Europe.", "DNK"),
    ],
)
def test_a_pronoun_behind_a_source_is_whoever_spoke_before(read: Read, text: str, country: str) -> None:
    assert [who for who, _ in told(read(text, PUBLISHED))] == [country]


def test_the_ministry_of_a_leader_speaks_for_the_state(read: Read) -> None:
    assert told(read("Le gouvernement de Pedro Sanchez a annoncé que le consulat rouvrirait.", PUBLISHED)) == [("ESP", ["le consulat rouvrirait"])]


def test_a_relative_clause_speaks_for_the_one_named_before_it(read: Read) -> None:
    text = "Le roi a reçu le président catalan Carles Puigdemont, qui a précisé que le vote aurait lieu."
    record = read(text, "2017-10-11")
    (quote,) = indirect(record)
    actor = record.actor(quote.speaker)
    assert actor is not None
    assert actor.name == "Carles Puigdemont"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Moscou a dit que la trêve tiendrait.", "reported"),
        ("Moscou aurait dit que la trêve tiendrait.", "alleged"),
        ("Moscou n'a pas dit que la trêve tiendrait.", "negated"),
        ("Moscou n'a jamais dit que la trêve tiendrait.", "negated"),
    ],
)
def test_words_only_said_to_have_been_said_or_not_said_are_told_as_such(read: Read, text: str, status: str) -> None:
    assert [q.status for q in indirect(read(text, PUBLISHED))] == [status]


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Moscou a promis, selon des propos rapportés par Reuters, que la trêve tiendrait.", ["Reuters"]),
        ("La trêve tient, selon le ministère turc de la Défense, cité par Reuters.", ["Reuters"]),
        ("Moscou a promis que la trêve tiendrait. Reuters a fermé son bureau.", []),
    ],
)
def test_reported_speech_tells_through_whom_it_came(read: Read, text: str, via: list[str]) -> None:
    record = read(text, PUBLISHED)
    (quote,) = indirect(record)
    assert [actor.name for i in quote.relayed_by if (actor := record.actor(i)) is not None] == via


def test_words_in_marks_inside_reported_speech_are_on_record_beside_it(read: Read) -> None:
    record = read("Paris a annoncé que les troupes partiraient « sans délai » du Mali.", PUBLISHED)
    assert {(q.form, record.words(q.content[0])) for q in record.quotes} == {
        ("indirect", "les troupes partiraient « sans délai » du Mali"),
        ("mixed", "sans délai"),
    }
