"""A record on a PostgreSQL server: several writers, carried over and back, what a server complains of. The rest stands in test_store."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

import psycopg
import pytest

from depeche.affairs.merging import merge
from depeche.asking import open_record
from depeche.record import ArticleRecord
from depeche.store.filters import Filter
from depeche.store.problems import NoRecord, RecordProblem
from depeche.store.runs import status
from depeche.store.store import open_store
from depeche.store.view import View
from invented import Act, content, differing, full_record, record_of
from server import Server

REPORTS = [
    record_of("Moscou a expulsé douze diplomates.", Act(day="2024-06-18"), publisher="Le Soir"),
    record_of("La Russie expulse des Français.", Act(day="2024-06-18", positions=(("FRA", "denies"), ("RUS", "asserts"))), publisher="La Gazette"),
    record_of("Paris a répondu par la même mesure.", Act(source=("FRA",), target=("RUS",), day="2024-06-20"), publisher="Le Soir"),
    full_record("« Jamais », a dit l'Élysée.", publisher="Le Matin", published="2023-01-01"),
]


@pytest.fixture
def address(server: Server) -> str:
    return server.database()


def test_reports_of_one_event_are_one_affair(address: str) -> None:
    store = open_store(address, writable=True)
    for report in REPORTS:
        store.write([report])
        merge(store)
    record = open_record(address)
    first = record.affairs(counterpart="France", since="2024-06-18", until="2024-06-18")
    assert [affair["independent_outlets"] for affair in first] == [2]
    assert [affair["id"] for affair in record.disputes()] == [affair["id"] for affair in first if affair["disputed"]]
    assert len(record.quotes(words="elysee")) == 1


def test_carried_over_and_back_a_record_is_the_same(address: str, tmp_path: Path) -> None:
    here, there, back = open_store(tmp_path / "here.sqlite", True), open_store(address, True), open_store(tmp_path / "back.sqlite", True)
    here.write(REPORTS)
    there.copy_from(here)
    back.copy_from(there)
    for store in (here, there, back):
        merge(store)
    assert list(back.records()) == list(there.records()) == REPORTS
    assert differing(here, there) == []
    assert differing(here, back) == []


def _write(address: str, records: list[ArticleRecord]) -> None:
    store = open_store(address, writable=True)
    for record in records:
        store.write([record])
        merge(store)


def test_several_writers_at_once_keep_every_article_once(address: str) -> None:
    articles = [record_of(f"Moscou a expulsé {n} diplomates.", Act(day=f"2024-06-{n:02}"), publisher="Le Soir") for n in range(1, 21)]
    calm = open_store(address, writable=True)
    calm.write(articles)
    merge(calm)
    expected = {name: rows for name, rows in content(calm).items() if name in ("articles", "events", "affairs", "affair_members", "dyads", "dispatches")}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
    # Each writes two thirds of the articles, so that some are written by both at the same time.
    spawned = get_context("spawn")
    processes = [spawned.Process(target=_write, args=(address, some)) for some in (articles[:14], articles[6:][::-1])]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    store = open_store(address)
    assert sorted(r.article.text for r in store.records()) == sorted(r.article.text for r in articles)
    assert {name: rows for name, rows in content(store).items() if name in expected} == expected


def test_status_names_the_record_without_its_password(address: str) -> None:
    store = open_store(address, writable=True)
    store.write(REPORTS)
    found = status(store)
    assert found["articles"] == 4 and found["bytes"] > 0
    assert "motdepasse" not in str(found) and "***" in found["record"]


def test_the_latest_events_need_no_sorting(address: str) -> None:
    store = open_store(address, writable=True)
    store.write(REPORTS)
    rows = View(store).sql("explain select id, day from events order by day desc nulls last, id limit 50")
    with store.reading() as connection:
        connection.exec_driver_sql("set local enable_seqscan = off")
        plan = "\n".join(row[0] for row in connection.exec_driver_sql("explain select id, day from events order by day desc nulls last, id limit 50"))
    assert rows and "events_latest" in plan and "Sort" not in plan


# ── What may be wrong ──
def sentence(address: str, writable: bool = False) -> str:
    with pytest.raises(RecordProblem) as raised:
        open_store(address, writable)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_an_empty_database_holds_no_record_yet(address: str) -> None:
    with pytest.raises(NoRecord, match="holds no record yet"):
        open_store(address)


def test_no_server(tmp_path: Path) -> None:
    for address in ("postgresql://depeche:geheim@127.0.0.1:1/presse", f"postgresql://depeche:geheim@/presse?host={tmp_path}"):
        said = sentence(address)
        assert "failed" in said and "geheim" not in said


def test_a_wrong_password(server: Server) -> None:
    assert "password authentication failed" in sentence(server.address(password="falsch"))


@pytest.mark.parametrize("address", ["postgresql://", "postgresql://host:port/presse", "postgres://[::1/presse", "postgresql://a@b@c:5/d"])
def test_an_address_that_is_none(address: str) -> None:
    assert sentence(address)


@pytest.mark.parametrize("tables", [("records",), ("records", "about"), ("articles",)])
@pytest.mark.parametrize("writable", [False, True])
def test_a_database_with_tables_of_others_is_left_as_it_is(address: str, tables: tuple[str, ...], writable: bool) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for table in tables:
            connection.execute(f"create table {table} (name text, value text)")
        assert "is no record (it is a database with other tables)" in sentence(address, writable)
        found = connection.execute("select table_name::text from information_schema.tables where table_schema = 'public'").fetchall()
    assert sorted(name for (name,) in found) == sorted(tables)


def test_a_reader_without_rights_to_write_is_told(address: str) -> None:
    open_store(address, writable=True).write(REPORTS[:1])
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("drop role if exists lectrice")
        connection.execute("create role lectrice login password 'lire'")
        connection.execute("grant usage on schema public to lectrice")
        connection.execute("grant select on all tables in schema public to lectrice")
    theirs = address.replace("depeche:motdepasse", "lectrice:lire")
    assert len(open_record(theirs).events()) == 1
    with pytest.raises(RecordProblem, match="permission denied"):
        open_store(theirs, writable=True).write(REPORTS)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("drop owned by lectrice")
        connection.execute("drop role lectrice")


def test_what_the_server_cannot_keep_is_told_and_nothing_of_it_is_kept(address: str) -> None:
    store = open_store(address, writable=True)
    with pytest.raises(RecordProblem, match="NUL"):
        store.write([REPORTS[0], full_record("Un caractère \x00 nul.")])
    assert list(store.records()) == []


def test_a_server_that_goes_away_is_told_and_one_that_comes_back_is_asked_again(address: str) -> None:
    store = open_store(address, writable=True)
    store.write(REPORTS)
    with pytest.raises(RecordProblem), store.reading() as connection:
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()")
        connection.exec_driver_sql("select 1")
    assert len(View(store).events(Filter(limit=None))) == 4
