"""`depeche read … --into`: what a line reports as read is on record, whole and once, whatever happens next."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from depeche.affairs.view import AffairsView
from depeche.cli import keeping
from depeche.cli.main import main
from depeche.reader import Reader
from depeche.store.problems import RecordProblem
from depeche.store.runs import failed_before, status
from depeche.store.store import Store, open_store
from depeche.store.view import View
from invented import content, differing

PLACES = ["Moscou", "Kiev", "Pékin", "Tokyo", "Séoul", "Ankara"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder of a person who keeps a record."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def depeche(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def articles(path: Path, count: int, **about: Any) -> Path:
    """A file of short articles, each of its own text."""
    with path.open("w", encoding="utf-8") as stream:
        for n in range(count):
            one, other = PLACES[n % 6], PLACES[(n + 1 + n // 6 % 5) % 6]
            text = f"{one} a expulsé {n + 2} diplomates de {other}. « Nous regrettons », a déclaré {other}."
            stream.write(json.dumps({"text": text, "published": f"2024-06-{n % 28 + 1:02}", "language": "fr"} | about, ensure_ascii=False) + "\n")
    return path


def texts(where: str | Path = "depeche.sqlite") -> list[str]:
    return [record.article.text for record in open_store(where).records()]


def test_what_is_read_is_kept_and_told_a_line_each(folder: Path) -> None:
    result = depeche("read", str(articles(folder / "a.jsonl", 3)), "--into", "record.sqlite")
    assert result.exit_code == 0
    ids = [record.article.id[7:19] for record in open_store("record.sqlite").records()]
    assert [line[:12] for line in result.stdout.splitlines()] == ids
    assert "record.sqlite: 3 read" in result.stderr
    assert len(AffairsView(open_store("record.sqlite")).affairs()) == 3


def test_the_record_is_in_the_working_folder_where_no_file_is_named(folder: Path) -> None:
    depeche("read", str(articles(folder / "a.jsonl", 1)), "--into")
    assert len(texts("depeche.sqlite")) == 1


def test_nothing_is_kept_without_being_asked_to(folder: Path) -> None:
    path = articles(folder / "a.jsonl", 1)
    depeche("read", str(path))
    assert list(folder.iterdir()) == [path]


def test_a_server_keeps_it_as_well(folder: Path, server: Any) -> None:
    address = server.database()
    assert depeche("read", str(articles(folder / "a.jsonl", 2)), "--into", address).exit_code == 0
    assert len(texts(address)) == 2
    assert "motdepasse" not in depeche("status", "--record", address).output


def test_what_is_on_record_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = articles(folder / "a.jsonl", 3)
    depeche("read", str(path), "--into")
    before = content(open_store("depeche.sqlite"))
    articles(path, 4)
    again = depeche("read", str(path), "--into")
    assert len(again.stdout.splitlines()) == 1
    assert "1 read, 3 on record already" in again.stderr
    assert before["articles"] == [row for row in content(open_store("depeche.sqlite"))["articles"] if row in before["articles"]]


def test_a_newer_program_reads_it_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = articles(folder / "a.jsonl", 2)
    depeche("read", str(path), "--into")
    for module in ("depeche._version", "depeche.reader"):
        monkeypatch.setattr(f"{module}.VERSION", "99.0")
    assert "2 read" in depeche("read", str(path), "--into").stderr
    assert {record.article.reader and record.article.reader.version for record in open_store("depeche.sqlite").records()} == {"99.0"}
    assert "2 on record already" in depeche("read", str(path), "--into").stderr


def test_corrected_metadata_take_the_place_of_the_wrong(folder: Path) -> None:
    depeche("read", str(articles(folder / "a.jsonl", 1)), "--into")
    assert "1 read" in depeche("read", str(articles(folder / "a.jsonl", 1, published="2023-01-01")), "--into").stderr
    assert [record.article.published for record in open_store("depeche.sqlite").records()] == ["2023-01-01"]
    assert len(View(open_store("depeche.sqlite")).events()) == 1


# ── Failed ──
def test_what_cannot_be_read_is_told_and_the_rest_is_kept(folder: Path) -> None:
    path = articles(folder / "a.jsonl", 2)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"text": \n')
    result = depeche("read", str(path), "absent.txt", "--into")
    assert result.exit_code == 1
    assert len(texts()) == 2
    assert [(f.path, f.place) for f in failed_before(open_store("depeche.sqlite"))] == [(str(path), f"{path}, line 3"), ("absent.txt", "absent.txt")]
    shown = depeche("status").output
    assert "absent.txt" in shown and "there is no such file or folder" in shown


def test_retry_takes_only_what_failed(folder: Path) -> None:
    good, bad = articles(folder / "a.jsonl", 2), folder / "Kiev : la nuit.txt"
    bad.write_text("", encoding="utf-8")
    depeche("read", str(good), bad.name, "--into")
    articles(good, 9)
    assert depeche("read", "--retry-failed", "--into").exit_code == 1
    bad.write_text("Kiev a condamné Moscou.", encoding="utf-8")
    result = depeche("read", "--retry-failed", "--into", "--language", "fr")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert len(texts()) == 3
    assert failed_before(open_store("depeche.sqlite")) == []
    assert depeche("read", "--retry-failed", "--into").exit_code == 0


@pytest.mark.parametrize("arguments", [["--retry-failed"], ["--retry-failed", "--into", "r.sqlite", "a.txt"], ["--into", "r.sqlite"]])
def test_a_retry_takes_a_record_and_no_path(arguments: list[str]) -> None:
    assert depeche("read", *arguments).exit_code == 2


def test_a_record_that_cannot_be_written_is_one_sentence(folder: Path) -> None:
    (folder / "record.sqlite").write_text("Bonjour", encoding="utf-8")
    result = depeche("read", str(articles(folder / "a.jsonl", 1)), "--into", "record.sqlite")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: record.sqlite is no record (not an SQLite file)\n"


# ── Kept in order ──
def test_status_tells_how_it_went(folder: Path) -> None:
    depeche("read", str(articles(folder / "a.jsonl", 3)), "--into")
    shown = depeche("status").output
    for words in ("3 articles, 1 Jun 2024 – 3 Jun 2024", "3 events in 3 affairs, 3 quotes", "run 1", "3 read, 0 known, 0 failed; finished"):
        assert words in shown
    assert json.loads(depeche("status", "--format", "json").stdout)["articles"] == 3


def test_rebuilding_changes_nothing(folder: Path) -> None:
    depeche("read", str(articles(folder / "a.jsonl", 5)), "--into")
    before = content(open_store("depeche.sqlite"))
    assert depeche("rebuild").output == "depeche.sqlite: rebuilt from 5 articles, 5 affairs\n"
    assert content(open_store("depeche.sqlite")) == before


def test_a_copy_is_the_same(folder: Path) -> None:
    depeche("read", str(articles(folder / "a.jsonl", 5)), "--into")
    assert depeche("copy", "depeche.sqlite", "copy.sqlite").output == "copy.sqlite: 5 articles came from depeche.sqlite\n"
    assert differing(open_store("depeche.sqlite"), open_store("copy.sqlite")) == []


def test_an_article_is_forgotten_with_what_rests_on_it(folder: Path) -> None:
    depeche("read", str(articles(folder / "a.jsonl", 2)), "--into")
    gone, stays = open_store("depeche.sqlite").records()
    assert depeche("forget", gone.article.id[7:17]).exit_code == 0
    assert list(open_store("depeche.sqlite").records()) == [stays]
    assert not [name for name, rows in content(open_store("depeche.sqlite")).items() if gone.article.id[7:19] in repr(rows)]
    again = depeche("forget", gone.article.id)
    assert again.exit_code == 1 and again.output.startswith("Error: there is no article")


# ── Killed ──
@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many commits in a short reading, so that the kills meet them."""
    monkeypatch.setattr(keeping, "BATCH", 3)


