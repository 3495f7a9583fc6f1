"""The knowledge base that ships, and how it is made and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from depeche.knowledge.base import KnowledgeBase, shipped
from depeche.knowledge.check_leaders import Spell, differences, our_heads, read_reign

HEADER = "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender"


def test_it_is_one_small_file_that_knows_a_name_at_once() -> None:
    base = shipped()
    assert base.path.stat().st_size < 15_000_000
    assert KnowledgeBase(base.path).named("Moscou")


@pytest.mark.parametrize(
    ("country", "office", "day", "wanted"),
    [
        ("FRA", "head_of_state", "2010-06-01", "Nicolas Sarkozy"),
        ("FRA", "head_of_state", "2024-06-01", "Emmanuel Macron"),
        ("FRA", "head_of_government", "2010-06-01", "François Fillon"),
        ("IRN", "president", "2017-06-01", "Hassan Rohani"),
        ("IRN", "head_of_state", "2017-06-01", "Ali Khamenei"),
        ("RUS", "foreign_minister", "2017-06-01", "Sergueï Lavrov"),
        ("PRK", "leader", "2017-06-01", "Kim Jong-un"),
        ("PRK", "leader", "2010-06-01", "Kim Jong-il"),
        ("MDV", "head_of_state", "2019-06-01", "Ibrahim Mohamed Solih"),
        ("BTN", "head_of_government", "2024-06-01", "Tshering Tobgay"),
        ("FRA", "head_of_state", "1789-06-01", None),
        ("FRA", "head_of_state", None, None),
        ("ZZZ", "head_of_state", "2017-06-01", None),
    ],
)
def test_who_held_an_office_on_a_day(country: str, office: str, day: str | None, wanted: str | None) -> None:
    holder = shipped().holder(country, office, day)
    assert (holder.name if holder else None) == wanted


def test_a_body_has_its_head() -> None:
    heads = [shipped().holder(None, "secretary_general", day, "org:onu") for day in ("2015-06-01", "2019-06-01")]
    assert [h.name for h in heads if h] == ["Ban Ki-moon", "Antonio Guterres"]


def test_a_family_name_is_met_with_its_capital() -> None:
    assert {n.spelt for n in shipped().named("Poutine") if n.what == "family"} == {None}


def test_a_noun_of_its_kind_is_no_part_of_a_name() -> None:
    assert shipped().named("agence Ria Novosti") == []
    assert shipped().named("Ria Novosti") != []
    assert shipped().named("groupe de Minsk") != []


def test_at_least_sixty_states_have_their_ministers() -> None:
    base = shipped()
    with_ministers = {c for c in base.states if any(base.holders(c, None, "foreign_minister")) and any(base.holders(c, None, "defence_minister"))}
    assert len(with_ministers) >= 60


def test_leaders_that_our_table_lacks_are_told(tmp_path: Path) -> None:
    file = tmp_path / "leaders.csv"
    file.write_text(
        f"{HEADER}\nFRN,220,a,Hollande,15,5,2012,5,2017,1954,1\nFRN,220,b,Untel,14,5,2017,,,1970,1\nAUS,305,c,Faymann,2,12,2008,5,2016,1960,1\n",
        encoding="utf-8",
    )
    spells = list(read_reign(file))
    assert spells[0] == Spell("FRA", "Hollande", "2012-05", "2017-05")
    assert [s.country for s in spells] == ["FRA", "FRA", "AUT"]
    (found,) = differences(spells, our_heads())
    assert found.spell == Spell("FRA", "Untel", "2017-05", "2021-03")
    assert "Emmanuel Macron" in str(found)


def test_other_spellings_of_a_leader_are_no_difference() -> None:
    spells = [Spell("AZE", "Ilhma Aliyev", "2010-01", "2021-03"), Spell("UKR", "Zelensky", "2019-06", "2021-03")]
    assert list(differences(spells, our_heads())) == []
