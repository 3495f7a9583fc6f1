"""How fast reading is, in one run: `python benchmarks/speed.py WINER.zip` (or a folder of .txt files).

Prints words per second of the bare pipeline and of the whole reading with their ratio, what each stage adds, articles per second on one and
two processes, peak memory of a worker, and the time from starting the command to the first record and to its help.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from depeche.affairs.merging import merge
from depeche.cli.keeping import BATCH
from depeche.engines.pool import read_many
from depeche.extraction.stages import NAMES, Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack
from depeche.reader import read_parsed
from depeche.record import Article, ArticleRecord
from depeche.store.store import open_store

ARTICLES = 300


def texts(source: Path) -> list[str]:
    """The first `ARTICLES` texts of a zip archive or folder, by name."""
    if source.is_dir():
        files = sorted(source.rglob("*.txt"))[:ARTICLES]
        return [f.read_text(encoding="utf-8") for f in files]
    with zipfile.ZipFile(source) as archive:
        names = set(archive.namelist())
        wanted = sorted(n for n in names if n.endswith(".txt") and n[:-4] + ".ann" in names)[:ARTICLES]
        return [archive.read(n).decode("utf-8") for n in wanted]


def stage_costs(articles: list[str]) -> tuple[int, float, Counter[str]]:
    """(words, seconds of parsing, seconds of each stage and of writing the record) over the texts, one after the other."""
    pack, knowledge = language_pack("fr"), shipped()
    pack.parse("Moscou a démenti.")
    words, parsing = 0, 0.0
    costs: Counter[str] = Counter()
    for text in articles:
        start = time.perf_counter()
        doc = pack.parse(text)
        parsing += time.perf_counter() - start
        words += len(doc)
        stages = Stages(doc, pack, knowledge, "2017-01-01")
        for name in NAMES:
            start = time.perf_counter()
            getattr(stages, name)
            costs[name] += time.perf_counter() - start
        start = time.perf_counter()
        read_parsed(doc, Article(text, published="2017-01-01"), pack, knowledge)
        costs["record"] += time.perf_counter() - start
    costs["record"] -= sum(costs[n] for n in NAMES)
    return words, parsing, costs


def keeping_cost(articles: list[str], reading: float) -> tuple[float, float]:
    """What keeping the records and merging them cost, each as a share of the seconds that reading took."""
    records = [r for r in read_many((Article(t, published="2017-01-01") for t in articles), 1, "fr") if isinstance(r, ArticleRecord)]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "record.sqlite", writable=True)
        start = time.perf_counter()
        for i in range(0, len(records), BATCH):
            store.write(records[i : i + BATCH])
        kept = time.perf_counter()
        merge(store)
        return (kept - start) / reading, (time.perf_counter() - kept) / reading


def command(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "depeche.cli.main", *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(source: Path) -> None:
    articles = texts(source)
    words, parsing, costs = stage_costs(articles)
    reading = parsing + sum(costs.values())
    print(f"{len(articles)} articles, {words} words")
    print(f"bare pipeline        {words / parsing:>10,.0f} words/s")
    print(f"whole reading        {words / reading:>10,.0f} words/s   ratio {reading / parsing:.2f}")
    for name, seconds in costs.items():
        print(f"  {name:<18} {100 * seconds / parsing:>9.1f} % of the parse")
    kept, merged = keeping_cost(articles, reading)
    print(f"keeping the records  {100 * kept:>9.1f} % of reading, merging them {100 * merged:.1f} %")
    for jobs in (1, 2):
        start = time.perf_counter()
        count = sum(1 for _ in read_many((Article(t, published="2017-01-01") for t in articles), jobs, "fr"))
        print(f"{jobs} process{'es' if jobs > 1 else ''}, start included {count / (time.perf_counter() - start):>8.1f} articles/s")
    own, worker = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory of this process {own:.0f} MB, of a worker {worker:.0f} MB")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("Paris a condamné Moscou.")
        file.flush()
        first = command("read", file.name, "--language", "fr", "--format", "jsonl")
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import spacy"], check=True)
    imports = time.perf_counter() - start
    print(f"first record after {first:.2f} s, of which {imports:.2f} s for the interpreter to import spaCy; help after {command('--help'):.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
