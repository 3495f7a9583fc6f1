"""Which words stand between quotation marks, in every form of the French press and in every broken one."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depeche.extraction.marks import find_marked


def marked(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Il a dit : « Nous partons ».", ["Nous partons"]),
        ("Il a dit : «\u00a0Nous partons\u202f».", ["Nous partons"]),
        ("Il a dit : “Nous partons”.", ["Nous partons"]),
        ("Il a dit : „Nous partons”.", ["Nous partons"]),
        ('Il a dit : "Nous partons".', ["Nous partons"]),
        ("Il a dit : ‘Nous partons’.", ["Nous partons"]),
        ("Il a dit : ‹Nous partons›.", ["Nous partons"]),
        ("« Oui », puis « non », puis « peut-être ».", ["Oui", "non", "peut-être"]),
    ],
)
def test_marks_of_every_form_hold_their_words(text: str, words: list[str]) -> None:
    assert marked(text) == words


@pytest.mark.parametrize(
    "text",
    ["L'ONU n'a pas réagi.", "C’est l’heure d’agir, aujourd’hui.", "Rien ne s'est passé »", "« »", '""', "Une vis de 5’ et une autre"],
)
def test_apostrophes_and_lone_or_empty_marks_hold_nothing(text: str) -> None:
    assert marked(text) == []


def test_a_quotation_inside_a_quotation_belongs_to_the_outer_one() -> None:
    assert marked("« Il a crié “au feu” et il est parti », dit-elle.") == ["Il a crié “au feu” et il est parti"]


def test_an_apostrophe_does_not_close_a_quotation_in_single_marks() -> None:
    assert marked("Elle a dit ‘l’heure est venue’ puis s’est tue.") == ["l’heure est venue"]


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    assert marked("« Nous partons demain\nLa délégation est restée.") == ["Nous partons demain"]


def test_a_quotation_that_goes_on_opens_each_paragraph_and_closes_the_last() -> None:
    assert marked("« Nous partons.\n\n« Nous reviendrons. »\n\nIl est parti.") == ["Nous partons.", "Nous reviendrons."]


def test_a_closing_mark_closes_what_was_left_open_inside() -> None:
    assert marked("« Il a dit “oui ». Puis rien.") == ["Il a dit “oui"]


def test_the_outer_places_take_the_marks_in() -> None:
    (mark,) = find_marked("X : « oui ».")
    assert (mark.outer_start, mark.outer_end) == (4, 11)


PIECES = st.sampled_from(["«", "»", "“", "”", "„", '"', "‘", "’", "'", "‹", "›", "\n", " ", "\u00a0", "a", "mot ", "dit.", "l’", ", "])
BROKEN = st.lists(PIECES, max_size=60).map("".join)
NESTED = st.recursive(
    st.sampled_from(["oui", "nous partons", "l’heure"]),
    lambda inner: st.tuples(st.sampled_from(["«»", "“”", '""', "‘’"]), st.lists(inner, min_size=1, max_size=3)).map(
        lambda t: t[0][0] + " ".join(t[1]) + t[0][1]
    ),
    max_leaves=12,
)


@given(BROKEN)
def test_random_marks_yield_spans_inside_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for mark in find_marked(text):
        assert end <= mark.outer_start < mark.start < mark.end <= mark.outer_end <= len(text)
        assert text[mark.start : mark.end].strip() == text[mark.start : mark.end] != ""
        end = mark.outer_end


@given(NESTED, st.data())
def test_random_nestings_cut_off_anywhere_yield_spans_inside_the_text(text: str, data: st.DataObject) -> None:
    cut = text[: data.draw(st.integers(0, len(text)))]
    assert all(0 <= m.outer_start < m.start < m.end <= m.outer_end <= len(cut) for m in find_marked(cut))


@given(st.lists(st.sampled_from(["oui", "nous partons", "la paix"]), min_size=1, max_size=6))
def test_balanced_marks_give_back_what_was_put_between_them(parts: list[str]) -> None:
    assert marked(" puis ".join(f"« {part} »" for part in parts)) == parts


@pytest.mark.parametrize("unit", ["« a “b” c » d ", "«", "« \n« ", '"“', '«“"‘', "» "])
def test_ten_times_the_text_takes_about_ten_times_the_steps(unit: str) -> None:
    def steps(text: str) -> int:
        taken = 0

        def count(frame: FrameType, event: str, argument: object) -> Any:
            nonlocal taken
            taken += event == "line"
            return count

        before = sys.gettrace()
        sys.settrace(count)
        try:
            find_marked(text)
        finally:
            sys.settrace(before)
        return taken

    few, many = steps(unit * 400), steps(unit * 4_000)
    assert 0 < many < 12 * few
