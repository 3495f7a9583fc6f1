"""Does the name of a state or capital stand for a location, or for those who act in its name?

"À Moscou" is a place, "Moscou a démenti" a government. The preposition decides where it can; behind "de" the noun that it hangs on; behind "à"
whether the verb addresses somebody.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import conjuncts, preposition
from depeche.extraction.mentions import Mention
from depeche.language.pack import LanguagePack


def stands_for_place(head: Token, mention: Mention, pack: LanguagePack, is_city: Callable[[int], bool], capital: bool) -> bool:
    """Is the name a location here?

    `capital`: it is a capital's name, which stands for its state less easily than the state's own; `is_city`: tells whether a token names a
    place that is no state or capital, beside which a name is a location too ("entre Téhéran et Machhad").
    """
    doc = head.doc
    word = _preposition_before(doc, mention, pack) or preposition(head, pack)
    first = head
    while first.dep_ == "conj":
        first = first.head
    if any(is_city(t.i) for t in conjuncts(first) if t.i != head.i):
        return True
    if head.dep_ == "conj" and word is None:
        word = preposition(first, pack)
        head = first if word else head
    kind = pack.closed["preposition"].get(word or "", "")
    if kind == "place":
        return True
    if kind == "actor":
        return False
    if kind == "open":
        return not _addresses(head, word or "", pack)
    if kind == "head":
        noun = head.head.lemma_.lower()
        if noun in pack.closed["of_place"]:
            return True
        return capital and head.head.pos_ == "NOUN" and not (noun in pack.institutions or noun in pack.cue_nouns or _acts_behind_de(noun, pack))
    if head.head.pos_ == "VERB" and head.dep_ == "obj" and head.head.lemma_ in pack.closed["to_place"]:
        return True
    return _rubric(doc, mention) or _bracketed(doc, mention)


def _acts_behind_de(noun: str, pack: LanguagePack) -> bool:
    """Is whoever stands behind "de" the one who acts ("le renoncement de Pretoria")?"""
    return any("de" in paths for row in pack.events.get(("noun", noun), ()) for paths in row.source)


def _preposition_before(doc: Doc, mention: Mention, pack: LanguagePack) -> str | None:
    """The preposition that stands right before the name, an article between them or not: surer than the parse."""
    at = mention.start - 1
    while at >= 0 and doc[at].lower_ in pack.closed["definite"] and doc[at].lower_ not in pack.closed["contraction"]:
        at -= 1
    if at < 0:
        return None
    word = doc[at].lower_
    word = pack.closed["contraction"].get(word, word)
    if word == "a" and doc[at].text == "A":  # "A Bruxelles": capitals lose their accent
        word = "à"
    return word if word in pack.closed["preposition"] and doc[at].pos_ != "VERB" else None


def _addresses(head: Token, word: str, pack: LanguagePack) -> bool:
    """Does the verb or noun above speak or give to the one behind the preposition ("a demandé à Moscou de …", "livrer à Kiev")?"""
    governor = head.head
    lemma = governor.lemma_.lower()
    if any(cue.addressee == word for cue in pack.cue_verbs.get(lemma, ())):
        return True
    kind = {"VERB": "verb", "NOUN": "noun"}.get(governor.pos_, "")
    for row in pack.events.get((kind, lemma), ()):
        paths = {path for alternative in (*row.source, *row.target) for path in alternative}
        # Where a row lists "à" among places ("à|en|dans") it means a location.
        if (word in paths or f"obj.{word}" in paths) and not {"en", "dans", "obj.en", "obj.dans"} & paths:
            return row.type not in ("CONSULT", "MOBILIZE") and not (kind == "noun" and row.type in ("ASSAULT", "PROTEST"))
    noun = governor
    for _ in range(3):  # "livrer quelque 7 000 conteneurs de munitions à la Russie": the complement hangs low
        if noun.dep_ == "obj" and noun.head.pos_ == "VERB":
            return _addresses_through(noun, word, pack)
        if noun.dep_ not in ("nmod", "conj") or noun.head is noun:
            break
        noun = noun.head
    return False


def _addresses_through(noun: Token, word: str, pack: LanguagePack) -> bool:
    for row in pack.events.get(("verb", noun.head.lemma_.lower()), ()):
        paths = {path for alternative in row.target for path in alternative}
        if (f"obj.{word}" in paths or word in paths) and not {"en", "dans", "obj.en", "obj.dans"} & paths:
            return True
    return False


def _rubric(doc: Doc, mention: Mention) -> bool:
    """ "Syrie : la coalition tue …": the rubric at the head of a line."""
    first = mention.start == 0 or "\n" in doc[mention.start - 1].text
    return first and mention.end < len(doc) and doc[mention.end].text == ":"


def _bracketed(doc: Doc, mention: Mention) -> bool:
    """ "Natanz (Iran)", "Erevan, 17 sept. 2021 (AFP)"."""
    before = doc[mention.start - 1].text if mention.start else ""
    after = doc[mention.end].text if mention.end < len(doc) else ""
    return before == "(" and after == ")"
