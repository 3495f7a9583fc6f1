"""Turn the treebanks and WiNER-fr into spaCy training corpora, in the words of our own tokenizer.

    python training/corpora.py TREEBANKS.zip WINER.zip GOLD_FOLDER OUT_FOLDER

Syntax: Sequoia train and GSD dev to train, Sequoia dev to choose by, Sequoia test, GSD test and PUD to report, never trained on.
Names: a quarter of WiNER-fr (by the CRC of the article's name) is held out, as is every article that stands in the gold folder.
"""

import random
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from depeche.language.fr.words import TYPOGRAPHY, French
from incises import with_incise

NAME_LABELS = {"Person": "PER", "Organization": "ORG", "Location": "LOC"}
SENTENCES_PER_DOC = 6
CAPITALS = str.maketrans("ÀÂÉÈÊÎÔÇ", "AAEEEIOC")


@dataclass
class Sentence:
    """One treebank sentence; contractions ("du", "aux") are one word, as they are written. Heads are positions."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)


def read_conllu(text: str) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file (https://universaldependencies.org/format.html)."""
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        rows = [row for row in rows if "." not in row[0]]
        if rows:
            yield _sentence(rows)


def _sentence(rows: list[list[str]]) -> Sentence:
    ranges = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            ranges.update(dict.fromkeys(range(first, last + 1), (first, last, row)))
    place: dict[int, int] = {0: -1}
    chosen: list[tuple[list[str], list[str]]] = []  # (surface row, row that gives the grammar)
    for row in rows:
        if "-" in row[0]:
            continue
        number = int(row[0])
        if number in ranges:
            first, _, surface = ranges[number]
            if number == first:
                chosen.append((surface, row))
        else:
            chosen.append((row, row))
        place[number] = len(chosen) - 1
    out = Sentence()
    for i, (surface, row) in enumerate(chosen):
        inside = [n for n, p in place.items() if p == i]
        head = int(row[6])
        if head in inside:  # the first part of a contraction hangs on the second: take that one's head
            row = next(r for r in rows if r[0] == row[6])  # noqa: PLW2901
            head = int(row[6])
        out.words.append(surface[1].translate(TYPOGRAPHY))
        out.spaces.append("SpaceAfter=No" not in surface[9])
        out.pos.append(row[3])
        out.morphs.append("" if row[5] == "_" else row[5])
        out.lemmas.append(row[2])
        out.heads.append(place[head] if head else i)
        out.deps.append("ROOT" if not head else row[7])
    return out


def sentence_docs(nlp: French, sentences: list[Sentence], size: int, layout: random.Random | None = None) -> Iterator[Doc]:
    """Docs of `size` sentences each, so that the parser learns where a sentence ends.

    `layout` lays every other doc out as dispatches are: line breaks between sentences, headlines without a full stop, capitals without accents.
    """
    for at in range(0, len(sentences), size):
        out = Sentence()
        plain = layout is None or layout.random() < 0.5
        for s in sentences[at : at + size]:
            shift = len(out.words)
            last = len(s.words)
            headline = not plain and layout is not None and layout.random() < 0.2 and s.words[-1] == "." and last - 1 not in s.heads[:-1]
            if headline:
                last -= 1
            out.words += s.words[:last] if plain else [_without_capital_accents(w) for w in s.words[:last]]
            out.heads += [shift + h for h in s.heads[:last]]
            out.spaces += [*s.spaces[: last - 1], True]
            for name in ("pos", "morphs", "lemmas", "deps"):
                getattr(out, name).extend(getattr(s, name)[:last])
            if headline or (not plain and layout is not None and layout.random() < 0.4):
                out.spaces[-1] = False
                _break_line(out, layout.choice(["\n", "\n\n"]) if layout else "\n")
        yield Doc(nlp.vocab, words=out.words, spaces=out.spaces, heads=out.heads, pos=out.pos, morphs=out.morphs, lemmas=out.lemmas, deps=out.deps)


def _break_line(out: Sentence, blank: str) -> None:
    out.heads.append(len(out.words) - 1)
    for values, value in ((out.words, blank), (out.pos, "SPACE"), (out.morphs, ""), (out.lemmas, blank), (out.deps, "dep")):
        values.append(value)
    out.spaces.append(False)


def _without_capital_accents(word: str) -> str:
    return word.translate(CAPITALS)


def read_brat(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, list[tuple[int, int, str]]]]:
    """(article name, text, outermost names) of every `.txt` that has an `.ann` beside it."""
    names = set(archive.namelist())
    for path in sorted(n for n in names if n.endswith(".txt") and n[:-4] + ".ann" in names):
        text = archive.read(path).decode("utf-8")
        spans = []
        for line in archive.read(path[:-4] + ".ann").decode("utf-8").splitlines():
            if line.startswith("T"):
                label, *offsets = line.split("\t")[1].replace(";", " ").split()
                if label in NAME_LABELS:
                    spans.append((int(offsets[0]), int(offsets[-1]), NAME_LABELS[label]))
        yield PurePosixPath(path).stem, text, spans


def name_doc(nlp: French, text: str, spans: list[tuple[int, int, str]]) -> Doc:
    doc = nlp.make_doc(text)
    found: list[Span] = []
    for start, end, label in spans:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            found.append(span)
    doc.ents = tuple(filter_spans(found))
    return doc


def held_out(name: str) -> bool:
    """Is the article in the quarter that names are scored on? (fixed rule: its CRC-32 modulo 4)"""
    return zlib.crc32(name.encode()) % 4 == 0


def main(treebanks: Path, winer: Path, gold: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    nlp = French()
    with zipfile.ZipFile(treebanks) as archive:
        bank = {PurePosixPath(n).stem: list(read_conllu(archive.read(n).decode("utf-8"))) for n in archive.namelist() if n.endswith(".conllu")}
    train = bank["fr_sequoia-ud-train"] + bank["fr_gsd-ud-dev"]
    random.Random(7).shuffle(train)
    incises = [t for i, s in enumerate(train) if (t := with_incise(s, i)) is not None]
    print(f"{len(train)} sentences, {len(incises)} with an incise made of them")
    docs = {
        "syntax-train": [*sentence_docs(nlp, train, SENTENCES_PER_DOC, random.Random(11)), *sentence_docs(nlp, incises, 3, random.Random(13))],
        "syntax-dev": list(sentence_docs(nlp, bank["fr_sequoia-ud-dev"], SENTENCES_PER_DOC)),
    }
    for test in ("fr_sequoia-ud-test", "fr_gsd-ud-test", "fr_pud-ud-test"):
        docs[test] = list(sentence_docs(nlp, bank[test], 1))
    seen = {p.stem for p in gold.glob("*.json")}
    names: dict[str, list[Doc]] = {"names-train": [], "names-test": []}
    with zipfile.ZipFile(winer) as archive:
        for name, text, spans in read_brat(archive):
            names["names-test" if name in seen or held_out(name) else "names-train"].append(name_doc(nlp, text, spans))
    for name, group in {**docs, **names}.items():
        DocBin(docs=group, store_user_data=False).to_disk(out / f"{name}.spacy")
        print(name, len(group), "docs", sum(len(d) for d in group), "words")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
