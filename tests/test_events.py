"""Who did what to whom: a line of French, and what must be on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from depeche import ArticleRecord
from depeche.record import Event

Read = Callable[..., ArticleRecord]


def side(record: ArticleRecord, ids: tuple[str, ...]) -> set[str]:
    actors = [record.actor(i) for i in ids]
    return {a.country if a.country and a.kind not in ("group", "agency") else a.name for a in actors if a is not None}


def event(record: ArticleRecord, type_: str) -> Event:
    found = [e for e in record.events if e.type == type_]
    assert found, f"no {type_} among {[e.type for e in record.events]}"
    return found[0]


def types(record: ArticleRecord) -> set[str]:
    return {e.type for e in record.events}


WHO_DID_WHAT = [
    # the active voice, the passive with its agent, the passive without
    ("Séoul accuse Pyongyang de mentir.", "ACCUSE", {"KOR"}, {"PRK"}),
    ("Pyongyang a été accusé par Séoul d'espionnage.", "ACCUSE", {"KOR"}, {"PRK"}),
    ("Trois diplomates russes ont été expulsés.", "SANCTION", set(), {"RUS"}),
    # reflexives and reciprocals
    ("Les ministres français et allemand des Affaires étrangères se sont rencontrés mardi.", "CONSULT", None, None),
    ("Paris et Berlin se sont mutuellement accusés.", "ACCUSE", {"FRA", "DEU"}, {"FRA", "DEU"}),
    # coordination of actors and of acts
    ("Londres et Paris ont condamné Moscou.", "ACCUSE", {"GBR", "FRA"}, {"RUS"}),
    ("Washington a condamné Damas et expulsé deux diplomates syriens.", "SANCTION", {"USA"}, {"SYR"}),
    # nouns with their sides: complements, a demonym
    ("Les frappes israéliennes sur le Liban ont repris.", "ASSAULT", {"ISR"}, {"LBN"}),
    ("La visite de Xi Jinping à Paris a commencé lundi.", "CONSULT", {"CHN"}, {"FRA"}),
    # control and raising
    ("Berlin a décidé d'expulser deux diplomates russes.", "SANCTION", {"DEU"}, {"RUS"}),
    # a relative clause
    ("La France, qui a livré des canons à l'Ukraine, soutient Kiev.", "AID", {"FRA"}, {"UKR"}),
    # light verbs
    ("Ankara a mené une frappe contre le PKK.", "ASSAULT", {"TUR"}, {"PKK"}),
    # reversed verbs
    ("Kim Jong-un a accueilli Vladimir Poutine à Pyongyang.", "CONSULT", {"PRK"}, {"RUS"}),
]


@pytest.mark.parametrize(("line", "type_", "source", "target"), WHO_DID_WHAT, ids=[row[0] for row in WHO_DID_WHAT])
def test_who_did_what_to_whom(read: Read, line: str, type_: str, source: set[str] | None, target: set[str] | None) -> None:
    record = read(line, "2024-06-19")
    found = event(record, type_)
    if source is not None and target is not None:
        assert side(record, found.source) == source
        assert side(record, found.target) == target


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("La Banque de France a frappé une monnaie d'argent.", "ASSAULT"),
        ("Le Premier ministre français a lancé un appel au calme.", "MOBILIZE"),
        ("Le PSG a battu Marseille au Parc des Princes.", "ASSAULT"),
        ("Une tempête a frappé la Bretagne dans la nuit.", "ASSAULT"),
        ("Le chanteur a accueilli ses fans à Lyon.", "CONSULT"),
        ("Les prix de l'essence ont attaqué le portefeuille des ménages.", "ASSAULT"),
        ("Il a signé un autographe à Paris.", "SUPPORT"),
    ],
)
def test_what_is_no_act_between_political_actors_is_left_alone(read: Read, line: str, absent: str) -> None:
    assert absent not in types(read(line, "2024-06-19"))


def test_an_armed_group_is_never_its_country(read: Read) -> None:
    record = read("Le Hezbollah a tiré des roquettes sur Israël.", "2024-06-19")
    assert side(record, event(record, "ASSAULT").source) == {"Hezbollah"}


def test_a_side_that_the_clause_does_not_fill_stays_empty(read: Read) -> None:
    record = read("Paris a condamné l'attentat. Berlin se tait.", "2024-06-19")
    assert "DEU" not in {c for e in record.events for c in (*side(record, e.source), *side(record, e.target))}


STATUSES = [
    ("L'Iran a livré des drones à la Russie.", "AID", "reported"),
    ("L'Iran aurait livré des drones à la Russie.", "AID", "alleged"),
    ("Kiev accuse l'Iran d'avoir livré des drones à la Russie.", "AID", "alleged"),
    ("La France va livrer des canons à l'Ukraine.", "AID", "planned"),
    ("La France livrera des canons à l'Ukraine.", "AID", "planned"),
    ("Berlin a promis que l'Allemagne livrerait des chars à l'Ukraine.", "AID", "planned"),
    ("La France n'a pas livré de canons à l'Ukraine.", "AID", "negated"),
    ("Si la Russie attaque la Pologne, l'Otan répondra.", "ASSAULT", "hypothetical"),
]


@pytest.mark.parametrize(("line", "type_", "status"), STATUSES, ids=[row[0] for row in STATUSES])
def test_did_it_happen(read: Read, line: str, type_: str, status: str) -> None:
    assert event(read(line, "2024-06-19"), type_).status == status


def test_a_refusal_is_an_act_that_happened_and_what_is_refused_is_none(read: Read) -> None:
    record = read("Belgrade refuse de livrer les suspects à Pristina.", "2024-06-19")
    assert event(record, "REJECT").status == "reported"
    assert "AID" not in types(record)


def test_a_denied_allegation_carries_both_sides(read: Read) -> None:
    record = read("Séoul accuse Pyongyang d'avoir livré des armes à Moscou, ce que la Corée du Nord dément.", "2024-06-19")
    aid = event(record, "AID")
    assert aid.status == "alleged"
    positions = {(record.actor(p.actor).country, p.stance) for p in aid.positions}  # type: ignore[union-attr]
    assert positions == {("KOR", "alleges"), ("PRK", "denies")}


def test_an_act_takes_the_date_of_its_own_clause(read: Read) -> None:
    record = read("Paris a expulsé mardi deux diplomates russes, avant que Moscou ne condamne la France mercredi.", "2024-06-20")
    when = event(record, "SANCTION").when
    assert when is not None and when.start == when.end == "2024-06-18"


def test_without_a_date_of_publication_a_weekday_stays_open(read: Read) -> None:
    assert event(read("Paris a expulsé mardi deux diplomates russes."), "SANCTION").when is None


def test_a_reported_act_without_a_date_is_not_after_publication(read: Read) -> None:
    bounds = event(read("Paris a expulsé deux diplomates russes.", "2024-06-20"), "SANCTION").bounds
    assert bounds is not None and (bounds.start, bounds.end, bounds.basis) == (None, "2024-06-20", "published")


def test_every_event_names_its_row_and_the_words_of_its_sides(read: Read) -> None:
    record = read("Séoul accuse Pyongyang de mentir.")
    found = event(record, "ACCUSE")
    assert found.rule.startswith("accuser verb")
    assert [(s.side, record.words(s.span)) for s in found.sides] == [("source", "Séoul"), ("target", "Pyongyang")]
