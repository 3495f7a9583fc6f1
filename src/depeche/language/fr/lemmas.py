"""Dictionary forms: a table for what is irregular, endings for the rest.

`lemmas.tsv.gz` (made by `training/assemble.py`) holds, by part of speech, the inflected forms that no ending below leads back to a word the table knows.
"""

import gzip
from functools import cache, lru_cache
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc, Token

TABLE_OF = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj"}
# (ending, what stands in its place in the dictionary form), longest first
ENDINGS = {
    "verb": [
        (ending, "er")
        for ending in """
            eraient erions eriez assions assiez erais erait erons eront erez aient âmes âtes èrent assent asse ions iez ées ais ait ons era erai eras ent
            ant ez és ée ât es ai as é e a
        """.split()
    ],
    "noun": [("aux", "al"), ("eaux", "eau"), ("s", ""), ("x", "")],
    "adj": [("ales", "al"), ("aux", "al"), ("ale", "al"), ("elles", "el"), ("elle", "el"), ("es", ""), ("ées", "é"), ("ée", "é"), ("e", ""), ("s", "")],
}

# How past participles end, before what agrees; "attendu", "joint", "promis", "fait".
PARTICIPLES = ("é", "i", "u", "t", "is")

# Lemmas found are kept; hostile text must not fill the memory with words.
WORDS_KEPT = 200_000


def by_ending(form: str, kind: str, known: frozenset[str]) -> str | None:
    """The known word that the form's ending leads back to, None where there is none."""
    for ending, instead in ENDINGS[kind]:
        if form.endswith(ending) and (word := form[: -len(ending)] + instead) in known:
            return word
    return None


@cache
def tables() -> tuple[dict[str, dict[str, str]], dict[str, frozenset[str]]]:
    """Irregular forms and known words, by part of speech."""
    forms: dict[str, dict[str, str]] = {kind: {} for kind in ENDINGS}
    words: dict[str, list[str]] = {kind: [] for kind in ENDINGS}
    packed = files(__package__).joinpath("lemmas.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").split("\n"):
        kind, form, lemma = line.split("\t")
        if lemma:
            forms[kind][form] = lemma
        else:
            words[kind].append(form)
    return forms, {kind: frozenset(group) for kind, group in words.items()}


@lru_cache(WORDS_KEPT)
def lemma(form: str, pos: str) -> str:
    """The dictionary form of a word of that part of speech (universal tag); the word itself in lower case where nothing is known."""
    kind = TABLE_OF.get(pos)
    low = form.lower()
    if kind is None:
        return form if pos == "PROPN" else low
    forms, known = tables()
    found = forms[kind].get(low)
    if found is None:
        found = low if low in known[kind] else by_ending(low, kind, known[kind])
    if found is None and kind == "noun" and len(low) > 3 and low[-1] in "sx":
        return low[:-1]
    return found or low


def _only_a_verb(token: Token) -> bool:
    """ "… que le Conseil sanctionne": does the table know a supposed adjective as nothing but a verb in the present?"""
    low = token.text.lower()
    forms, known = tables()
    adjective = low in known["adj"] or low in forms["adj"] or by_ending(low, "adj", known["adj"]) or low in known["noun"]
    return low.endswith(("e", "ent")) and not adjective and lemma(low, "VERB") in known["verb"] and not any(c.dep_ in ("cop", "det") for c in token.children)


def _opens_with_participle(token: Token) -> bool:
    """ "Signé à Minsk, le texte …": is the word that opens the sentence a participle, which its capital made look like a name?"""
    low = token.text.lower()
    opens = token.i == 0 or bool(token.is_sent_start) or token.nbor(-1).is_space
    return opens and low.rstrip("es").endswith(PARTICIPLES) and lemma(low, "VERB") in tables()[1]["verb"]


@Language.component("depeche_fr_lemmas", assigns=["token.lemma"])
def set_lemmas(doc: Doc) -> Doc:
    """Give every token its dictionary form."""
    cache_ = doc.vocab.strings
    for token in doc:
        if token.dep_ == "advcl" and token.pos_ in ("PROPN", "NOUN", "ADP") and _opens_with_participle(token):
            token.pos_ = "VERB"
            token.set_morph("Tense=Past|VerbForm=Part")  # type: ignore[attr-defined]
        elif token.pos_ == "ADJ" and token.dep_ in ("ROOT", "ccomp", "conj", "parataxis", "acl:relcl", "advcl") and _only_a_verb(token):
            token.pos_ = "VERB"
            token.set_morph("Mood=Ind|Tense=Pres|VerbForm=Fin")  # type: ignore[attr-defined]
        token.lemma = cache_.add(lemma(token.text, token.pos_))
    return doc
