"""Score a pipeline on the test parts, beside the stock pipeline.

    python training/evaluate.py CORPORA_FOLDER [PIPELINE_FOLDER]

Syntax: gold tokens, punctuation left out, relations without subtypes: head attachment / labelled attachment. Names: exact spans and labels,
on the held-out quarter of WiNER-fr. Without PIPELINE_FOLDER the stock `fr_core_news_md` is scored.
"""

import sys
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from thinc.api import NumpyOps, set_current_ops

from assemble import load

SYNTAX_TESTS = ("fr_sequoia-ud-test", "fr_gsd-ud-test", "fr_pud-ud-test")


def attachment(nlp: Language, gold: list[Doc]) -> tuple[float, float, float]:
    """(unlabelled, labelled, part of speech) accuracy over words that are no punctuation."""
    heads = labels = tags = total = 0
    for doc in gold:
        parsed = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        for token in parsed[1:]:
            token.is_sent_start = False
        parsed[0].is_sent_start = True
        for name, pipe in nlp.pipeline:
            if name not in ("ner", "depeche_fr_sentences", "lemmatizer"):
                parsed = pipe(parsed)
        for ours, right in zip(parsed, doc, strict=True):
            if right.pos_ != "PUNCT":
                total += 1
                tags += ours.pos_ == right.pos_
                if ours.head.i == right.head.i:
                    heads += 1
                    labels += ours.dep_.partition(":")[0] == right.dep_.partition(":")[0]
    return heads / total, labels / total, tags / total


def names(nlp: Language, gold: list[Doc]) -> dict[str, float]:
    examples = []
    for doc in gold:
        examples.append(Example(_only_names(nlp(doc.text)), doc))
    scores = Scorer.score_spans(examples, "ents")
    return {key: scores[f"ents_{key}"] for key in ("p", "r", "f")}


def _only_names(doc: Doc) -> Doc:
    doc.ents = tuple(e for e in doc.ents if e.label_ in ("PER", "ORG", "LOC"))  # type: ignore[assignment]
    return doc


def main(corpora: Path, pipeline: Path | None) -> None:
    set_current_ops(NumpyOps(use_blis=False))
    nlp = load(pipeline) if pipeline else spacy.load("fr_core_news_md")
    print(f"{'test':<22}{'heads':>8}{'labelled':>10}{'tags':>8}")
    for test in SYNTAX_TESTS:
        gold = list(DocBin().from_disk(corpora / f"{test}.spacy").get_docs(nlp.vocab))
        print("{:<22}{:>8.3f}{:>10.3f}{:>8.3f}".format(test, *attachment(nlp, gold)))
    gold = list(DocBin().from_disk(corpora / "names-test.spacy").get_docs(nlp.vocab))
    scores = names(nlp, gold)
    print(f"names, {len(gold)} articles: precision {scores['p']:.3f}, recall {scores['r']:.3f}, F1 {scores['f']:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
