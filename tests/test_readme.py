"""What the README shows is what the program prints, and its commands are those that continuous integration runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    """The fenced block behind a mark."""
    behind = README.split(f"<!-- {mark} -->", 1)[1]
    return behind.split("```", 2)[1].split("\n", 1)[1]


def test_the_demo_prints_what_the_readme_shows() -> None:
    run = subprocess.run([sys.executable, "-m", "depeche.cli.main", "demo"], capture_output=True, text=True, encoding="utf-8", check=True)
    assert block("demo").strip()
    assert block("demo").strip() in run.stdout


def test_the_question_about_pacts_is_answered_as_the_readme_shows() -> None:
    question = "pacts --attacked RUS --by USA --on 2025-01-15 --record none.sqlite".split()
    run = subprocess.run([sys.executable, "-m", "depeche.cli.main", *question], capture_output=True, text=True, encoding="utf-8", check=True)
    assert block("pacts").strip()
    assert run.stdout.startswith(block("pacts").rstrip())


def test_the_example_in_python_runs() -> None:
    code = README.split("```python", 1)[1].split("```", 1)[0]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[0].startswith("ACCUSE reported ['Corée du Sud'] accuse")


def test_the_test_command_is_found_by_continuous_integration() -> None:
    assert "pytest" in block("test command")
