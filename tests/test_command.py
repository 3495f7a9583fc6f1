"""The command as a newcomer meets it: real processes, real files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LINE = "Séoul accuse Pyongyang d'avoir livré des munitions à Moscou."


def depeche(*arguments: str, stdin: str | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "depeche.cli.main", *arguments], input=stdin, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd
    )


def records(run: subprocess.CompletedProcess[str]) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "depeche.txt"
    path.write_text(LINE, encoding="utf-8")
    return path


def test_the_demo_needs_no_file_and_shows_what_a_dispatch_puts_on_record() -> None:
    run = depeche("demo")
    assert run.returncode == 0
    assert run.stderr == ""
    for heading in ("WHO DID WHAT", "WHO SAID WHAT", "HOW MANY"):
        assert heading in run.stdout
    assert "Royaume-Uni → Russie" in run.stdout
    assert "\x1b[" not in run.stdout


def test_no_word_is_broken_in_the_table(article: Path) -> None:
    text = article.read_text(encoding="utf-8")
    shown = depeche("read", str(article), "--language", "fr").stdout.split()
    assert all(word in shown for word in text.split())


def test_a_record_a_line(article: Path) -> None:
    (record,) = records(depeche("read", str(article), "--format", "jsonl", "--published", "2024-06-19"))
    assert record["article"]["text"] == LINE
    assert record["article"]["published"] == "2024-06-19"
    assert {e["type"] for e in record["events"]} == {"ACCUSE", "AID"}


def test_one_json_document(article: Path) -> None:
    run = depeche("read", str(article), "--format", "json")
    assert json.loads(run.stdout)["article"]["language"] == "fr"


def test_standard_input_and_an_output_file(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    run = depeche("read", "-", "--format", "jsonl", "--output", str(out), stdin=LINE)
    assert (run.returncode, run.stdout) == (0, "")
    assert json.loads(out.read_text(encoding="utf-8"))["article"]["text"] == LINE


def test_two_workers_read_the_same_in_the_same_order(tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    texts = [f"Paris a expulsé {n} diplomates russes." for n in range(2, 40)]
    lines.write_text("\n".join(json.dumps({"text": t, "language": "fr"}) for t in texts), encoding="utf-8")
    one = depeche("read", str(lines), "--format", "jsonl")
    two = depeche("read", str(lines), "--format", "jsonl", "--jobs", "2")
    assert one.stdout == two.stdout
    assert [r["article"]["text"] for r in records(two)] == texts


def test_explain_tells_the_row_and_how_the_sides_were_filled(article: Path) -> None:
    shown = depeche("read", str(article), "--explain").stdout
    assert "row: accuser verb" in shown
    assert "source: Corée du Sud, by “Séoul” (subj)" in shown


BAD = {
    "a missing file": ("absent.txt", None, "absent.txt"),
    "an empty file": ("vide.txt", b"", "vide.txt"),
    "a picture": ("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "photo.txt"),
    "NUL characters": ("nul.txt", b"Paris a \x00condamn\xc3\xa9 Moscou.", "nul.txt"),
    "a language without a pack": (
        "oslo.txt",
        "Regjeringen i Oslo fordømte i dag angrepet på ambassaden og ba om et møte i Sikkerhetsrådet.".encode(),
        "oslo.txt",
    ),
    "more than five million characters": ("long.txt", ("Paris a condamné Moscou. " * 210_000).encode(), "long.txt"),
}


@pytest.mark.parametrize(("name", "content", "named"), BAD.values(), ids=BAD.keys())
def test_bad_input_gets_one_sentence_and_the_rest_is_read(tmp_path: Path, article: Path, name: str, content: bytes | None, named: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    run = depeche("read", str(path), str(article), "--format", "jsonl")
    assert run.returncode == 1
    (complaint,) = run.stderr.splitlines()
    assert complaint.startswith("depeche: ") and named in complaint
    assert [r["article"]["text"] for r in records(run)] == [LINE]


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    run = depeche("read", str(tmp_path / "leer"))
    assert run.returncode == 1
    assert "leer" in run.stderr and "Traceback" not in run.stderr


def test_broken_json_in_line_3_leaves_the_other_lines(tmp_path: Path) -> None:
    path = tmp_path / "agence.jsonl"
    good = [json.dumps({"text": f"Paris a condamné {city}.", "language": "fr"}, ensure_ascii=False) for city in ("Moscou", "Minsk", "Téhéran")]
    surrogate = '{"text": "Paris \\ud800 a condamné Moscou.", "language": "fr"}'
    path.write_text("\n".join([good[0], good[1], '{"text": "Paris', good[2], surrogate]), encoding="utf-8")
    run = depeche("read", str(path), "--format", "jsonl")
    assert run.returncode == 1
    assert len(records(run)) == 3
    broken, unreadable = run.stderr.splitlines()
    assert "agence.jsonl, line 3" in broken
    assert "agence.jsonl, line 5" in unreadable and "surrogate" in unreadable


@pytest.mark.parametrize("wrong", [["--published", "31.02.2024"], ["--format", "xml"], ["--jobs", "0"]])
def test_a_bad_option_is_a_usage_error(article: Path, wrong: list[str]) -> None:
    run = depeche("read", str(article), *wrong)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from depeche.cli.main import main; "
        "CliRunner().invoke(main, ['read', '--help']); print('spacy' in sys.modules, 'rich' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False False"
