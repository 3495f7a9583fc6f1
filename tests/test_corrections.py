"""What a person says of the machine's reading: kept beside it, wins in every view, outlives rebuilding and newer readings, can be taken back."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from depeche import ArticleRecord, Reader
from depeche.affairs.merging import merge
from depeche.asking import Record, RecordProblem
from depeche.cli.main import main
from depeche.record import Article, Event, Span
from depeche.store import schema
from depeche.store.corrected import corrected
from depeche.store.corrections import add_correction, all_corrections, corrections_of, undo_correction, unfitting
from depeche.store.gold import gold_of
from depeche.store.store import Store

TEXT = (
    "Séoul accuse Pyongyang d'avoir livré 7 000 conteneurs de munitions à Moscou, ce que la Corée du Nord dément. "
    "« Nous ne céderons pas », a déclaré le ministre iranien des Affaires étrangères, cité par l'agence Isna. "
    "Au moins 28 civils ont été tués à Alep dans la nuit."
)
ARTICLE = Article(TEXT, published="2024-06-19", url="https://agence.example/1")


@pytest.fixture(scope="session")
def reading(reader: Reader) -> ArticleRecord:
    return reader.read(ARTICLE)


@pytest.fixture
def store(tmp_path: Path, reading: ArticleRecord) -> Store:
    store = Store(str(tmp_path / "record.sqlite"), writable=True)
    store.write([reading])
    return store


@pytest.fixture
def record(store: Store) -> Record:
    return Record(store)


def the(record: ArticleRecord, type_: str) -> Event:
    return next(e for e in record.events if e.type == type_)


def names(record: ArticleRecord, ids: tuple[str, ...]) -> list[str]:
    return [actor.name for i in ids if (actor := record.actor(i))]


def tables(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading() as connection:
        of = (*schema.OF_AN_ARTICLE, *schema.OF_MANY)
        return {t.name: sorted((tuple(r) for r in connection.execute(select(t))), key=repr) for t in of}


def truth(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(schema.records.c.record).order_by(schema.records.c.number)).scalars())


# ── One verdict ──
def test_a_rejected_event_is_left_out_of_every_view(record: Record, reading: ArticleRecord) -> None:
    aid = the(reading, "AID")
    record.reject(aid.id, who="Anna")
    assert aid.id not in [row["id"] for row in record.events()]
    assert aid.id not in [m["event"] for affair in record.affairs() for m in affair["members"]]
    assert aid.id not in [e.id for e in record.article(aid.id).events]
    assert "AID" not in [e.type for r in record.records() for e in r.events]
    assert "AID" not in [row["type"] for row in record.events(words="conteneurs")]


def test_the_machines_reading_stays_as_it_was(record: Record, store: Store, reading: ArticleRecord) -> None:
    before = truth(store)
    record.reject(the(reading, "AID").id)
    record.correct(the(reading, "ACCUSE").id, "type", "THREATEN")
    assert truth(store) == before
    assert store.record(reading.article.id) == reading
    assert next(store.records()) == reading


def test_a_confirmed_event_says_so(record: Record, reading: ArticleRecord) -> None:
    aid = the(reading, "AID")
    record.confirm(aid.id, who="Anna")
    assert {row["type"]: row["checked"] for row in record.events()} == {"ACCUSE": None, "AID": "confirmed", "REJECT": None, "ASSAULT": None}
    assert record.article(aid.id) == reading


def test_another_type_takes_mode_and_code_with_it(record: Record, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    record.correct(accuse.id, "type", "THREATEN")
    event = the(record.article(accuse.id), "THREATEN")
    assert (event.id, event.mode, event.cameo, event.rule) == (accuse.id, None, None, accuse.rule)
    (row,) = record.events(types="THREATEN")
    assert (row["checked"], row["score"]) == ("corrected", -3.5)
    record.correct(accuse.id, "mode", "violence")
    assert the(record.article(accuse.id), "THREATEN").mode == "violence"


def test_a_corrected_side_points_at_words_and_says_who_filled_it(record: Record, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    kor, rus = (next(a for a in reading.actors if a.country == c and a.kind == "state") for c in ("KOR", "RUS"))
    record.correct(accuse.id, "target", [rus.id])
    now = record.article(accuse.id)
    event = the(now, "ACCUSE")
    assert (event.source, event.target) == ((kor.id,), (rus.id,))
    assert [(s.side, now.words(s.span), s.via) for s in event.sides] == [("source", "Séoul", "subj"), ("target", "Moscou", "corrected")]
    assert {(r["source"], r["target"]) for r in record.network(include={"reported"})} == {("KOR", "RUS"), ("PRK", "KOR")}


def test_whom_the_article_does_not_know_joins_its_actors(record: Record, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    record.correct(accuse.id, "source", ["États-Unis", "Comité des sages"])
    now = record.article(accuse.id)
    one, other = (now.actor(i) for i in the(now, "ACCUSE").source)
    assert one and other
    assert (one.name, one.kind, one.country, one.entity) == ("États-Unis", "state", "USA", "state:USA")
    assert (other.name, other.kind, other.country, other.entity) == ("Comité des sages", "group", None, None)
    assert "USA" in [row["country"] for row in record.actors()]


def test_a_name_that_the_text_has_is_linked_where_nobody_else_bears_it(store: Store, reading: ArticleRecord) -> None:
    add_correction(store, the(reading, "ASSAULT").id, "correct", "target", ["civils"])
    now = store.record(reading.article.id, as_corrected=True)
    civilians = next(a for a in now.actors if a.name == "civils")
    assert [now.words(m) for m in civilians.mentions] == ["civils"]


def test_one_name_in_two_corrections_is_one_actor(store: Store, reading: ArticleRecord) -> None:
    for type_ in ("ACCUSE", "REJECT"):
        add_correction(store, the(reading, type_).id, "correct", "source", ["Comité des sages"])
    now = store.record(reading.article.id, as_corrected=True)
    assert the(now, "ACCUSE").source == the(now, "REJECT").source


def test_a_corrected_day_moves_the_event_in_time(record: Record, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    record.correct(accuse.id, "when", {"start": "2024-05-01", "end": "2024-05-31"})
    assert [row["id"] for row in record.events(until="2024-06-01")] == [accuse.id]
    record.correct(accuse.id, "when", None)
    event = the(record.article(accuse.id), "ACCUSE")
    assert event.when is None
    assert event.bounds and (event.bounds.end, event.bounds.basis) == ("2024-06-19", "published")


def test_a_planned_act_is_not_bounded_by_the_day_of_publication(record: Record, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    record.correct(accuse.id, "status", "planned")
    assert the(record.article(accuse.id), "ACCUSE").bounds is None


def test_a_place_is_taken_by_its_name(record: Record, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    record.correct(accuse.id, "place", "Paris")
    (row,) = record.events(types="ACCUSE")
    assert (row["place_name"], row["place_country"], round(row["latitude"])) == ("Paris", "FRA", 49)
    record.correct(accuse.id, "place", None)
    assert record.events(types="ACCUSE")[0]["place_name"] is None


def test_a_quote_gets_its_right_speaker(record: Record, reading: ArticleRecord) -> None:
    quote = next(q for q in reading.quotes if q.form == "direct")
    record.correct(quote.id, "speaker", "Russie", who="Anna")
    (row,) = [r for r in record.quotes(actor="Russie") if r["id"] == quote.id]
    assert (row["speaker_name"], row["checked"]) == ("Russie", "corrected")
    record.correct(quote.id, "speaker", None)
    assert next(r for r in record.quotes() if r["id"] == quote.id)["speaker_name"] is None


def test_an_actor_taken_for_another_is_renamed_wherever_it_stands(record: Record, reading: ArticleRecord) -> None:
    quote = next(q for q in reading.quotes if q.form == "direct")
    record.correct(quote.speaker or "", "name", "Hossein Amir-Abdollahian")
    now = record.article(quote.id)
    speaker = now.actor(quote.speaker)
    assert speaker and (speaker.name, speaker.entity) == ("Hossein Amir-Abdollahian", None)
    assert [row["speaker_name"] for row in record.quotes(words="céderons")] == ["Hossein Amir-Abdollahian"]


def test_a_rejected_figure_leaves_its_event(record: Record, reading: ArticleRecord) -> None:
    assault = the(reading, "ASSAULT")
    record.reject(assault.figures[0])
    now = record.article(assault.id)
    assert the(now, "ASSAULT").figures == ()
    assert assault.figures[0] not in [f.id for f in now.figures]


# ── Said again, taken back ──
def test_the_last_word_on_a_field_stands_until_it_is_taken_back(record: Record, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    first = record.correct(accuse.id, "type", "THREATEN")
    second = record.correct(accuse.id, "type", "REQUEST")
    record.correct(accuse.id, "status", "alleged")
    assert [(r["type"], r["status"]) for r in record.events() if r["id"] == accuse.id] == [("REQUEST", "alleged")]
    record.undo(second.number)
    assert [(r["type"], r["status"]) for r in record.events() if r["id"] == accuse.id] == [("THREATEN", "alleged")]
    record.undo(first.number)
    assert [(r["type"], r["status"]) for r in record.events() if r["id"] == accuse.id] == [("ACCUSE", "alleged")]


def test_undoing_everything_gives_the_machines_tables_again_and_keeps_the_history(record: Record, store: Store, reading: ArticleRecord) -> None:
    record.merge()
    before = tables(store)
    said = [record.reject(the(reading, "AID").id), record.correct(the(reading, "ACCUSE").id, "source", ["Comité des sages"], who="Anna")]
    assert tables(store) != before
    for c in said:
        assert record.undo(c.number).undone
    assert tables(store) == before
    assert record.corrections() == []
    assert [(c.verdict, c.who, c.undone) for c in all_corrections(store, undone=True)] == [("reject", "", True), ("correct", "Anna", True)]


def test_a_rejected_event_can_be_confirmed_again_but_not_corrected(record: Record, reading: ArticleRecord) -> None:
    aid = the(reading, "AID")
    record.reject(aid.id)
    with pytest.raises(RecordProblem, match="was rejected: confirm it, or undo that"):
        record.correct(aid.id, "type", "ACCUSE")
    record.confirm(aid.id)
    assert aid.id in [row["id"] for row in record.events()]


# ── Told off ──
@pytest.mark.parametrize(
    ("verdict", "field", "value", "told"),
    [
        ("doubt", None, None, "'doubt' is no verdict"),
        ("confirm", "type", None, "one confirms an entry"),
        ("correct", None, None, "an event has no field None"),
        ("correct", "rule", "x", r"an event has no field 'rule' that may be corrected \(there are: type, mode"),
        ("correct", "type", "WAR", r"'WAR' is no type of event \(there are: AGREE"),
        ("correct", "type", ["AID"], r"\['AID'\] is no type of event"),
        ("correct", "mode", "aerial", r"'aerial' is no mode of ACCUSE \(there are: disapprove"),
        ("correct", "status", "sure", "'sure' is no status of an event"),
        ("correct", "source", 7, "7 is no list of actors"),
        ("correct", "source", [""], "'' is no name"),
        ("correct", "source", ["000000000000-a7"], "the article has no actor '000000000000-a7'"),
        ("correct", "source", [{"name": "X", "kind": "ghost"}], "'ghost' is no kind of actor"),
        ("correct", "source", [{"name": "X", "country": "Ruritania"}], "'Ruritania' is no ISO 3166-1"),
        ("correct", "place", "000000000000-p7", "the article has no place"),
        ("correct", "place", {"name": "X", "latitude": 91}, "91 is no latitude"),
        ("correct", "when", "mercredi", "'?mercredi'? is no day"),
        ("correct", "when", {"start": "2024-06-19"}, "is no day"),
        ("correct", "when", {"start": "2024-06-19", "end": "2024-06-18"}, "2024-06-19 is after 2024-06-18"),
        ("correct", "when", 7, "7 is no day"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence_and_changes_nothing(
    store: Store, reading: ArticleRecord, verdict: str, field: str | None, value: Any, told: str
) -> None:
    with pytest.raises(RecordProblem, match=told):
        add_correction(store, the(reading, "ACCUSE").id, verdict, field, value)
    assert all_corrections(store, undone=True) == []


def test_unknown_entries_and_numbers_are_told(store: Store, reading: ArticleRecord) -> None:
    for entry in (reading.article.id[7:19] + "-e9999", reading.article.id, "000000000000-e1", ""):
        with pytest.raises(RecordProblem, match="there is no"):
            add_correction(store, entry, "confirm")
    with pytest.raises(RecordProblem, match="an actor is not rejected"):
        add_correction(store, reading.actors[0].id, "reject")
    with pytest.raises(RecordProblem, match="there is no correction 9"):
        undo_correction(store, 9)
    done = add_correction(store, the(reading, "AID").id, "confirm")
    undo_correction(store, done.number)
    with pytest.raises(RecordProblem, match="was undone before"):
        undo_correction(store, done.number)


def test_a_record_opened_to_be_read_is_not_corrected(store: Store, reading: ArticleRecord) -> None:
    with pytest.raises(RecordProblem, match="may not be written"):
        add_correction(Store(store.where), the(reading, "AID").id, "reject")


# ── Outliving ──
def test_corrections_outlive_a_rebuild(record: Record, store: Store, reading: ArticleRecord) -> None:
    record.reject(the(reading, "AID").id)
    record.correct(the(reading, "ACCUSE").id, "target", ["Comité des sages"])
    before = tables(store)
    store.rebuild()
    merge(store)
    assert tables(store) == before


def test_a_correction_finds_its_event_in_a_newer_reading(record: Record, store: Store, reading: ArticleRecord) -> None:
    accuse, me = the(reading, "ACCUSE"), reading.article.id[7:19]
    record.correct(accuse.id, "type", "THREATEN", who="Anna")
    wider = replace(accuse, id=f"{me}-e0", trigger=Span(0, accuse.trigger.end), mode=None)
    store.write([replace(reading, events=(wider, *(e for e in reading.events if e is not accuse)))])
    assert next((e.id, e.type) for e in record.article(me).events) == (f"{me}-e0", "THREATEN")
    (c,) = corrections_of(store, me)
    assert (c.entry, c.words, c.who, c.fits) == (accuse.id, "accuse", "Anna", True)


def test_an_actor_in_a_correction_is_found_by_name_in_a_newer_reading(record: Record, store: Store, reading: ArticleRecord) -> None:
    accuse = the(reading, "ACCUSE")
    rus = next(a for a in reading.actors if a.name == "Russie")
    record.correct(accuse.id, "target", [rus.id])
    renamed = replace(rus, id=rus.id.replace("-a", "-a9"))
    document = json.dumps(reading.to_dict()).replace(f'"{rus.id}"', f'"{renamed.id}"')
    store.write([ArticleRecord.from_dict(json.loads(document))])
    assert the(record.article(accuse.id), "ACCUSE").target == (renamed.id,)


def test_what_a_newer_reading_no_longer_has_is_listed_and_comes_back_with_it(store: Store, reading: ArticleRecord) -> None:
    aid = the(reading, "AID")
    add_correction(store, aid.id, "correct", "type", "CONCEDE")
    store.write([replace(reading, events=tuple(e for e in reading.events if e is not aid))])
    (lost,) = unfitting(store)
    assert (lost.words, lost.value, lost.fits) == ("avoir livré", "CONCEDE", False)
    assert corrections_of(store, reading.article.id) == [lost]
    store.write([reading])
    assert unfitting(store) == []
    assert the(store.record(aid.id, as_corrected=True), "CONCEDE").id == aid.id


def test_a_rejected_quotation_does_not_take_the_one_inside_it_along(store: Store, reading: ArticleRecord) -> None:
    quote = next(q for q in reading.quotes if q.form == "direct")
    add_correction(store, quote.id, "reject")
    (whole,) = quote.content
    inside = replace(quote, id=quote.id + "1", content=(Span(whole.end - 6, whole.end),))
    store.write([replace(reading, quotes=(inside,))])
    assert store.record(reading.article.id, as_corrected=True).quotes == (inside,)
    assert [c.verdict for c in unfitting(store)] == ["reject"]


def test_a_text_that_changed_under_its_address_is_another_article(record: Record, store: Store, reader: Reader, reading: ArticleRecord) -> None:
    record.reject(the(reading, "AID").id)
    newer = reader.read(replace(ARTICLE, text=TEXT + " Tokyo a condamné Pyongyang."))
    store.write([newer])
    record.merge()
    assert "AID" in [row["type"] for row in record.events()]
    (lost,) = unfitting(store)
    assert lost.article == reading.article.id[7:19]
    store.forget(newer.article.id)
    assert unfitting(store) == []


def test_corrections_go_with_their_article(store: Store, reading: ArticleRecord) -> None:
    add_correction(store, the(reading, "AID").id, "reject")
    store.forget(reading.article.id)
    assert all_corrections(store, undone=True) == []
    store.write([reading])
    assert store.record(reading.article.id, as_corrected=True) == reading


def test_a_copy_of_a_record_takes_the_corrections_over_once(tmp_path: Path, store: Store, reading: ArticleRecord) -> None:
    undo_correction(store, add_correction(store, the(reading, "ACCUSE").id, "reject").number)
    add_correction(store, the(reading, "AID").id, "reject", who="Anna")
    copy = Store(str(tmp_path / "copy.sqlite"), writable=True)
    for _ in range(2):
        copy.copy_from(store)
        assert all_corrections(copy, undone=True) == all_corrections(store, undone=True)
    merge(store)
    merge(copy)
    assert tables(copy) == tables(store)


def test_people_read_while_others_correct(store: Store, reading: ArticleRecord) -> None:
    merge(store)
    aid, done, seen = the(reading, "AID").id, threading.Event(), []

    def read() -> None:
        reading_only = Record(Store(store.where))
        while not done.is_set():
            seen.append(len(reading_only.events()))

    watchers = [threading.Thread(target=read) for _ in range(3)]
    for w in watchers:
        w.start()
    for _ in range(10):
        undo_correction(store, add_correction(store, aid, "reject").number)
    done.set()
    for w in watchers:
        w.join()
    # Each saw the events with or without the rejected one, never an article half indexed.
    assert set(seen) <= {len(reading.events), len(reading.events) - 1}
    assert seen


# ── Applied to a record in the hand ──
def test_the_function_leaves_its_input_and_others_articles_alone(store: Store, reading: ArticleRecord, read: Callable[..., ArticleRecord]) -> None:
    said = [add_correction(store, the(reading, "AID").id, "reject")]
    before = reading.to_dict()
    assert "AID" not in [e.type for e in corrected(reading, said).events]
    assert reading.to_dict() == before
    other = read("Paris a condamné Moscou.")
    assert corrected(other, said) == other


# ── Gold ──
def test_gold_holds_what_was_checked_and_marks_the_rest_optional(store: Store, reading: ArticleRecord) -> None:
    said = [
        add_correction(store, the(reading, "ACCUSE").id, "correct", "type", "THREATEN", who="Anna"),
        add_correction(store, the(reading, "REJECT").id, "confirm", who="Anna"),
        add_correction(store, the(reading, "AID").id, "reject", who="Boris"),
    ]
    gold = gold_of(corrected(reading, said), said)
    assert gold["article"] == {"title": None, "published": "2024-06-19", "language": reading.article.language, "text": TEXT}
    assert [(e["type"], e["trigger"], e.get("optional", False)) for e in gold["events"]] == [
        ("THREATEN", "accuse", False),
        ("REJECT", "dément", False),
        ("ASSAULT", "ont été tués", True),
    ]
    assert all(link["optional"] for link in gold["links"])
    assert gold["checked_by"] == ["Anna", "Boris"]


def test_the_scorer_reads_the_gold_and_charges_for_what_was_wrong(tmp_path: Path, store: Store, reading: ArticleRecord) -> None:
    for e in reading.events:
        if e.type != "AID":
            add_correction(store, e.id, "confirm")
    add_correction(store, the(reading, "AID").id, "reject")
    add_correction(store, the(reading, "ACCUSE").id, "correct", "target", ["Russie"])
    folder = tmp_path / "gold"
    result = CliRunner().invoke(main, ["corrections", "export-gold", str(folder), "--record", store.where])
    assert result.exit_code == 0, result.output

    def scored(record: ArticleRecord) -> dict[str, Any]:
        lines = tmp_path / "records.jsonl"
        lines.write_text(json.dumps(record.to_dict()) + "\n", encoding="utf-8")
        scorer = Path(__file__).parents[1] / "benchmarks" / "score.py"
        done = subprocess.run([sys.executable, str(scorer), str(folder), str(lines), "--json"], capture_output=True, text=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout)["layers"]["events who-what-whom"]
        return found

    right = scored(store.record(reading.article.id, as_corrected=True))
    assert (right["precision"], right["recall"]) == (1, 1)
    wrong = scored(reading)
    assert (wrong["hit"], wrong["predicted"], wrong["gold"]) == (2, 4, 3)


# ── The command ──
def test_the_command_lists_and_takes_back(store: Store, reading: ArticleRecord) -> None:
    run = CliRunner().invoke
    where = ["--record", store.where]
    assert run(main, ["corrections", "list", *where]).output == "Nothing was corrected.\n"
    c = add_correction(store, the(reading, "ACCUSE").id, "correct", "source", ["Russie", "Comité des sages"], who="Anna")
    listed = run(main, ["corrections", "list", *where]).output
    assert listed == f"1  correct event {c.entry} “accuse”: source = Russie, Comité des sages  (Anna, {c.day[:10]})\n"
    (line,) = run(main, ["corrections", "list", *where, "--format", "jsonl", "--article", c.entry]).output.splitlines()
    assert json.loads(line)["value"][1]["name"] == "Comité des sages"
    assert "undone" in run(main, ["corrections", "undo", "1", *where]).output
    assert the(store.record(c.entry, as_corrected=True), "ACCUSE").source == the(reading, "ACCUSE").source
    again = run(main, ["corrections", "undo", "1", *where])
    assert (again.exit_code, again.output) == (1, "Error: correction 1 was undone before\n")


# ── Whatever the order ──
FIELDS = st.sampled_from(
    [
        ("type", "THREATEN"),
        ("type", "CONSULT"),
        ("status", "planned"),
        ("when", "2024-01-02"),
        ("when", None),
        ("source", ["Comité des sages"]),
        ("target", []),
        ("place", {"name": "Alep", "country": "SYR"}),
        ("speaker", "Séoul"),
        ("name", "Quelqu'un"),
    ]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("undo"), st.integers(0, 12), st.none()),
        st.tuples(st.sampled_from(["confirm", "reject"]), st.integers(0, 12), st.none()),
        st.tuples(st.just("correct"), st.integers(0, 12), FIELDS),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_said_and_undone_the_reading_stays_and_a_rebuild_gives_the_same(reading: ArticleRecord, steps: list[tuple[str, int, Any]]) -> None:
    entries = [e.id for some in (reading.events, reading.quotes, reading.figures, reading.actors) for e in some]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(str(Path(folder) / "record.sqlite"), writable=True)
        store.write([reading])
        merge(store)
        before, machine = truth(store), tables(store)
        for verdict, which, said in steps:
            try:
                if verdict == "undo":
                    undo_correction(store, which)
                else:
                    add_correction(store, entries[which % len(entries)], verdict, *(said or ()))
            except RecordProblem:
                continue
        merge(store)
        assert truth(store) == before
        now = tables(store)
        store.rebuild()
        merge(store)
        assert tables(store) == now
        for c in all_corrections(store):
            undo_correction(store, c.number)
        merge(store)
        assert tables(store) == machine
        assert truth(store) == before
