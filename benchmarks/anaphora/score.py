"""How many pronouns and descriptions are answered, and how many of the answers are right: `python benchmarks/anaphora/score.py [--errors]`.

An answer is whoever has a mention at the anaphor's characters and is known from elsewhere: from the text or from the knowledge base. It is right where
it is everybody whom the label names and nobody else. An answer where the label says that nobody is taken up is wrong.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from depeche import Reader
from depeche.ontology.spelling import fold
from depeche.record import Actor, Article, ArticleRecord

HERE = Path(__file__).parent


@dataclass
class Anaphor:
    """`start`, `end`: its characters. `who`: everybody it takes up, each by their names; None for nobody. `named`: does the text name them?"""

    start: int
    end: int
    who: list[list[str]] | None
    named: bool = True


def passages(path: Path) -> list[tuple[Article, list[Anaphor]]]:
    """The invented passages: an anaphor is the n-th occurrence of its words."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        anaphors = []
        for a in row["anaphors"]:
            spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(a['text'])}" + (r"(?!\w)" if a["text"][-1].isalpha() else ""), row["text"])]
            anaphors.append(Anaphor(*spans[a["nth"] - 1], _names(a["who"])))
        found.append((Article(row["text"], published=row["published"]), anaphors))
    return found


def drawn(path: Path) -> list[tuple[Article, list[Anaphor]]]:
    """The anaphors drawn from Wikinews, one to an article, whose name begins with its date."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        (Article(r["text"], published=r["article"][:10].replace("_", "-")), [Anaphor(r["start"], r["end"], _names(r["who"]), r.get("named", True))])
        for r in rows
    ]


def _names(who: list[str] | None) -> list[list[str]] | None:
    return [one.split("|") for one in who] if who else None


def answer(record: ArticleRecord, anaphor: Anaphor) -> list[Actor]:
    """Who has a mention there; not somebody of whom nothing else is known."""
    found = []
    for actor in record.actors:
        here = [m for m in actor.mentions if m.start < anaphor.end and anaphor.start < m.end]
        if here and (len(actor.mentions) > len(here) or actor.entity):
            found.append(actor)
    return found


def called(actor: Actor, record: ArticleRecord, names: list[str], anaphor: Anaphor) -> bool:
    """Does the actor go by one of the names, in the record or in the text?"""
    texts = [actor.name, *(record.article.text[m.start : m.end] for m in actor.mentions if m.end <= anaphor.start or m.start >= anaphor.end)]
    for name in names:
        words = set(fold(name).split())
        if any(words <= set(fold(t).split()) for t in texts) or (set(fold(actor.name).split()) <= words and actor.name):
            return True
    return False


def right(record: ArticleRecord, anaphor: Anaphor, actors: list[Actor]) -> bool:
    """Is the answer everybody whom the label names, and nobody else?"""
    if anaphor.who is None or len(actors) != len(anaphor.who):
        return False
    return all(any(called(a, record, names, anaphor) for a in actors) for names in anaphor.who)


def main(errors: bool) -> None:
    reader = Reader("fr")
    for title, articles in (("passages", passages(HERE / "passages.jsonl")), ("drawn", drawn(HERE / "drawn.jsonl"))):
        count: Counter[str] = Counter()
        for article, anaphors in articles:
            record = reader.read(article)
            for anaphor in anaphors:
                actors = answer(record, anaphor)
                good = right(record, anaphor, actors)
                kind = "nobody" if anaphor.who is None else "named" if anaphor.named else "unnamed"
                count.update({"all": 1, kind: 1, "answered": bool(actors), "right": good, f"{kind} answered": bool(actors)})
                if errors and not good and (actors or kind != "nobody"):
                    text = article.text
                    shown = f"{text[max(0, anaphor.start - 300) : anaphor.start]}[[{text[anaphor.start : anaphor.end]}]]{text[anaphor.end : anaphor.end + 60]}"
                    wanted = " + ".join("|".join(n) for n in anaphor.who) if anaphor.who else "nobody"
                    print(f"{'WRONG' if actors else 'open'} ({kind}): {wanted} <> {' + '.join(a.name for a in actors) or '-'}\n    {' '.join(shown.split())}")
        somebody = count["named"] + count["unnamed"]
        answered = count["named answered"] + count["unnamed answered"]
        print(
            f"{title:9} {count['all']} anaphors, {count['named']} of them somebody named, {count['unnamed']} somebody unnamed, {count['nobody']} nobody; "
            f"{count['answered']} answered, {count['right']} right: precision {count['right'] / max(1, count['answered']):.2f}, "
            f"answer rate {answered / somebody:.2f} (of the named {count['named answered'] / max(1, count['named']):.2f})"
        )


if __name__ == "__main__":
    main("--errors" in sys.argv)
