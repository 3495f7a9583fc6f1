"""How a large record answers: a million generated events written, merged and asked.

    million.py [--events N] [--keep FILE]

Prints the time to write and to merge, and for every asking command the time of the whole command, a fresh process each. The events are drawn: some
ninety states and groups, ten years, unevenly busy, most told by one outlet and some by up to six.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from depeche.affairs.merging import merge
from depeche.knowledge.base import shipped
from depeche.ontology.plover import EVENT_TYPES
from depeche.record import Actor, Article, ArticleRecord, Bounds, Event, Place, Position, Quote, ReaderVersion, Side, Span, When, entry_id
from depeche.store.store import open_store

OUTLETS = ["AFP", "Reuters", "Le Monde", "La Croix", "Anadolu", "Ouest-France", "Jeune Afrique", "Le Temps", "RFI", "Le Soir"]
VERBS = "accuse rencontre frappe menace soutient sanctionne aide critique convoque exhorte bombarde expulse invite remercie".split()
TYPES = ["CONSULT", "ACCUSE", "REQUEST", "SUPPORT", "ASSAULT", "REJECT", "THREATEN", "SANCTION", "AGREE", "AID", "MOBILIZE", "COERCE", "PROTEST", "COOPERATE"]
COMMANDS = (
    "events",
    "events --actor Russie",
    "events --actor Russie --counterpart Ukraine",
    "events --actor Lavrov",
    "events --words frappe",
    "events --type ASSAULT --since 2020-01-01 --until 2020-03-31",
    "affairs",
    "affairs --actor Russie",
    "affairs --place Paris",
    "affairs --words frappe",
    "quotes --actor Russie",
    "timeline --actor RUS --counterpart USA",
    "relations RUS UKR",
    "disputes",
    "actors",
    "panel --actor RUS --counterpart UKR",
    "pacts --attacked RUS --on 2025-01-15",
    "status",
)


def records(count: int, seed: int = 7) -> Iterator[ArticleRecord]:
    """Articles with some `count` events in all, three or so in each."""
    draw = random.Random(seed)
    base = shipped()
    states = [(e.country, e.name) for e in list(base.states.values())[:90] if e.country]
    states += [(code, base.states[code].name) for code in ("RUS", "UKR", "USA", "FRA", "ISR", "IRN", "CHN") for _ in range(30)]
    first = date(2015, 1, 1)
    told = 0
    version = ReaderVersion("0", "fr-0", "0")
    while told < count:
        day = first + timedelta(int(3650 * draw.random() ** 0.7))
        happening = [(draw.choice(TYPES), draw.choice(states), draw.choice(states), draw.random() < 0.7) for _ in range(draw.choice((1, 2, 3, 5)))]
        for outlet in draw.sample(OUTLETS, draw.choice((1, 1, 1, 2, 3, 6))):
            told += len(happening)
            yield _article(draw, day, outlet, happening, version)


def _article(draw: random.Random, day: date, outlet: str, happening: list, version: ReaderVersion) -> ArticleRecord:
    published = (day + timedelta(draw.choice((0, 0, 1)))).isoformat()
    sentences, spans, at = [], [], 0
    for type_, (_, source), (_, target), _ in happening:
        verb = VERBS[TYPES.index(type_) % len(VERBS)]
        words = f"{source} {verb} {target} à Paris, dossier {draw.randrange(10**9)}, selon {outlet}."
        spans.append((at, len(source) + 1, len(verb), len(words)))
        sentences.append(words)
        at += len(words) + 1
    article = Article("\n".join(sentences), sentences[0], published, "fr", outlet, None, None, version)
    actors: dict[str, Actor] = {}
    events = []
    place = Place(entry_id(article, "p", 0), "Paris", "FRA", 48.85, 2.35, ())
    for n, ((type_, one, other, dated), (start, verb_at, verb_len, length)) in enumerate(zip(happening, spans, strict=True)):
        span = Span(start, start + length)
        pair = []
        for code, name in (one, other):
            id_ = f"{entry_id(article, 'a', start)}{code}"
            actors.setdefault(code, Actor(id_, name, "state", code, "GOV", None, f"state:{code}", (span,)))
            pair.append(actors[code].id)
        positions = (Position(pair[0], "alleges"), Position(pair[1], "denies")) if draw.random() < 0.02 else ()
        events.append(
            Event(
                id=entry_id(article, "e", start),
                type=type_,
                mode=None,
                contexts=(),
                cameo=None,
                trigger=Span(start + verb_at, start + verb_at + verb_len),
                retold=(),
                evidence=span,
                source=(pair[0],),
                target=(pair[1],),
                sides=(Side("source", pair[0], span, "subj"), Side("target", pair[1], span, "obj")),
                place=place.id if n == 0 else None,
                when=When(day.isoformat(), day.isoformat()) if dated else None,
                bounds=Bounds(day.isoformat(), day.isoformat(), "text") if dated else Bounds(None, published, "published"),
                background=False,
                status="reported",
                positions=positions,
                figures=(),
                rule="drawn",
            )
        )
    start, _, _, length = spans[0]
    speaker = events[0].source[0]
    said = Quote(entry_id(article, "q", start), (Span(start, start + length),), "indirect", speaker, (), None, None, None, (), None, False, "reported", "drawn")
    return ArticleRecord(article, tuple(actors.values()), (place,), tuple(events), (said,))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="Use this record, and make it where there is none.")
    asked = parser.parse_args()
    assert set(TYPES) <= set(EVENT_TYPES)
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "million.sqlite"
        if not path.exists():
            make(path, asked.events)
        for command in COMMANDS:
            ask(command, path)


def make(path: Path, events: int) -> None:
    """Write and merge a record of so many events."""
    store = open_store(path, writable=True)
    since, articles, batch = time.perf_counter(), 0, []
    for record in records(events):
        batch.append(record)
        if len(batch) == 1000:
            store.write(batch)
            articles, batch = articles + len(batch), []
    store.write(batch)
    articles += len(batch)
    print(f"{events:,} events in {articles:,} articles written in {time.perf_counter() - since:.0f} s")
    since = time.perf_counter()
    made = merge(store)
    print(f"merged into {made:,} affairs in {time.perf_counter() - since:.0f} s; {path.stat().st_size / 1e6:,.0f} MB")
    since = time.perf_counter()
    store.write(list(records(500, seed=8)))
    made = merge(store)
    print(f"500 events more: written and merged in {time.perf_counter() - since:.1f} s, {made:,} affairs made anew")


def ask(command: str, path: Path) -> None:
    """Time one command in a process of its own, twice: the second finds the file in the system's cache."""
    times = []
    for _ in range(2):
        since = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "depeche.cli.main", *command.split(), "--record", str(path)], capture_output=True, check=False)
        times.append(time.perf_counter() - since)
        if done.returncode:
            print(done.stderr.decode().strip())
    print(f"{times[0]:6.2f} s {times[1]:6.2f} s  depeche {command}")


if __name__ == "__main__":
    main()
