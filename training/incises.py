"""Sentences with the reporter's incise, made from treebank sentences.

The treebanks hold two dozen inversions ("a-t-il dit"); dispatches hold one in every second paragraph. Each sentence made here is a
treebank sentence put between guillemets and followed, or cut, by a cue with an inverted subject, its tree continued as
Universal Dependencies treats direct speech: the cue hangs on the quoted clause by `parataxis`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpora import Sentence

# (words, parts of speech, features, lemmas, heads within the incise, dependencies); the cue verb is the one that heads itself
_FIN = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_PART = "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"
_PRON = "Gender=Masc|Number=Sing|Person=3|PronType=Prs"
_MASC = "Gender=Masc|Number=Sing"
_DET = "Definite=Def|Gender=Masc|Number=Sing|PronType=Art"


def _has_said(verb: str, lemma: str, aux: str = "a") -> list[tuple[str, str, str, str, int, str]]:
    return [(aux, "AUX", _FIN, "avoir", 1, "aux:tense"), (verb, "VERB", _PART, lemma, 1, "self")]


def _named(*names: str, head: int) -> list[tuple[str, str, str, str, int, str]]:
    at = head + 1
    return [(n, "PROPN", _MASC, n, head if not i else at, "nsubj" if not i else "flat:name") for i, n in enumerate(names)]


_INCISES: list[list[tuple[str, str, str, str, int, str]]] = [
    [*_has_said("déclaré", "déclarer"), *_named("Vladimir", "Poutine", head=1)],
    [("a", "AUX", _FIN, "avoir", 2, "aux:tense"), ("-t-il", "PRON", _PRON, "il", 2, "nsubj"), ("ajouté", "VERB", _PART, "ajouter", 2, "self")],
    [("a", "AUX", _FIN, "avoir", 2, "aux:tense"), ("-t-elle", "PRON", _PRON, "elle", 2, "nsubj"), ("précisé", "VERB", _PART, "préciser", 2, "self")],
    [*_has_said("affirmé", "affirmer"), ("le", "DET", _DET, "le", 3, "det"), ("ministre", "NOUN", _MASC, "ministre", 1, "nsubj"), ("russe", "ADJ", _MASC, "russe", 3, "amod")],
    [("assure", "VERB", _FIN, "assurer", 0, "self"), ("-t-il", "PRON", _PRON, "il", 0, "nsubj")],
    [("estime", "VERB", _FIN, "estimer", 0, "self"), *_named("Angela", "Merkel", head=0)],
    [*_has_said("indiqué", "indiquer"), ("M.", "NOUN", _MASC, "monsieur", 1, "nsubj"), ("Macron", "PROPN", _MASC, "Macron", 2, "appos")],
    [*_has_said("expliqué", "expliquer"), ("à", "ADP", "", "à", 4, "case"), ("l'", "DET", _DET, "le", 4, "det"), ("AFP", "PROPN", "", "AFP", 1, "obl:arg"), ("un", "DET", _MASC, "un", 6, "det"), ("responsable", "NOUN", _MASC, "responsable", 1, "nsubj"), ("américain", "ADJ", _MASC, "américain", 6, "amod")],
    [("a", "AUX", _FIN, "avoir", 1, "aux:tense"), ("dit", "VERB", _PART, "dire", 1, "self"), ("jeudi", "NOUN", _MASC, "jeudi", 1, "obl:mod"), ("la", "DET", _DET, "le", 4, "det"), ("présidente", "NOUN", _MASC, "présidente", 1, "nsubj"), ("de", "ADP", "", "de", 7, "case"), ("la", "DET", _DET, "le", 7, "det"), ("Commission", "NOUN", _MASC, "commission", 4, "nmod")],
    [("ont", "AUX", _FIN, "avoir", 1, "aux:tense"), ("annoncé", "VERB", _PART, "annoncer", 1, "self"), ("les", "DET", _DET, "le", 3, "det"), ("autorités", "NOUN", "Gender=Fem|Number=Plur", "autorité", 1, "nsubj"), ("turques", "ADJ", "Gender=Fem|Number=Plur", "turc", 3, "amod")],
    [("ont", "AUX", _FIN, "avoir", 1, "aux:tense"), ("rapporté", "VERB", _PART, "rapporter", 1, "self"), ("les", "DET", _DET, "le", 3, "det"), ("agences", "NOUN", "Gender=Fem|Number=Plur", "agence", 1, "nsubj"), ("de", "ADP", "", "de", 5, "case"), ("presse", "NOUN", "Gender=Fem|Number=Sing", "presse", 3, "nmod"), ("russes", "ADJ", "Gender=Fem|Number=Plur", "russe", 3, "amod")],
    [("a", "AUX", _FIN, "avoir", 4, "aux:tense"), ("quant", "ADP", "", "quant", 3, "case"), ("à", "ADP", "", "à", 1, "fixed"), ("lui", "PRON", _PRON, "lui", 4, "obl:mod"), ("assuré", "VERB", _PART, "assurer", 4, "self"), *_named("Kim", "Jong-un", head=4)],
    [("tonne", "VERB", _FIN, "tonner", 0, "self"), ("le", "DET", _DET, "le", 2, "det"), ("porte-parole", "NOUN", _MASC, "porte-parole", 0, "nsubj"), ("du", "ADP", "", "de", 4, "case"), ("ministère", "NOUN", _MASC, "ministère", 2, "nmod")],
    [("avait", "AUX", _FIN, "avoir", 3, "aux:tense"), ("de", "ADP", "", "de", 2, "case"), ("nouveau", "ADJ", _MASC, "nouveau", 3, "advmod"), ("averti", "VERB", _PART, "avertir", 3, "self"), *_named("Téhéran", head=3)],
]  # fmt: skip


def with_incise(sentence: Sentence, number: int) -> Sentence | None:
    """The sentence between guillemets with the `number`-th incise behind it; None where it is no plain clause of middling length."""
    from corpora import Sentence

    if number % 3 or sentence.words[-1] != "." or not 6 <= len(sentence.words) <= 30 or set(sentence.words) & {"«", "»", '"', ":", "“"}:
        return None
    root = next(i for i, h in enumerate(sentence.heads) if h == i)
    if sentence.pos[root] not in ("VERB", "ADJ", "NOUN"):
        return None
    incise = _INCISES[number // 3 % len(_INCISES)]
    out = Sentence()

    def add(word: str, pos: str, morph: str, lemma: str, head: int, dep: str, space: bool = True) -> None:
        for values, value in zip(
            (out.words, out.pos, out.morphs, out.lemmas, out.heads, out.deps, out.spaces), (word, pos, morph, lemma, head, dep, space), strict=True
        ):
            values.append(value)  # type: ignore[attr-defined]

    body = len(sentence.words) - 1
    marked = number % 2 == 0
    if marked:
        add("«", "PUNCT", "", "«", root + 1, "punct")
    for i in range(body):
        space = sentence.spaces[i] if i < body - 1 else marked
        add(sentence.words[i], sentence.pos[i], sentence.morphs[i], sentence.lemmas[i], sentence.heads[i] + marked, sentence.deps[i], space)
    root += marked
    if marked:
        add("»", "PUNCT", "", "»", root, "punct", False)
    first = len(out.words) + 1
    cue = first + next(i for i, row in enumerate(incise) if row[5] == "self")
    add(",", "PUNCT", "", ",", cue, "punct")
    for i, (word, pos, morph, lemma, head, dep) in enumerate(incise):
        glued = word.endswith("'") or (i + 1 < len(incise) and incise[i + 1][0].startswith("-")) or i == len(incise) - 1
        add(word, pos, morph, lemma, root if dep == "self" else first + head, "parataxis" if dep == "self" else dep, not glued)
    add(".", "PUNCT", "", ".", root, "punct")
    return out
