"""Read a corpus and show what is put on record: `python benchmarks/survey.py WINER.zip [SEED]`.

Prints events by type, the commonest triggers, and a hundred random rows with their evidence, to be read for what is systematically wrong.
"""

import random
import sys
import zipfile
from collections import Counter
from pathlib import Path

from depeche.engines.pool import read_many
from depeche.record import Article, ArticleRecord

ROWS = 100


def corpus(path: Path) -> list[Article]:
    """Every article of the archive that has annotations, with the date that its name tells."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        wanted = sorted(n for n in names if n.endswith(".txt") and n[:-4] + ".ann" in names)
        return [Article(archive.read(n).decode("utf-8"), published=Path(n).name[:10].replace("_", "-")) for n in wanted]


def side(record: ArticleRecord, ids: tuple[str, ...]) -> str:
    return ", ".join(a.name for i in ids if (a := record.actor(i)) is not None) or "-"


def main(path: Path, seed: int) -> None:
    records = [r for r in read_many(corpus(path), 2, "fr") if isinstance(r, ArticleRecord)]
    rows = [(r, e) for r in records for e in r.events]
    print(f"{len(records)} articles, {len(rows)} events, {sum(len(r.quotes) for r in records)} quotes, {sum(len(r.agreements) for r in records)} agreements")
    for type_, count in Counter(e.type for _, e in rows).most_common():
        print(f"  {type_:<10} {count}")
    print(f"without any side: {sum(not e.source and not e.target for _, e in rows)}")
    print("commonest rows:", "; ".join(f"{rule} {count}" for rule, count in Counter(e.rule.split(" ", 2)[0] + " " + e.type for _, e in rows).most_common(50)))
    for record, event in random.Random(seed).sample(rows, min(ROWS, len(rows))):
        evidence = " ".join(record.words(event.evidence).split())
        act = f"{event.type} {event.status} {side(record, event.source)} > {side(record, event.target)}"
        print(f"\n{act} [{record.words(event.trigger)!r}: {event.rule[:60]}]\n    {evidence[:260]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
