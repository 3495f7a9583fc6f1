"""What the desk asks of the record: places, speakers, names that are none."""

from __future__ import annotations

import pytest

from depeche.affairs.merging import merge
from depeche.asking import Record, open_record
from depeche.record import ArticleRecord
from depeche.store.problems import NotOnRecord
from depeche.store.store import open_store


@pytest.fixture
def record(where: str, desk_records: list[ArticleRecord]) -> Record:
    """The same in a file and on a server."""
    store = open_store(where, writable=True)
    store.write(desk_records)
    merge(store)
    return open_record(where)


def test_places_are_counted_with_their_mean_score(record: Record) -> None:
    places = {p["name"]: p for p in record.places()}
    assert places["Pyongyang"]["affairs"] == 2
    assert places["Gaza"]["score"] < 0
    assert sum(p["affairs"] for p in places.values()) == len(record.affairs())


def test_places_are_narrowed_down_like_affairs(record: Record) -> None:
    assert {p["name"] for p in record.places(actor="Israël")} == {"Gaza", None}
    assert {p["name"] for p in record.places(types="ASSAULT", limit=1)} == {"Gaza"}


def test_speakers_are_counted_the_oftenest_first(record: Record) -> None:
    speakers = record.speakers()
    assert sum(s["quotes"] for s in speakers) == len([q for q in record.quotes() if q["speaker_name"]])
    assert [s["quotes"] for s in speakers] == sorted((s["quotes"] for s in speakers), reverse=True)
    assert {s["name"] for s in record.speakers(words="absurdes")} == {"Kim Jong-un"}


@pytest.mark.parametrize("name", [" ", "…", "'"])
def test_what_is_no_name_is_nobody(record: Record, name: str) -> None:
    with pytest.raises(NotOnRecord, match="is no name"):
        record.codes_of(name)


def test_what_is_not_there_is_told_apart_from_what_is_broken(record: Record) -> None:
    for ask in (lambda: record.affair("x"), lambda: record.article("ffffffff"), lambda: record.codes_of("Gondor")):
        with pytest.raises(NotOnRecord):
            ask()
