"""Reports of one event become one affair, whoever tells it and in whatever order it comes."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depeche.affairs import merging
from depeche.affairs.merging import merge
from depeche.affairs.view import AffairsView
from depeche.record import Article, ArticleRecord
from depeche.store.filters import Filter
from depeche.store.store import Store, open_store
from depeche.store.view import View
from invented import LONG, Act, content, record_of

Tables = dict[str, list[tuple[Any, ...]]]
MERGED = ("dispatches", "affairs", "affair_members", "affair_sides", "dyads")


@pytest.fixture
def store(where: str) -> Store:
    return open_store(where, writable=True)


def merged(store: Store, records: Iterable[ArticleRecord]) -> list[dict[str, Any]]:
    """The affairs of records that are written and merged one after the other."""
    for record in records:
        store.write([record])
        merge(store)
    return AffairsView(store).affairs(Filter(limit=None))


# ── Two stories, as papers tell them ──
BLOCKADE = (
    "{a}ANKARA, 14 mars 2031{c} - La marine turque a bloqué mercredi le port de Varna, a annoncé le ministère bulgare de la Défense. Trois navires de "
    "guerre empêchent les cargos de sortir. La Bulgarie accuse la Turquie d'avoir violé ses eaux territoriales, ce qu'Ankara dément. « C'est un "
    "exercice », a déclaré le ministre turc de la Défense, cité par l'agence Anadolu. Douze marins ont été blessés, selon Sofia."
)
STORY_OF_A_BLOCKADE = [
    Article(BLOCKADE.format(a="", c=" (AFP)"), published="2031-03-14", publisher="Le Courrier", url="https://courrier.example/varna"),
    Article(
        BLOCKADE.format(a="", c=" (AFP)").replace("Douze marins ont été blessés, selon Sofia.", "Sofia parle de douze marins blessés."),
        published="2031-03-15",
        publisher="La Tribune",
        url="https://tribune.example/blocus",
    ),
    Article(
        "SOFIA, 14 mars 2031 (Reuters) - La Turquie bloque depuis mercredi le port bulgare de Varna avec trois bâtiments de guerre. Le gouvernement "
        "bulgare a accusé la Turquie d'une violation de ses eaux. Quinze marins ont été blessés mercredi, d'après les secours.",
        published="2031-03-14",
        publisher="La Gazette",
        url="https://gazette.example/1",
    ),
    Article(
        "La Turquie a levé vendredi le blocus de Varna. Ankara et Sofia ont signé vendredi un accord de pêche à Istanbul. Le blocus de Varna par la "
        "marine turque, le 14 mars 2031, avait fait quinze blessés.",
        published="2031-03-21",
        publisher="La Gazette",
        url="https://gazette.example/2",
    ),
]
STORY_OF_AN_EXPULSION = [
    Article(
        "Le Chili a expulsé lundi quatre diplomates péruviens. Santiago les accuse d'espionnage. Le Pérou a condamné lundi cette décision.",
        published="2031-05-05",
        publisher="La Gazette",
        url="https://gazette.example/3",
    ),
    Article(
        "LIMA, 5 mai 2031 (AFP) - Le Pérou a condamné lundi l'expulsion par le Chili de quatre de ses diplomates. Lima va rappeler son ambassadeur.",
        published="2031-05-05",
        publisher="Le Courrier",
        url="https://courrier.example/lima",
    ),
    Article(
        "Le Pérou a rappelé mardi son ambassadeur au Chili. Santiago avait expulsé quatre diplomates péruviens le 5 mai 2031.",
        published="2031-05-06",
        publisher="La Tribune",
        url="https://tribune.example/lima",
    ),
    Article(
        "Le Chili a expulsé lundi six diplomates péruviens. Le président péruvien et le président chilien se sont rencontrés à Quito le 19 mai 2031.",
        published="2031-06-02",
        publisher="La Tribune",
        url="https://tribune.example/quito",
    ),
]


@pytest.fixture(scope="module")
def stories(reader: Any) -> list[ArticleRecord]:
    return [reader.read(article) for article in STORY_OF_A_BLOCKADE + STORY_OF_AN_EXPULSION]


def all_at_once(path: Path, records: list[ArticleRecord]) -> Tables:
    store = open_store(path, writable=True)
    store.write(records)
    merge(store)
    return {name: rows for name, rows in content(store).items() if name in MERGED}


def in_batches(path: Path, records: list[ArticleRecord], chance: random.Random) -> Tables:
    store = open_store(path, writable=True)
    left = chance.sample(records, len(records))
    with pytest.MonkeyPatch.context() as patch:
        # However few there are, what is new is merged into what is there, and nothing afresh.
        patch.setattr(merging, "_MANY", 0)
        while left:
            size = chance.randint(1, 12)
            store.write(left[:size])
            left = left[size:]
            merge(store)
    return {name: rows for name, rows in content(store).items() if name in MERGED}


def hand_made() -> list[ArticleRecord]:
    """Sixty articles about few events, so that nearly everything could be joined with something."""
    chance = random.Random(3)
    records = []
    for n in range(60):
        acts = []
        for _ in range(chance.randint(1, 3)):
            source, target = chance.sample(["RUS", "UKR", "FRA", "CHN", "le Hezbollah"], 2)
            day = f"2024-0{chance.randint(4, 7)}-{chance.choice(['05', '06', '07', '20'])}"
            acts.append(
                Act(
                    *(chance.choice(["SANCTION", "ACCUSE", "AGREE", "SUPPORT", "ASSAULT", "CONSULT"]), (source,), chance.choice([(target,), ()])),
                    mode=None,
                    day=chance.choice([day, day, None]),
                    bounds=chance.choice([None, None, ("2024-05-01", "2024-06-20"), ("2024-05-05", None)]),
                    place=chance.choice([None, None, "Minsk", "Tachkent"]),
                    status=chance.choice(["reported", "alleged", "planned"]),
                    positions=chance.choice([(), ((source, "denies"),), ((target, "alleges"),)]),
                    dead=chance.choice([None, 12, 15]),
                )
            )
        printed = LONG if chance.random() < 0.3 else f"Le texte numéro {n} ne ressemble à aucun autre, sinon par le sujet dont il parle en {n} mots à peu près."
        published = chance.choice([f"2024-0{chance.randint(4, 7)}-08", None])
        records.append(record_of(printed, *acts, published=published, publisher=chance.choice("ABC"), url=f"https://presse.example/{n // 2 if n % 5 else n}"))
    return records


@pytest.fixture(scope="module")
def crowd() -> list[ArticleRecord]:
    # One address, one text: which of two texts is the newer hangs on the order, and is not asked here.
    return list({record.article.url: record for record in hand_made()}.values())


@pytest.fixture(scope="module")
def whole(crowd: list[ArticleRecord], stories: list[ArticleRecord], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tables]:
    folder = tmp_path_factory.mktemp("whole")
    return {name: all_at_once(folder / name, records) for name, records in (("crowd", crowd), ("stories", stories))}


@pytest.mark.parametrize("order", range(20))
def test_affairs_are_the_same_in_any_order_and_any_batches(
    crowd: list[ArticleRecord], stories: list[ArticleRecord], whole: dict[str, Tables], tmp_path: Path, order: int
) -> None:
    for name, records in (("crowd", crowd), ("stories", stories)):
        parts = in_batches(tmp_path / name, records, random.Random(order))
        assert [table for table in MERGED if whole[name][table] != parts[table]] == []
        assert len(parts["affair_members"]) > len(parts["affairs"]), "nothing was joined"


day = st.dates(min_value=date(2024, 5, 1), max_value=date(2024, 9, 1)).map(lambda d: d.isoformat())
some_days = st.none() | st.tuples(day, day).map(lambda pair: (min(pair), max(pair)))
any_act = st.builds(
    lambda type_, two, days, bounds, place, status: Act(
        *(type_, two[0], two[1], None),
        day=days and days[0],
        until=days and days[1],
        bounds=bounds,
        place=place,
        status=status,
    ),
    st.sampled_from(["SANCTION", "ACCUSE", "AGREE", "ASSAULT", "RETREAT"]),
    st.sampled_from([(("RUS",), ("FRA",)), (("RUS",), ()), (("FRA",), ("RUS",)), (("le Hezbollah",), ("FRA",)), ((), ("FRA",))]),
    some_days,
    st.none() | some_days | st.tuples(day, st.none()) | st.tuples(st.none(), day),
    st.sampled_from([None, "Minsk"]),
    st.sampled_from(["reported", "planned"]),
)
any_articles = st.lists(st.tuples(st.lists(any_act, min_size=1, max_size=2), st.none() | day), min_size=4, max_size=9)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles=any_articles, chance=st.randoms(use_true_random=False))
def test_whatever_is_told_the_order_does_not_matter(tmp_path_factory: Any, articles: Any, chance: random.Random) -> None:
    records = [record_of(f"Texte {n} court.", *acts, published=published) for n, (acts, published) in enumerate(articles)]
    folder = tmp_path_factory.mktemp("order")
    assert all_at_once(folder / "whole.sqlite", records) == in_batches(folder / "parts.sqlite", records, chance)


UNDATED = (
    record_of("Moscou pourrait expulser, à partir de mai.", Act(bounds=("2024-05-05", None)), published=None),
    record_of("Moscou a expulsé des Français.", Act(), published=None),
)


YEAR = (
    record_of("Moscou expulse au long de l'année.", Act(bounds=("2024-01-01", "2024-12-31"))),
    record_of("En 2024, Moscou a expulsé.", Act(day="2024-01-01", until="2024-12-31")),
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_tellings_of_one_year_meet_whichever_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[int, int]) -> None:
    monkeypatch.setattr(merging, "_MANY", 0)
    (affair,) = merged(open_store(tmp_path / "record.sqlite", writable=True), [YEAR[n] for n in order])
    assert len(affair["members"]) == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_articles_without_any_date_meet_whichever_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[int, int]) -> None:
    monkeypatch.setattr(merging, "_MANY", 0)
    (affair,) = merged(open_store(tmp_path / "record.sqlite", writable=True), [UNDATED[n] for n in order])
    assert len(affair["members"]) == 2


# ── One event, several tellings ──
def test_two_outlets_that_report_one_event_count_two(store: Store) -> None:
    (affair,) = merged(store, [record_of("Moscou a expulsé des diplomates.", Act(), publisher="A"), record_of("La Russie expulse.", Act(), publisher="B")])
    assert (affair["independent_outlets"], len(affair["members"])) == (2, 2)


def test_one_paper_that_reports_an_event_twice_counts_once(store: Store) -> None:
    (affair,) = merged(store, [record_of("Moscou a expulsé des diplomates.", Act(), publisher="A"), record_of("La Russie expulse.", Act(), publisher="A")])
    assert (affair["independent_outlets"], len(affair["members"])) == (1, 2)


REPRINTS = {
    "word by word": LONG,
    "with small edits": LONG.replace("mardi ", "").replace("précise le texte", "indique le texte"),
    "cut at the end": LONG[: LONG.index("Les intéressés")] + "Les intéressés devront quitter le pays.",
    "with a line before it": "De notre correspondant. " + LONG,
}


@pytest.mark.parametrize("text", REPRINTS.values(), ids=REPRINTS.keys())
def test_a_reprint_is_the_outlet_that_it_prints(store: Store, text: str) -> None:
    (affair,) = merged(store, [record_of(LONG, Act(), publisher="A"), record_of(text, Act(), publisher="B", published="2024-06-20")])
    assert (affair["independent_outlets"], len(affair["members"])) == (1, 2)


def test_reprints_count_as_the_agency_that_one_of_them_credits(store: Store) -> None:
    records = [
        record_of(LONG, Act(), publisher="A"),
        record_of(LONG.replace("mardi", "hier"), Act(), publisher="B", agency="AFP"),
        record_of("Un autre texte de la même agence, qui raconte l'expulsion de douze Français.", Act(), publisher="C", agency="Agence France-Presse"),
    ]
    (affair,) = merged(store, records)
    assert (affair["independent_outlets"], len(affair["members"])) == (1, 3)


def test_the_same_words_a_month_later_are_no_reprint(store: Store) -> None:
    # The article without a date stands before the others in their order, and is no reason to compare months.
    without = record_of(LONG.replace("mardi", "naguère"), Act("ACCUSE"), publisher="C", published=None)
    later = record_of(LONG, Act(day="2024-07-19"), publisher="B", published="2024-07-19")
    store.write([record_of(LONG, Act(day="2024-06-18"), publisher="A"), without, later])
    merge(store)
    assert len({row["dispatch"] for row in View(store).sql("select dispatch from dispatches")}) == 3


def test_a_look_alike_on_another_day_stays_apart(store: Store) -> None:
    strikes = [record_of(f"Frappe numéro {n} sur Minsk.", Act("ASSAULT", mode="aerial", day=f"2024-06-{n}", place="Minsk")) for n in (11, 14, 18)]
    assert len(merged(store, strikes)) == 3


def test_another_side_another_type_or_another_place_stays_apart(store: Store) -> None:
    acts = [
        Act("ASSAULT", mode="aerial", day="2024-06-11", place="Minsk"),
        Act("ASSAULT", mode="aerial", day="2024-06-11", place="Tachkent"),
        Act("ASSAULT", source=("CHN",), mode="aerial", day="2024-06-11", place="Minsk"),
        Act("THREATEN", day="2024-06-11", place="Minsk"),
    ]
    assert len(merged(store, [record_of(f"Article numéro {n}.", act) for n, act in enumerate(acts)])) == 4


def test_who_asserts_and_who_denies_in_different_articles_dispute_an_event(store: Store) -> None:
    accusing = record_of(
        "Paris accuse Moscou d'une frappe.", Act("ASSAULT", day="2024-06-11", status="alleged", positions=(("FRA", "alleges"),)), publisher="A"
    )
    denying = record_of("Moscou dément toute frappe.", Act("ASSAULT", day="2024-06-11", positions=(("RUS", "denies"),)), publisher="B")
    (affair,) = merged(store, [accusing, denying])
    assert affair["disputed"]
    assert {(p["actor"]["country"], p["stance"], p["article"]) for p in affair["positions"]} == {
        ("FRA", "alleges", accusing.article.id),
        ("RUS", "denies", denying.article.id),
    }
    assert AffairsView(store).disputes() == [affair]


def test_a_denial_alone_is_no_dispute(store: Store) -> None:
    (affair,) = merged(store, [record_of("Moscou dément toute frappe.", Act("ASSAULT", positions=(("RUS", "denies"),)))])
    assert not affair["disputed"]


def test_twelve_or_fifteen_dead_stand_side_by_side(store: Store) -> None:
    twelve, fifteen = (record_of(f"La frappe a fait {n} morts.", Act("ASSAULT", day="2024-06-11", dead=n), publisher=str(n)) for n in (12, 15))
    (affair,) = merged(store, [twelve, fifteen])
    (dead,) = [d for d in affair["differs"] if d["what"] == "dead"]
    assert {(v["value"], v["article"]) for v in dead["values"]} == {(12, twelve.article.id), (15, fifteen.article.id)}


def test_accounts_that_agree_differ_on_nothing(store: Store) -> None:
    same = [record_of(f"La frappe selon {p}.", Act("ASSAULT", day="2024-06-11", dead=12), publisher=p) for p in "AB"]
    (affair,) = merged(store, same)
    assert affair["differs"] == []


def test_what_a_later_article_recalls_joins_the_affair(store: Store) -> None:
    then = record_of("Moscou a expulsé douze diplomates.", Act(day="2024-02-05"), publisher="A", published="2024-02-06")
    recalled = record_of("En février, Moscou avait expulsé des Français.", Act(day="2024-02-05", background=True), publisher="B")
    (affair,) = merged(store, [then, recalled])
    assert [m["article"] for m in affair["members"]] == [then.article.id, recalled.article.id]


# ── Taken out again ──
def test_a_superseded_article_leaves_its_affair(store: Store) -> None:
    other = record_of("La Russie expulse des Français.", Act(), publisher="B", url="https://b.example/1")
    old, new = (record_of(text, *acts, publisher="A", url="https://a.example/1") for text, acts in (("Moscou a expulsé.", [Act()]), ("Rien de vrai.", [])))
    (affair,) = merged(store, [old, other])
    assert affair["independent_outlets"] == 2
    (affair,) = merged(store, [new])
    assert (affair["independent_outlets"], [m["article"] for m in affair["members"]]) == (1, [other.article.id])


def test_forgetting_the_article_that_joined_two_parts_them(store: Store) -> None:
    first = record_of("Expulsions dans la nuit du 11.", Act(day="2024-06-11"), publisher="A")
    joining = record_of("Expulsions du 11 au 13 juin.", Act(day="2024-06-11", until="2024-06-13"), publisher="B")
    last = record_of("Expulsions du 13 au matin.", Act(day="2024-06-13"), publisher="C")
    apart = merged(store, [first, last])
    assert len(apart) == 2
    together = merged(store, [joining])
    assert sum(len(affair["members"]) for affair in together) == 3 and any(len(affair["members"]) > 1 for affair in together)
    store.forget(joining.article.id)
    merge(store)
    assert AffairsView(store).affairs() == apart


def test_forgetting_everything_leaves_nothing(store: Store) -> None:
    merged(store, [record_of(LONG, Act(), publisher="A"), record_of(LONG, Act(), publisher="B")])
    for record in list(store.records()):
        store.forget(record.article.id)
        merge(store)
    assert not any(content(store).values())


# ── As it is read ──
def test_the_story_of_a_blockade(store: Store, stories: list[ArticleRecord]) -> None:
    affairs = merged(store, stories[:4])
    accused = [a for a in affairs if a["type"] == "ACCUSE" and "BGR" in {s["country"] for s in a["source"]}]
    assert len(accused) == 1
    assert {m["article"] for m in accused[0]["members"]} >= {r.article.id for r in stories[:3]}
    assert accused[0]["independent_outlets"] == 2, "two papers print the AFP, a third the news of Reuters"


def test_the_story_of_an_expulsion(store: Store, stories: list[ArticleRecord]) -> None:
    affairs = merged(store, stories[4:])
    expelled = [a for a in affairs if a["type"] == "SANCTION" and {s["country"] for s in a["source"]} == {"CHL"}]
    of_may = [a for a in expelled if stories[4].article.id in {m["article"] for m in a["members"]}]
    assert len(of_may) == 1
    assert stories[6].article.id in {m["article"] for m in of_may[0]["members"]}, "recalled the day after"
    assert stories[7].article.id not in {m["article"] for m in of_may[0]["members"]}, "another expulsion, in June"
