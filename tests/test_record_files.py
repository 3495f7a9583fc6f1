"""What can be wrong with a file where a record is looked for: one sentence each, and nothing is harmed."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import event

from depeche.affairs.merging import merge
from depeche.asking import open_record
from depeche.store import sqlite
from depeche.store.problems import NoRecord, RecordProblem
from depeche.store.store import open_store
from invented import LONG, Act, content, full_record, record_of

FIRST, SECOND = record_of("Moscou expulse douze diplomates.", Act()), full_record()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A record of one article."""
    path = tmp_path / "record.sqlite"
    store = open_store(path, writable=True)
    store.write([FIRST])
    merge(store)
    return path


def digest(folder: Path) -> dict[str, str]:
    """What lies in a folder, to the last byte; the helpers that SQLite lays beside a file come and go."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.endswith(("-wal", "-shm"))]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def sentence(where: Path, writable: bool) -> str:
    """What is said of a file that is no good record."""
    with pytest.raises(RecordProblem) as raised:
        open_store(where, writable)
    said = str(raised.value)
    assert "\n" not in said and where.name in said
    return said


def other_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table records (title text)")
        connection.execute("insert into records values ('Kind of Blue')")


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table songs (title text)")


def about_something_else(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table records (title text)")
        connection.execute("create table about (name text, value text)")


def newer_schema(path: Path) -> None:
    open_store(path, writable=True)
    with sqlite3.connect(path) as connection:
        connection.execute("update about set value = '99'")
        connection.execute("pragma journal_mode = delete")


NO_RECORDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a text": (lambda p: p.write_text("Séoul accuse Pyongyang.", encoding="utf-8"), "is no record (not an SQLite file)"),
    "the beginning of a database and no more": (lambda p: p.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000), "is no record (not an SQLite file)"),
    "a folder": (lambda p: p.mkdir(), "is a folder, not a record"),
    "a pipe": (os.mkfifo, "is no file that could hold a record"),
    "somebody's songs": (other_database, "other tables"),
    "somebody's records": (other_tables, "other tables"),
    "somebody's records with something about them": (about_something_else, "other tables"),
    "a newer schema": (newer_schema, "was written by a newer Dépêche (schema 99;"),
}


@pytest.mark.parametrize("writable", [False, True], ids=["to read", "to write"])
@pytest.mark.parametrize(("made", "said"), NO_RECORDS.values(), ids=NO_RECORDS.keys())
def test_what_is_no_record_is_told_and_left_as_it_is(tmp_path: Path, made: Callable[[Path], object], said: str, writable: bool) -> None:
    path = tmp_path / "mine.sqlite"
    made(path)
    gc.collect()  # connections that were left to the collector close now
    before = digest(tmp_path)
    assert said in sentence(path, writable)
    assert digest(tmp_path) == before


def test_a_record_is_not_looked_for_where_there_is_none(tmp_path: Path) -> None:
    assert "there is no record" in sentence(tmp_path / "absent.sqlite", writable=False)
    assert "there is no folder" in sentence(tmp_path / "absent" / "record.sqlite", writable=True)
    assert "may not be read" in sentence(tmp_path / ("x" * 300), writable=True)
    assert digest(tmp_path) == {}


def test_an_empty_file_becomes_a_record_and_holds_none_before(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    with pytest.raises(NoRecord):
        open_store(path)
    open_store(path, writable=True).write([FIRST])
    assert list(open_store(path).records()) == [FIRST]


def test_a_damaged_record_is_told_in_one_sentence(kept: Path) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    whole = bytearray(kept.read_bytes())
    whole[4096 : len(whole) - 4096] = os.urandom(len(whole) - 8192)
    kept.write_bytes(bytes(whole))
    with pytest.raises(RecordProblem, match=r"record\.sqlite.*(damaged|no record)"):
        list(open_store(kept).records())


# ── Not to be written ──
def test_a_file_that_another_program_holds_is_told_and_can_be_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    store = open_store(kept, writable=True)
    holder = sqlite3.connect(kept, isolation_level=None)
    holder.execute("begin immediate")
    with pytest.raises(RecordProblem, match="is locked by another program"):
        store.write([SECOND])
    assert list(open_store(kept).records()) == [FIRST]
    holder.execute("rollback")
    store.write([SECOND])
    assert list(open_store(kept).records()) == [FIRST, SECOND]


def test_a_full_disk_leaves_what_was_there(kept: Path) -> None:
    store = open_store(kept, writable=True)
    before = content(store)

    def fill(connection: sqlite3.Connection, _: object) -> None:
        (pages,) = connection.execute("pragma page_count").fetchone()
        connection.execute(f"pragma max_page_count = {pages + 2}")

    event.listen(store.backend.engine, "connect", fill)
    with pytest.raises(RecordProblem, match="the disk is full; what was read before stays on record"):
        store.write([SECOND, *(record_of(f"{LONG} {n}", Act()) for n in range(50))])
    event.remove(store.backend.engine, "connect", fill)
    assert content(store) == before
    store.write([SECOND])
    assert list(store.records()) == [FIRST, SECOND]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter: pytest's own are shut to others."""
    folder = Path(tempfile.mkdtemp(prefix="depeche-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(function: Callable[[], object]) -> str:
    """What a function returns, or says where it raises `RecordProblem`, for a person without rights: root may write everywhere."""
    reader, writer = get_context("fork").Pipe()

    def run() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        try:
            writer.send(str(function()))
        except RecordProblem as problem:
            writer.send(str(problem))
        except BaseException as problem:
            writer.send(f"raised {problem!r}")

    process = get_context("fork").Process(target=run)
    process.start()
    said: str = reader.recv() if reader.poll(60) else "nothing came"
    process.join()
    return said


def shipped(folder: Path) -> Path:
    """A record of one article that its owner put away: one file, without a log beside it."""
    path = folder / "record.sqlite"
    store = open_store(path, writable=True)
    store.write([FIRST])
    merge(store)
    gc.collect()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    assert [p.name for p in folder.iterdir()] == [path.name]
    return path


def test_a_file_that_may_only_be_read_can_be_asked(open_folder: Path) -> None:
    path = shipped(open_folder)
    path.chmod(0o444)
    open_folder.chmod(0o777)
    before = digest(open_folder)
    assert as_nobody(lambda: len(open_record(path).events())) == "1"
    assert "may not be written (it is read-only)" in as_nobody(lambda: open_store(path, writable=True).write([SECOND]))
    assert digest(open_folder)[path.name] == before[path.name]


def test_a_folder_that_may_only_be_read_can_be_asked(open_folder: Path) -> None:
    path = shipped(open_folder)
    path.chmod(0o666)
    open_folder.chmod(0o555)
    before = digest(open_folder)
    assert as_nobody(lambda: len(open_record(path).affairs())) == "1"
    said = as_nobody(lambda: open_store(path, writable=True).write([SECOND]))
    assert said == f"{path} may not be written (it is read-only)"
    assert digest(open_folder) == before


def test_no_record_is_made_in_a_folder_that_may_only_be_read(open_folder: Path) -> None:
    said = as_nobody(lambda: open_store(open_folder / "new.sqlite", writable=True))
    assert "cannot be opened (is its folder writable?)" in said
    assert list(open_folder.iterdir()) == []


@pytest.mark.parametrize("writable", [False, True])
def test_a_file_in_a_folder_shut_to_us_may_not_be_read(open_folder: Path, writable: bool) -> None:
    path = shipped(open_folder)
    open_folder.chmod(0o700)
    assert "may not be read (Permission denied)" in as_nobody(lambda: open_store(path, writable))


# ── Made and written by several at once ──
def _write(path: Path, number: int) -> None:
    for n in range(5):
        open_store(path, writable=True).write([record_of(f"Article {n} de tous.", Act()), record_of(f"Article {n} de {number}.", Act())])


def test_several_processes_make_and_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    processes = [get_context("fork").Process(target=_write, args=(path, number)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    texts = sorted(record.article.text for record in open_store(path).records())
    assert texts == sorted([f"Article {n} de tous." for n in range(5)] + [f"Article {n} de {number}." for n in range(5) for number in range(4)])
