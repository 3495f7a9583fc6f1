"""A record keeps what was read, once and whole, in a file or on a server."""

from __future__ import annotations

import dataclasses
import json
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from depeche.affairs.merging import merge, waiting
from depeche.affairs.view import AffairsView
from depeche.asking import Record
from depeche.record import ArticleRecord, Figure, Place
from depeche.store import schema
from depeche.store.filters import Filter
from depeche.store.problems import NoRecord, RecordProblem
from depeche.store.runs import Failure, begin_run, failed_before, note
from depeche.store.store import Store, open_store
from depeche.store.view import View
from invented import LONG, Act, content, differing, full_record, record_of

FIRST, SECOND = record_of("Moscou expulse douze diplomates français.", Act()), record_of("Paris expulse à son tour.", Act(source=("FRA",), target=("RUS",)))

# What breaks programs that keep text: quotes, escapes of COPY and of JSON, every kind of white space, right to left, beyond the basic plane, no words at all.
HOSTILE = (
    *("'; drop table records; --", '"double" et « guillemets »', "\\N", "\\.", "\\x00", "%s %(name)s :name ?", "{{ }} {0}", "a\tb\vc\fd\u2028e\r\nf"),
    *("\ufeffmarque", "e\u0301lyse\u0301e", "الرياض", "日本国", "👩‍👩‍👧‍👦🇫🇷", "\u202egnaf", "...", "_", "NULL", "null", "x" * 5000, "\x01\x1f\x7f\x85"),
)


@pytest.fixture
def store(where: str) -> Store:
    return open_store(where, writable=True)


