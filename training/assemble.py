"""Put the trained parts together into the pipeline that ships.

    python training/assemble.py SYNTAX_MODEL NAMES_MODEL CORPORA_FOLDER OUT_FOLDER

Lemmas come from tables: the treebanks' own, then those of `spacy-lookups-data` (MIT).
"""

import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import spacy_lookups_data
from spacy.tokens import DocBin
from thinc.api import NumpyOps, set_current_ops

import depeche.language.fr.sentences  # noqa: F401  registers its component
from depeche.language import fr
from depeche.language.fr.lemmas import ENDINGS, TABLE_OF, by_ending
from depeche.language.fr.words import French

# Forms that the tables lead astray in news.
MENDED = {"noun": {"mme": "madame", "m.": "monsieur", "mm.": "monsieur", "mmes": "madame"}}


def load(folder: Path) -> French:
    from spacy.util import load_config

    nlp = French.from_config(load_config(folder / "config.cfg"))
    return nlp.from_disk(folder, exclude=["tokenizer"])


def write_lemmas(corpora: Path, nlp: French) -> None:
    """Write `lemmas.tsv.gz` into the language pack: known words, and the forms that no ending leads back to them."""
    data = Path(spacy_lookups_data.__file__).parent / "data"
    source = {}
    for table in ("exc", "index"):
        with gzip.open(data / f"fr_lemma_{table}.json.gz", "rt", encoding="utf-8") as file:
            source[table] = json.load(file)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in DocBin().from_disk(corpora / "syntax-train.spacy").get_docs(nlp.vocab):
        for token in doc:
            if token.pos_ in TABLE_OF:
                seen[TABLE_OF[token.pos_], token.lower_][token.lemma_.lower()] += 1
    lines = []
    for kind in ENDINGS:
        forms = {form: lemmas[0] for form, lemmas in source["exc"].get(kind, {}).items() if lemmas}
        forms |= {form: lemmas.most_common(1)[0][0] for (of, form), lemmas in seen.items() if of == kind}
        forms |= MENDED.get(kind, {})
        known = frozenset(w for w in source["index"][kind] if forms.get(w, w) == w) | frozenset(lemma for form, lemma in forms.items() if form == lemma)
        lines += [f"{kind}\t{word}\t" for word in sorted(known)]
        lines += [f"{kind}\t{form}\t{lemma}" for form, lemma in sorted(forms.items()) if form not in known and by_ending(form, kind, known) != lemma]
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    Path(fr.__file__).with_name("lemmas.tsv.gz").write_bytes(packed)
    print(f"{len(lines)} lines of lemmas, {len(packed) / 1e6:.1f} MB")


def main(syntax: Path, names: Path, corpora: Path, out: Path) -> None:
    set_current_ops(NumpyOps(use_blis=False))
    nlp, tagger = load(syntax), load(names)
    nlp.add_pipe("depeche_fr_sentences", before="parser")
    write_lemmas(corpora, nlp)
    nlp.add_pipe("depeche_fr_lemmas")
    nlp.add_pipe("ner", source=tagger)
    nlp.meta.update(name="depeche_fr", version="1.0", description="French of news dispatches", license="CC BY-SA 4.0")
    nlp.meta["performance"] = {}
    nlp.to_disk(out, exclude=["tokenizer"])
    print(f"{out}: {sum(f.stat().st_size for f in out.rglob('*') if f.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
