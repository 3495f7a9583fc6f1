"""A record is asked: by the name people write, with evidence in the answer, and in the formats they work with."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import depeche
from depeche import Reader, Record, RecordProblem
from depeche.affairs.merging import merge
from depeche.cli.main import main
from depeche.record import Article
from depeche.store.store import open_store

DISPATCHES = (
    ("AFP", "2024-06-19", "Séoul accuse Pyongyang d'avoir livré des munitions à Moscou. Pyongyang a démenti avoir livré des munitions à Moscou."),
    (
        "Reuters",
        "2024-06-20",
        "La Corée du Sud a accusé la Corée du Nord d'avoir livré des munitions à la Russie. « Nous avons des preuves », a déclaré Lee Jong-sup.",
    ),
    ("Le Monde", "2024-06-21", "La France a condamné vendredi la frappe russe sur Kiev. Emmanuel Macron a rencontré Volodymyr Zelensky à Paris."),
    ("RFI", "2023-01-10", "La Russie a bombardé mardi la ville de Kherson, faisant 12 morts."),
)


@pytest.fixture(scope="module")
def path(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("asked") / "record.sqlite"
    store = open_store(file, writable=True)
    store.write([reader.read(Article(text, published=day, publisher=outlet, language="fr")) for outlet, day, text in DISPATCHES])
    merge(store)
    return file


@pytest.fixture(scope="module")
def record(path: Path) -> Record:
    return depeche.open(path)


def ask(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--record", str(path)])


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Corée du Nord", "corée du nord", "PRK", "North Korea", "Pyongyang"])
def test_a_state_is_asked_for_by_any_of_its_names(record: Record, name: str) -> None:
    assert {e["type"] for e in record.events(actor=name)} >= {"ACCUSE", "AID"}


def test_a_person_is_asked_for_by_family_name(record: Record) -> None:
    assert [e["type"] for e in record.events(actor="Zelensky")] == ["CONSULT"]


def test_what_a_person_does_is_found_under_their_state(record: Record) -> None:
    assert "CONSULT" in {e["type"] for e in record.events(actor="Ukraine")}


def test_nobody_by_that_name_gets_the_nearest(record: Record) -> None:
    with pytest.raises(RecordProblem, match=r"nobody called 'Zelenskyi' is on record; the nearest names are .*Zelensky"):
        record.events(actor="Zelenskyi")


# -- filters -------------------------------------------------------------------------------------


def test_counterparts_act_in_the_same_event(record: Record) -> None:
    assert {e["type"] for e in record.events(actor="KOR", counterpart="PRK")} == {"ACCUSE", "REJECT"}
    assert len(record.events(actor="FRA", counterpart="PRK")) == 0


def test_days_are_both_included(record: Record) -> None:
    assert {e["publisher"] for e in record.events(since="2023-01-10", until="2023-01-10")} == {"RFI"}
    assert len(record.events(until="2023-01-09")) == 0


def test_words_are_found_without_their_accents(record: Record) -> None:
    assert {e["publisher"] for e in record.events(words="seoul accuse")} == {"AFP"}


def test_a_place_is_asked_for_by_its_name(record: Record) -> None:
    assert {e["type"] for e in record.events(place="Paris")} == {"CONSULT"}


def test_the_latest_come_first_and_pages_do_not_overlap(record: Record) -> None:
    days = [e["day"] for e in record.events()]
    assert days == sorted(days, reverse=True)
    first, second = record.events(limit=2), record.events(limit=2, offset=2)
    assert not {e["id"] for e in first} & {e["id"] for e in second}


# -- many articles -------------------------------------------------------------------------------


def test_two_outlets_that_tell_one_accusation_are_one_affair(record: Record) -> None:
    (affair,) = record.affairs(actor="KOR", types="ACCUSE")
    assert affair["independent_outlets"] == 2
    assert {m["event"] for m in affair["members"]} == {e["id"] for e in record.events(actor="KOR", types="ACCUSE")}


def test_a_delivery_that_one_side_alleges_and_the_other_denies_is_disputed(record: Record) -> None:
    (affair,) = record.disputes()
    assert affair["type"] == "AID"
    assert {(p["actor"]["country"], p["stance"]) for p in affair["positions"]} >= {("KOR", "alleges"), ("PRK", "denies")}


def test_relations_tell_direction_count_and_score(record: Record) -> None:
    forth, back = record.relations("KOR", "PRK")
    assert (forth["source"], forth["target"], forth["period"], forth["ACCUSE"], forth["affairs"]) == ("KOR", "PRK", "2024-06", 1, 1)
    assert (back["source"], back["target"], back["REJECT"]) == ("PRK", "KOR", 1)
    assert forth["score"] < back["score"] < 0


def test_a_panel_counts_only_what_happened_unless_more_is_asked(record: Record) -> None:
    def delivered(include: tuple[str, ...]) -> int:
        return sum(row["AID"] for row in record.panel(by="year", include=include) if row["source"] == "PRK")

    assert delivered(("reported",)) == 0
    assert delivered(("reported", "alleged")) == 1


def test_answers_come_as_arrow_pandas_polars_and_in_duckdb(record: Record) -> None:
    events = record.events()
    assert events.arrow().num_rows == events.pandas().shape[0] == events.polars().height == len(events)
    assert record.duckdb().sql("select count(*) from events").fetchall() == [(len(record.events(limit=None)),)]


# -- commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["events", "affairs", "quotes", "timeline", "disputes", "actors", "panel", "status"])
def test_every_command_answers(path: Path, command: str) -> None:
    done = ask(path, command)
    assert done.exit_code == 0, done.output
    assert done.stdout.strip()


def test_events_in_a_table_show_who_what_and_the_words(path: Path) -> None:
    shown = " ".join(ask(path, "events", "--actor", "RUS", "--type", "ASSAULT", "--until", "2023-12-31").stdout.split())
    assert "ASSAULT" in shown
    assert "Russie →" in shown


def test_csv_and_json_lines_hold_every_event(path: Path, record: Record) -> None:
    every = record.events(limit=None)
    rows = list(csv.DictReader(io.StringIO(ask(path, "events", "--format", "csv").stdout)))
    lines = [json.loads(line) for line in ask(path, "events", "--format", "jsonl").stdout.splitlines()]
    assert [r["id"] for r in rows] == [r["id"] for r in lines] == [e["id"] for e in every]


def test_parquet_is_written_to_a_file(path: Path, tmp_path: Path, record: Record) -> None:
    from pyarrow import parquet

    done = ask(path, "events", "--format", "parquet", "--output", str(tmp_path / "events.parquet"))
    assert done.exit_code == 0, done.output
    assert parquet.read_table(tmp_path / "events.parquet").num_rows == len(record.events(limit=None))
    assert "name a file" in ask(path, "events", "--format", "parquet").output


def test_relations_print_a_plot(path: Path) -> None:
    shown = CliRunner().invoke(main, ["relations", "Corée du Sud", "Corée du Nord", "--record", str(path)]).stdout
    assert "mean score" in shown
    assert "KOR → PRK" in shown


def test_show_gives_the_chain_and_the_rule(path: Path, record: Record) -> None:
    (event,) = (e for e in record.events(actor="PRK", types="AID") if e["publisher"] == "Reuters")
    shown = CliRunner().invoke(main, ["show", event["id"], "--record", str(path)]).stdout
    for words in ("livré des munitions", "alleged by Corée du Sud", "row: livrer verb", "reports of"):
        assert words in shown


def test_show_knows_articles_quotes_and_affairs(path: Path, record: Record) -> None:
    for id_, words in (
        (record.quotes()[0]["id"], "preuves"),
        (record.articles()[0]["article"], "WHO DID WHAT"),
        (record.disputes()[0]["id"], "independent outlet"),
    ):
        assert words in CliRunner().invoke(main, ["show", id_, "--record", str(path)]).stdout
    assert "there is no" in CliRunner().invoke(main, ["show", "0123456789ab-e1", "--record", str(path)]).output


def test_sql_reads_and_never_writes(path: Path, record: Record) -> None:
    before = len(record.events(limit=None))
    done = ask(path, "sql", "select count(*) as n from events", "--format", "jsonl")
    assert json.loads(done.stdout) == {"n": before}
    assert ask(path, "sql", "delete from events").exit_code == 1
    assert len(record.events(limit=None)) == before


def test_a_record_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = ask(tmp_path / "none.sqlite", "events")
    assert done.exit_code == 1
    assert "there is no record" in done.output
    assert not (tmp_path / "none.sqlite").exists()