def test_lines_come_after_their_commit(folder: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    whole = Store.writing

    def torn(self: Store) -> Any:
        if len(lines) >= 6:
            raise RecordProblem("the disk went away")
        return whole(self)

    reported = keeping._line

    def line(record: Any) -> str:
        assert record in list(open_store("depeche.sqlite").records())
        lines.append(reported(record))
        return lines[-1]

    monkeypatch.setattr(Store, "writing", torn)
    monkeypatch.setattr(keeping, "_line", line)
    result = depeche("read", str(articles(folder / "a.jsonl", 20)), "--into")
    assert (result.exit_code, result.stderr) == (1, "Error: the disk went away\n")
    assert result.stdout.splitlines() == lines
    assert len(texts()) == len(lines) == 6


def _read(path: str, record: str, lines: str) -> None:
    main(["read", path, "--into", record, "--output", lines], standalone_mode=False)


def _reading(path: Path, record: Path, lines: Path) -> Any:
    # A fork has the pipeline loaded already, so that a kill meets the reading rather than the start.
    process = get_context("fork").Process(target=_read, args=(str(path), str(record), str(lines)))
    process.start()
    return process


def _reported(lines: Path) -> Iterator[str]:
    if lines.exists():
        yield from (line[:12] for line in lines.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n"))


def test_killed_at_any_moment_what_was_reported_is_there_whole_and_once(folder: Path, small_batches: None, reader: Reader) -> None:
    path, calm, disturbed, lines = articles(folder / "a.jsonl", 30), folder / "calm.sqlite", folder / "disturbed.sqlite", folder / "lines.txt"
    reader.read("Paris a condamné Moscou.")
    begun = time.monotonic()
    undisturbed = _reading(path, calm, folder / "calm.txt")
    undisturbed.join()
    lasts = time.monotonic() - begun
    assert undisturbed.exitcode == 0
    known = {record.article.id[7:19]: record for record in open_store(calm).records()}
    chance, killed, reported, met = random.Random(5), 0, set[str](), 0
    while killed < 20:
        lines.unlink(missing_ok=True)
        process = _reading(path, disturbed, lines)
        process.join(chance.uniform(0, lasts))
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            killed += 1
        reported |= set(_reported(lines))
        met += 0 < len(reported) < 30
        if reported:
            with sqlite3.connect(disturbed) as connection:
                assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            there = Counter(record.article.id[7:19] for record in open_store(disturbed).records())
            assert reported <= set(there) and set(there.values()) == {1}
            assert all(record == known[record.article.id[7:19]] for record in open_store(disturbed).records())
        if process.exitcode == 0:
            assert differing(open_store(calm), open_store(disturbed)) == []
            for file in folder.glob("disturbed.sqlite*"):
                file.unlink()
            reported = set()
    last = _reading(path, disturbed, lines)
    last.join()
    assert last.exitcode == 0
    assert list(open_store(disturbed).records()) == list(open_store(calm).records())
    assert differing(open_store(calm), open_store(disturbed)) == []
    assert met >= 3, "the kills met no reading that was under way"
    runs = status(open_store(disturbed))["runs"]
    assert runs[0]["finished"] and runs[0]["known"] + runs[0]["read"] == 30
