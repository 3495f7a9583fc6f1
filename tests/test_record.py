"""What holds for every record, whatever the article: spans lie inside the text, reading twice gives the same, nothing stands without evidence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depeche import Reader
from depeche.record import Article

SENTENCES = [
    "Moscou et Pyongyang ont signé mercredi un traité d'assistance mutuelle en cas d'agression.",
    "« Nous ne céderons pas », a déclaré le ministre iranien des Affaires étrangères, cité par l'agence Isna.",
    "Séoul accuse Pyongyang d'avoir livré 7 000 conteneurs de munitions à Moscou, ce que la Corée du Nord dément.",
    "Selon l'ONU, au moins 28 civils ont été tués à Alep dans la nuit de mardi à mercredi.",
    "La Turquie a bombardé des positions kurdes en Syrie",
    "Il pleut sur Brest.",
    "« Une phrase sans fin",
    "Le 12 mai 2024, M. Dupont, porte-parole, n'a pas signé (AFP) –",
]
PIECES = st.one_of(st.sampled_from(SENTENCES), st.text(alphabet="aé «»\"”“’'\n.,;:-0123456789MP()–", max_size=40))


def spans(node: Any) -> list[tuple[int, int]]:
    found = []
    if isinstance(node, dict):
        if set(node) >= {"start", "end"} and isinstance(node["start"], int):
            found.append((node["start"], node["end"]))
        for value in node.values():
            found += spans(value)
    elif isinstance(node, list):
        for value in node:
            found += spans(value)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, min_size=1, max_size=8), joint=st.sampled_from([" ", "\n", "\n\n", ""]))
def test_spans_lie_inside_the_text_and_reading_twice_gives_the_same(reader: Reader, pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    if not text.strip():
        return
    record = reader.read(Article(text, published="2024-06-19")).to_dict()
    assert record == reader.read(Article(text, published="2024-06-19")).to_dict()
    entries = {key: value for key, value in record.items() if key != "article"}
    assert all(0 <= start < end <= len(text) for start, end in spans(entries))
    known = {entry["id"] for entry in record["actors"]}
    assert all(actor in known for event in record["events"] for actor in (*event["source"], *event["target"]))
    assert all(quote["content"] for quote in record["quotes"])
    ids = [entry["id"] for key in ("actors", "places", "events", "quotes", "agreements", "figures") for entry in record[key]]
    assert len(ids) == len(set(ids))
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record


def test_the_same_dispatch_in_two_papers_is_two_articles_with_one_text() -> None:
    one, other = (Article("Paris a condamné l'attaque.", publisher=paper) for paper in ("Le Monde", "Le Figaro"))
    assert one.id != other.id
    assert one.text_id == other.text_id


def test_the_article_keeps_its_text_as_it_came(read: Any) -> None:
    text = "Moscou\u00a0: « Nous n’irons\u202fpas\u202f», a dit la porte-parole russe.\r\n\tFin."
    assert read(text).article.text == text


def test_ids_point_at_the_article_and_the_offset(read: Any) -> None:
    record = read("Paris a condamné Moscou.")
    (event,) = record.events
    assert event.id == f"{record.article.id[7:19]}-e{event.trigger.start}"


def test_another_process_reads_the_same() -> None:
    # The order of a set differs from process to process; nothing on record may hang on it.
    text = "Téhéran et les Six ont signé un accord. Le 5+1 a salué Téhéran."
    command = [sys.executable, "-c", f"import depeche; print([a.name for a in depeche.read({text!r}).actors])"]
    seen = set()
    for seed in ("1", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        seen.add(subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    assert len(seen) == 1
