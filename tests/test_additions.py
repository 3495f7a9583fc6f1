"""A person's own actors: taken in from TOML and CSV, found by name, read in a text; a bad row is named by file and line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from depeche import Reader
from depeche.knowledge.additions import BadActors, read_actors, with_additions

TOML = """
[[actor]]
name = "Ursule Nkemba"
country = "GAB"
gender = "f"
names = ["la dame de Lambaréné"]
source = "https://example.org/nkemba"

[[actor.office]]
office = "other"
from = "2024-01"

[[actor]]
name = "Front du fleuve"
kind = "group"
country = "GAB"
sector = "REB"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "actors.toml"
    path.write_text(TOML, encoding="utf-8")
    return path


def test_own_actors_are_read_in_a_text(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    line = "Le Front du fleuve a attaqué un convoi français, a déclaré Ursule Nkemba. Mme Nkemba a condamné l'attaque."
    record = Reader("fr", [own]).read(line)
    found = {a.name: a for a in record.actors}
    assert (found["Front du fleuve"].kind, found["Front du fleuve"].sector) == ("group", "REB")
    nkemba = found["Ursule Nkemba"]
    assert nkemba.country == "GAB"
    assert [s.of(line) for s in nkemba.mentions] == ["Ursule Nkemba", "Mme Nkemba"]
    without = {a.name: a for a in Reader("fr").read(line).actors}
    assert without["Ursule Nkemba"].country is None


def test_the_record_tells_which_knowledge_read_it(own: Path, tmp_path: Path) -> None:
    with_own = with_additions([own], tmp_path)
    assert with_own.version != with_additions([]).version
    assert with_additions([own], tmp_path).path == with_own.path


def test_a_name_of_ones_own_leads_where_one_says(tmp_path: Path) -> None:
    path = tmp_path / "noms.csv"
    path.write_text("name,kind,country,names\nParis Martin,person,CAN,\nLe Kremlin,organisation,CAN,Kremlin;bar Le Kremlin\n", encoding="utf-8")
    knowledge = with_additions([path], tmp_path / "cache")
    assert {knowledge.entity(n.row).name for n in knowledge.named("Kremlin")} == {"Le Kremlin"}
    assert "France" in {knowledge.entity(n.row).name for n in knowledge.named("Paris")}


BAD = {
    "an unknown country": ('[[actor]]\nname = "A"\n\n[[actor]]\nname = "B"\ncountry = "ZZZ"\n', "line 4: no state has the code 'ZZZ'"),
    "no name": ('[[actor]]\ncountry = "FRA"\n', "line 1: the actor has no name"),
    "an unknown kind": ('[[actor]]\nname = "A"\nkind = "robot"\n', "line 1: the kind 'robot'"),
    "an unknown key": ('[[actor]]\nname = "A"\nage = 3\n', "line 1: unknown key 'age'"),
    "a bad day": ('[[actor]]\nname = "A"\n[[actor.office]]\noffice = "other"\nfrom = "hier"\n', "line 1: from and to are days"),
    "no TOML": ('[[actor\nname = "A"', "not valid TOML"),
}


@pytest.mark.parametrize(("text", "complaint"), BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadActors) as problem:
        list(read_actors(path))
    assert "actors.toml" in str(problem.value) and complaint in str(problem.value)


def depeche(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "depeche.cli.main", *arguments], capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd)


def test_find_shows_what_a_name_leads_to_and_why(tmp_path: Path) -> None:
    run = depeche("actors", "find", "Kremlin", "--on", "2020-01-01", cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout.startswith("Russie  (state, RUS, GOV)")
    assert "seat of government" in run.stdout
    person = depeche("actors", "find", "Theresa May", "--on", "2018-01-01", cwd=tmp_path).stdout
    assert "head_of_government of GBR" in person and "in office on 2018-01-01 [unverified]" in person
    assert depeche("actors", "find", "Xyzzy Plugh", cwd=tmp_path).returncode == 1


def test_add_writes_a_row_that_find_then_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    added = depeche("actors", "add", "Ursule Nkemba", "--country", "GAB", "--gender", "f", "--also", "Maman Ursule", cwd=tmp_path)
    assert added.returncode == 0
    found = depeche("actors", "find", "Maman Ursule", cwd=tmp_path)
    assert found.stdout.startswith("Ursule Nkemba  (person, GAB)")
    refused = depeche("actors", "add", "X", "--country", "Gabon", cwd=tmp_path)
    assert refused.returncode == 2 and "no state has the code 'Gabon'" in refused.stderr
    assert (tmp_path / "actors.toml").read_text(encoding="utf-8").count("[[actor]]") == 1


def test_a_bad_file_of_actors_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[actor]]\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Paris a condamné Moscou.", encoding="utf-8")
    run = depeche("read", "a.txt", "--actors", "mine.toml", cwd=tmp_path)
    assert run.returncode == 2
    assert "mine.toml, line 1" in run.stderr and "Traceback" not in run.stderr
