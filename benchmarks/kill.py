"""Is anything lost when a reading is killed? `python benchmarks/kill.py [FOLDER] [--kills 200]`

Reads 500 articles (of FOLDER, or invented ones) into a record and kills the reading, `kill -9`, at random moments; what it left goes on, and where it
came to its end another begins. After each kill, every article that was reported as read must be on record whole and once; every finished record must
equal an undisturbed one in every table. Prints the figures; the exit status is 1 where anything was lost, doubled or different.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from depeche.store.schema import METADATA
from depeche.store.store import open_store

ARTICLES = 500
# What tells of the reading itself, and so differs between two readings.
_OF_THE_READING = {"runs", "failures"}

_WHO = {"Moscou": "RUS", "Kiev": "UKR", "Pékin": "CHN", "Tokyo": "JPN", "Séoul": "KOR", "Pyongyang": "PRK", "Téhéran": "IRN", "Ankara": "TUR", "Paris": "FRA"}
_ACTS = (
    "{a} a expulsé {n} diplomates de {b}.",
    "{a} accuse {b} d'avoir livré des armes à {c}, ce que {b} dément.",
    "{a} et {b} ont signé un accord de coopération à {c}.",
    "{a} a condamné les frappes de {b}, qui ont fait {n} morts.",
    "Le gouvernement de {a} a annoncé l'envoi de {n} soldats à {b}.",
    "« Nous ne céderons pas », a déclaré un porte-parole de {a}, cité par l'agence de {b}.",
)


def invented(folder: Path, count: int, seed: int) -> Path:
    """A file of invented dispatches, the same for the same seed."""
    chance, path = random.Random(seed), folder / "invented.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            sentences = []
            for _ in range(chance.randint(2, 5)):
                a, b, c = chance.sample(sorted(_WHO), 3)
                sentences.append(chance.choice(_ACTS).format(a=a, b=b, c=c, n=chance.randint(2, 60)))
            day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            article = {"text": " ".join(sentences), "published": day, "publisher": chance.choice("ABCDE"), "url": f"https://presse.example/{number}"}
            stream.write(json.dumps(article | {"language": "fr"}, ensure_ascii=False) + "\n")
    return path


def articles_of(source: Path, folder: Path, count: int) -> Path:
    """The first articles of a folder of text files, as one file."""
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for file in sorted(source.rglob("*.txt"))[:count]:
            article = {"text": file.read_text(encoding="utf-8"), "url": f"https://presse.example/{file.name}", "published": "2017-01-01", "language": "fr"}
            stream.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path


def start(articles: Path, record: Path, lines: Path) -> subprocess.Popen[bytes]:
    """A reading in a process of its own; what it reports goes to `lines`."""
    command = [sys.executable, "-m", "depeche.cli.main", "read", str(articles), "--into", str(record), "--output", str(lines)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def reported(lines: Path) -> list[str]:
    """The articles that a reading reported, by the lines that came out whole."""
    if not lines.exists():
        return []
    return [line[:12] for line in lines.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]


def tables(record: Path) -> dict[str, list[str]]:
    """Every table that tells of the articles, its rows sorted, and the full-text index."""
    with sqlite3.connect(record) as connection:
        names = [t.name for t in METADATA.sorted_tables if t.name not in _OF_THE_READING]
        content = {name: sorted(repr(row) for row in connection.execute(f"select * from {name}")) for name in names}
        content["search"] = sorted(repr(row) for row in connection.execute("select rowid, words from search"))
    return content


def wrong_after_a_kill(record: Path, told: set[str], calm: dict[str, str]) -> list[str]:
    """What is wrong with a record that a kill left behind; `calm`: the records of an undisturbed reading by article."""
    if not record.exists():
        return [f"{len(told)} articles were reported and there is no record"] if told else []
    with sqlite3.connect(record) as connection:
        wrong = [f"SQLite finds it damaged: {words}" for (words,) in connection.execute("pragma integrity_check") if words != "ok"]
        if not connection.execute("select count(*) from sqlite_master where name = 'records'").fetchone()[0]:
            return wrong + ([f"{len(told)} articles were reported and the record is empty"] if told else [])
        rows = connection.execute("select article, record from records").fetchall()
        for table in ("articles", "entries"):
            query = "select article, count(*) from articles group by 1" if table == "articles" else "select entry, count(*) from entries group by 1"
            wrong += [f"{name} stands {n} times in {table}" for name, n in connection.execute(query) if n > 1]
        indexed = {article for (article,) in connection.execute("select article from articles")}
    times = Counter(article for article, _ in rows)
    wrong += [f"{article} was reported and is lost" for article in told - set(times)]
    wrong += [f"{article} is on record {n} times" for article, n in times.items() if n > 1]
    wrong += [f"{article} is not as an undisturbed reading has it" for article, record_ in rows if calm.get(article) != record_]
    wrong += [f"{article} has no row in articles, or no record" for article in set(times) ^ indexed]
    return wrong


def main(kills: int, source: Path | None, count: int, seed: int) -> int:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = articles_of(source, folder, count) if source else invented(folder, count, seed)
        calm, disturbed, lines = folder / "calm.sqlite", folder / "disturbed.sqlite", folder / "lines.txt"
        begun = time.monotonic()
        if start(articles, calm, lines).wait():
            print("the undisturbed reading failed")
            return 1
        lasts = time.monotonic() - begun
        calm_tables = tables(calm)
        with sqlite3.connect(calm) as connection:
            calm_records = dict(connection.execute("select article, record from records"))
        print(f"{len(calm_records)} articles, read undisturbed in {lasts:.1f} s", flush=True)

        killed = finished = lost = 0
        told: set[str] = set()
        left_with: list[int] = []
        while killed < kills or disturbed.exists():
            lines.unlink(missing_ok=True)
            reading = start(articles, disturbed, lines)
            try:
                reading.wait(chance.uniform(0, lasts) if killed < kills else None)
            except subprocess.TimeoutExpired:
                reading.kill()
                reading.wait()
                killed += 1
            told |= set(reported(lines))
            wrong = wrong_after_a_kill(disturbed, told, calm_records)
            left_with.append(len(told))
            if reading.returncode == 0:
                finished += 1
                content = tables(disturbed)
                wrong += [f"table {t} differs from the undisturbed one" for t in calm_tables if content[t] != calm_tables[t]]
                wrong += [] if list(open_store(disturbed).records()) == list(open_store(calm).records()) else ["the records differ from the undisturbed ones"]
                for path in folder.glob("disturbed.sqlite*"):
                    path.unlink()
                told = set()
            elif reading.returncode != -9:
                wrong.append(f"a reading ended with status {reading.returncode}")
            lost += len(wrong)
            for words in wrong[:10]:
                print(f"after {killed} kills: {words}", flush=True)
            if killed and killed % 20 == 0:
                print(f"{killed} killed, {finished} finished", flush=True)
        moments = sum(1 for n in left_with if 0 < n < count)
        print(f"{killed} readings killed ({moments} of them with some articles reported and not all), {finished} finished; {lost} things wrong")
    return 1 if lost else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="a folder of .txt files")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    sys.exit(main(given.kills, given.folder, given.articles, given.seed))