# ── Whole ──
numbers = st.floats(allow_nan=False) | st.none()
any_record = st.builds(
    ArticleRecord,
    places=st.lists(st.builds(Place, latitude=numbers, longitude=numbers), max_size=2).map(tuple),
    figures=st.lists(st.builds(Figure, value=st.floats(allow_nan=False), upper=numbers), max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_record)
def test_a_record_comes_back_from_json_as_it_went(record: ArticleRecord) -> None:
    assert ArticleRecord.from_dict(json.loads(json.dumps(record.to_dict()))) == record


def test_what_was_read_comes_back_equal(store: Store, read: Any) -> None:
    texts = [f"Séoul accuse Pyongyang d'avoir livré {n} missiles à Moscou, ce que la Corée du Nord dément. « Non », a dit Kim Jong-un." for n in (2, 30)]
    records = [read(text, "2024-06-19") for text in texts]
    store.write(records)
    assert list(store.records()) == records
    assert all(record.events and record.quotes for record in records)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_words_of_any_characters_come_back(store: Store, words: str) -> None:
    record = full_record(words)
    store.write([record])
    assert store.record(record.article.id) == record


def test_many_rows_of_hostile_text(store: Store) -> None:
    records = [full_record(f"{words} {n}" if n else words, publisher=words) for words in HOSTILE for n in range(3)]
    store.write(records)
    assert list(store.records()) == records
    view = View(store)
    assert {row["content"] for row in view.quotes(Filter(limit=None))} >= {
        f"{r.words(q.content[0])} […] {r.words(q.content[1])}" for r in records for q in r.quotes
    }
    assert {row["place_name"] for row in view.events(Filter(limit=None))} == {r.places[0].name for r in records}


# ── Once ──
def test_writing_the_same_again_changes_nothing(store: Store) -> None:
    store.write([FIRST, SECOND])
    merge(store)
    before = content(store)
    store.write([FIRST])
    merge(store)
    assert content(store) == before


def test_an_article_twice_in_one_batch_is_on_record_once(store: Store) -> None:
    store.write([FIRST, FIRST])
    assert list(store.records()) == [FIRST]


def reread(record: ArticleRecord, **about: Any) -> ArticleRecord:
    """The same article, read by a newer program or known with better metadata, and nothing found in it."""
    return ArticleRecord(dataclasses.replace(record.article, **about))


def test_a_newer_reading_takes_the_place_of_the_older(store: Store) -> None:
    store.write([full_record(), SECOND])
    newer = reread(full_record(), title="Un titre corrigé", reader=dataclasses.replace(SECOND.article.reader, version="2.0"))  # type: ignore[type-var]
    store.write([newer])
    merge(store)
    assert list(store.records()) == [newer, SECOND]
    of_the_first = {name: [row for row in rows if newer.article.id[7:19] in row] for name, rows in content(store).items()}
    assert {name for name, rows in of_the_first.items() if rows} == {"records", "articles", "entries", "dispatches"}
    assert [row["title"] for row in View(store).articles(Filter(words="titre corrige"))] == ["Un titre corrigé"]


def test_nothing_of_a_batch_is_kept_where_one_record_of_it_cannot_be(store: Store) -> None:
    store.write([FIRST])
    before = content(store)
    torn = dataclasses.replace(SECOND, events=SECOND.events * 2)
    with pytest.raises(RecordProblem):
        store.write([reread(FIRST, title="Un autre titre"), torn])
    assert content(store) == before


# ── Versions of a text ──
OLD, NEW = (record_of(text, Act(), url="https://presse.example/1") for text in ("Douze diplomates sont expulsés.", "Quinze diplomates sont expulsés."))


def test_a_changed_text_under_the_same_address_supersedes_the_old_one(store: Store) -> None:
    store.write([OLD])
    merge(store)
    store.write([NEW])
    merge(store)
    assert list(store.records()) == [OLD, NEW]
    standing = {row["article"]: row["superseded_by"] for row in View(store).articles()}
    assert standing == {OLD.article.id[7:19]: NEW.article.id[7:19], NEW.article.id[7:19]: None}
    assert [row["id"] for row in View(store).events()] == [NEW.events[0].id]
    assert [m["event"] for a in AffairsView(store).affairs() for m in a["members"]] == [NEW.events[0].id]


def test_reading_the_old_text_again_does_not_make_it_the_newer(store: Store) -> None:
    store.write([OLD, NEW])
    store.write([OLD])
    assert [row["id"] for row in View(store).events()] == [NEW.events[0].id]


def test_where_the_newer_text_is_forgotten_the_older_stands_again(store: Store) -> None:
    store.write([OLD, NEW])
    merge(store)
    store.forget(NEW.article.id)
    merge(store)
    assert [row["id"] for row in View(store).events()] == [OLD.events[0].id]
    assert [m["event"] for a in AffairsView(store).affairs() for m in a["members"]] == [OLD.events[0].id]


# ── Rebuilt, forgotten, copied ──
SEVERAL = [full_record(), full_record("Un deuxième texte."), FIRST, SECOND, OLD, NEW, *(record_of(LONG, Act(), publisher=p) for p in ("Le Soir", "La Gazette"))]


def test_rebuilding_gives_every_table_the_same_content(store: Store) -> None:
    store.write(SEVERAL)
    store.write([OLD])
    merge(store)
    before = content(store)
    assert all(before.values()), "a table without rows shows nothing"
    assert store.rebuild() == len(SEVERAL)
    merge(store)
    assert content(store) == before


def test_forgetting_leaves_what_was_there_without_the_article(store: Store) -> None:
    store.write(SEVERAL[1:])
    merge(store)
    before = content(store)
    store.write(SEVERAL[:1])
    merge(store)
    assert content(store) != before
    assert store.forget(SEVERAL[0].article.id[7:19]) == SEVERAL[0].article.id
    merge(store)
    assert content(store) == before


@pytest.mark.parametrize("wanted", ["", "sha", "sha256:", "0000", "%", "____", "' or 1=1", "sha256:" + "f" * 64])
def test_forgetting_what_is_not_there_is_one_sentence(store: Store, wanted: str) -> None:
    store.write([FIRST])
    with pytest.raises(RecordProblem, match="there is no article"):
        store.forget(wanted)
    assert list(store.records()) == [FIRST]


def test_a_copy_equals_its_original(where: str, tmp_path: Any) -> None:
    source, target = open_store(where, writable=True), open_store(tmp_path / "copy.sqlite", writable=True)
    source.write(SEVERAL)
    merge(source)
    assert target.copy_from(open_store(where)) == len(SEVERAL)
    merge(target)
    assert differing(source, target) == []
    assert target.kept() == source.kept()


def test_a_record_can_be_copied_into_itself(where: str) -> None:
    store = open_store(where, writable=True)
    store.write(SEVERAL)
    merge(store)
    before = content(store)
    store.copy_from(open_store(where))
    merge(store)
    assert content(store) == before


# ── Searched ──
def found(store: Store, words: str) -> list[str]:
    return [row["content"] for row in View(store).quotes(Filter(words=words))]


@pytest.mark.parametrize("words", ["elysee", "Élysée", "ÉLYSÉE", "l'elysee", "dit ELYSEE jamais", "e\u0301lyse\u0301e"])
def test_search_is_without_accents_and_case(store: Store, words: str) -> None:
    store.write([full_record()])
    assert len(found(store, words)) == 1


@pytest.mark.parametrize(("word", "said"), [("manoeuvres", "Des manœuvres communes."), ("œuvre", "L'oeuvre commune."), ("moscou", "Paris-Moscou.Kiev/Minsk")])
def test_search_finds_a_word_however_it_is_set(store: Store, word: str, said: str) -> None:
    store.write([full_record(said)])
    assert len(found(store, word)) == 1


@pytest.mark.parametrize(
    "words", [*HOSTILE, " ", "*", "ely*", "NEAR(a b)", "a AND b OR NOT c", "words:a", "^a", "(", '"', "a\x00b", "!a & b | c <-> d:*", "\ud800"]
)
def test_no_search_words_raise(store: Store, words: str) -> None:
    store.write([full_record("Rien.")])
    assert found(store, words) == []


def test_search_finds_what_a_long_text_says_at_its_end(store: Store) -> None:
    record = record_of(" ".join(f"mot{n:06}" for n in range(60_000)) + " diplomates", Act(), published="2024-01-01")
    said = full_record("Fin " * 40_000 + "armistice.")
    store.write([record, said])
    assert len(found(store, "fin")) == 1


def test_search_goes_on_behind_the_two_thousandth_article(store: Store) -> None:
    store.write([full_record()])
    with store.writing() as connection:
        connection.execute(update(schema.records).values(number=5_000_000))
    store.rebuild()
    assert len(found(store, "elysee")) == 1


def test_names_are_found_without_accents_and_case(store: Store) -> None:
    store.write([record_of("Émile Élouard négocie seul.", Act(source=("Émile Élouard",)))])
    for name in ("Élouard", "elouard", "ÉMILE"):
        assert [row["name"] for row in View(store).actors(Filter(words=name))] == ["Émile Élouard"]
        assert Record(store).codes_of(name) == {"person:emile elouard"}


def test_what_has_no_day_comes_last(store: Store) -> None:
    days = ["2024-01-05", None, "2024-03-01"]
    store.write([record_of(f"Article {n} sans plus.", Act(day=day), published=day) for n, day in enumerate(days)])
    merge(store)
    assert [row["day"] for row in View(store).events()] == ["2024-03-01", "2024-01-05", None]
    assert [row["published"] for row in View(store).articles()] == ["2024-03-01", "2024-01-05", None]
    assert [day["day"] for day in AffairsView(store).timeline()] == ["2024-03-01", "2024-01-05", None]


# ── Asked in SQL ──
WRITES = (
    "delete from records",
    "update articles set title = ''",
    "drop table events",
    "create table mine (a text)",
    "select 1; delete from records",
    "commit; delete from records; commit",
    "set transaction read write; delete from records",
    "rollback; delete from records",
    "insert into about values ('a', 'b')",
)


@pytest.mark.parametrize("query", WRITES)
def test_nothing_is_written_by_a_question_in_sql(where: str, query: str) -> None:
    writable = open_store(where, writable=True)
    writable.write([FIRST])
    before = content(writable)
    for store in (writable, open_store(where)):
        with pytest.raises(RecordProblem):
            View(store).sql(query)
    assert content(open_store(where)) == before


def test_a_question_in_sql_may_hold_what_drivers_take_for_parameters(store: Store) -> None:
    store.write([FIRST])
    assert View(store).sql("select count(*) as n from events where trigger like '%scou%' and 'a:b ?' = 'a:b ?'") == [{"n": 1}]


@pytest.mark.parametrize(("query", "said"), [("select * from nowhere", "nowhere"), ("selec 1", "selec"), ("", "")])
def test_a_wrong_question_in_sql_is_one_sentence(store: Store, query: str, said: str) -> None:
    try:
        assert View(store).sql(query) == []
    except RecordProblem as problem:
        assert said in str(problem) and "other tables" not in str(problem)
        assert "\n" not in str(problem)


# ── Read while it is written ──
def test_a_reader_sees_one_moment_whatever_is_written(where: str) -> None:
    store = open_store(where, writable=True)
    store.write([FIRST])
    with open_store(where).reading() as connection:
        count = "select count(*) as n from events"
        before = connection.exec_driver_sql(count).scalar()
        store.write([SECOND])
        assert connection.exec_driver_sql(count).scalar() == before == 1
    assert len(View(open_store(where)).events()) == 2


def test_people_ask_while_it_is_written_and_merged(where: str) -> None:
    store = open_store(where, writable=True)
    store.write([FIRST])
    merge(store)
    wrong: list[Exception] = []
    done = threading.Event()

    def ask() -> None:
        view, events = AffairsView(open_store(where)), View(open_store(where))
        while not done.is_set():
            try:
                assert all(affair["members"] for affair in view.affairs(Filter(limit=None)))
                assert all(event["source"] for event in events.events(Filter(limit=None)))
            except Exception as problem:
                wrong.append(problem)
                return

    reader = threading.Thread(target=ask)
    reader.start()
    for n in range(30):
        store.write([record_of(f"Encore {n} fois des expulsions.", Act(day=f"2024-05-{n + 1:02}"))])
        merge(store)
    done.set()
    reader.join()
    assert wrong == []
    assert len(View(store).events(Filter(limit=None))) == 31


def test_a_writer_that_only_reads_does_not_stand_in_the_way(where: str) -> None:
    one, other = open_store(where, writable=True), open_store(where, writable=True)
    with one.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from records").scalar() == 0
        other.write([FIRST])
    assert list(one.records()) == [FIRST]


# ── Much at once ──
def test_thirty_three_thousand_failures_are_noted_at_once(store: Store) -> None:
    run = begin_run(store, "1.0", "known 1")
    failures = [Failure("agence.jsonl", f"agence.jsonl, line {n}", "not valid JSON") for n in range(33_000)]
    with store.writing() as connection:
        note(connection, run, [], failures, 0, "1.0")
    assert len(failed_before(store)) == 33_000


def test_more_articles_in_one_step_than_one_statement_takes(store: Store) -> None:
    records = [record_of(f"Article numéro {n}.", Act(day=f"2024-{n % 12 + 1:02}-11")) for n in range(600)]
    store.write(records)
    assert waiting(store) == 600
    merge(store)
    assert waiting(store) == 0
    assert [record.article.id for record in store.records()] == [record.article.id for record in records]


# ── What is no record ──
def test_a_newer_schema_is_left_to_the_newer_program(where: str) -> None:
    store = open_store(where, writable=True)
    store.write([FIRST])
    with store.writing() as connection:
        connection.execute(update(schema.about).values(value=str(schema.VERSION + 1)))
    for writable in (True, False):
        with pytest.raises(RecordProblem, match="was written by a newer Dépêche"):
            open_store(where, writable)
    assert list(store.records()) == [FIRST]


def test_there_is_nothing_to_ask_where_nothing_was_kept(where: str) -> None:
    with pytest.raises(NoRecord, match="makes one"):
        open_store(where)
