"""Does the name of a state or capital stand for a location, or for those who act in its name?

"À Moscou" is a place, "Moscou a démenti" a government. The preposition decides where it can; behind "de" the noun that it hangs on; behind "à"
whether the verb addresses somebody.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import conjuncts, preposition
from depeche.extraction.mention import Mention
from depeche.language.pack import LanguagePack

IsPlace = Callable[[int], bool]


def stands_for_place(head: Token, mention: Mention, pack: LanguagePack, is_city: IsPlace, in_name: IsPlace, capital: bool) -> bool:
    """Is the name a location here?

    `capital`: it is a capital's name, which stands for its state less easily than the state's own; `is_city`: tells whether a token names a
    place that is no state or capital, beside which a name is a location too ("entre Téhéran et Machhad"); `in_name`: whether a token stands
    inside a name of something else ("groupe de Minsk de l'OSCE"), which decides nothing for its neighbours.
    """
    doc = head.doc
    word = _preposition_before(doc, mention, pack)
    if word is None and (_rubric(doc, mention) or _bracketed(doc, mention) or _dateline(doc, mention)):
        return True
    word = word or preposition(head, pack)
    first = head
    while first.dep_ == "conj" and not in_name(first.head.i):
        first = first.head
    if word is None and first != head and _before_verb(doc, mention, pack):
        return False  # "en zone euro, l'Espagne et le Portugal ont adopté …": subjects that the parser hung on the place before
    if first.dep_ != "conj" and any(is_city(t.i) for t in conjuncts(first) if t.i != head.i):
        return True
    if head.dep_ == "conj" and word is None and first != head:
        word = preposition(first, pack)
        head = first if word or first.dep_ == "obj" else head
    kind = pack.closed["preposition"].get(word or "", "")
    if kind == "place":
        return True
    if kind == "actor":
        return _between_places(head, word, pack) or _bound_for(head, word, pack)
    anchor = first if head.dep_ == "conj" and preposition(first, pack) == word else head  # "donné à Bamako et à Niamey"
    if kind == "open":
        return _opens_sentence(doc, mention) or not addresses(anchor, word or "", pack, capital)
    if kind == "head":
        return _behind_de(anchor, pack, capital, in_name)
    return head.dep_ == "obj" and head.head.pos_ == "VERB" and head.head.lemma_ in pack.closed["to_place"]


def bare_preposition(token: Token, pack: LanguagePack) -> str | None:
    """The preposition that a word is or holds ("du" is "de"); None where it is none."""
    # Capitals may have lost their accent ("A Bruxelles"): such forms stand in the table as they are written.
    word = pack.closed["contraction"].get(token.text) or pack.closed["contraction"].get(token.lower_, token.lower_)
    return word if (word in pack.closed["preposition"] or word in pack.closed["name_link"]) and token.pos_ != "VERB" else None


def is_of(token: Token, pack: LanguagePack) -> bool:
    """Is the word the preposition of belonging, alone or in a contraction?"""
    return pack.closed["preposition"].get(bare_preposition(token, pack) or "") == "head"


def addresses(head: Token, word: str, pack: LanguagePack, capital: bool) -> bool:
    """Does the verb or noun above speak or give to the one behind the preposition ("a demandé à Moscou de …", "livrer à Kiev")?

    A capital behind "à" is where something happens, unless the verb cannot do without somebody there.
    """
    governor = head.head
    if governor.lemma_.lower() in pack.closed["from_place"]:
        return False
    if word in pack.closed["dative"] and any("Yes" in c.morph.get("Reflex", []) for c in governor.children):
        # "s'opposer à Moscou", but "s'opposer jeudi à Bruxelles", "se fournir aux États-Unis"
        return pack.closed["to_actor"].get(governor.lemma_.lower()) == "se" and head.i - governor.i <= 3
    while governor.dep_ == "nmod" and governor.head.pos_ == "NOUN" and governor.lemma_.lower() not in pack.closed["to_actor"]:
        governor = governor.head  # "7 000 conteneurs de munitions à la Russie"
    if head.head.lemma_.lower() in pack.closed["to_actor"] and word in pack.closed["dative"]:
        return True
    if governor.lemma_.lower() in pack.closed["to_actor"] and word in pack.closed["dative"]:
        return True
    verb = governor.head if governor.dep_ == "obj" and governor.head.pos_ == "VERB" else governor
    if verb.lemma_.lower() in pack.closed["to_actor"] and word in pack.closed["dative"]:
        return True
    if capital and word in pack.closed["dative"]:
        return False
    return _row_addresses(head.head, word, pack) or (verb != governor and _row_addresses_through(governor, word, pack))


def _lists_places(paths: set[str], pack: LanguagePack) -> bool:
    """Does a row list prepositions of place beside another ("à|en|dans")? Then it means where, not whom."""
    return any(pack.closed["preposition"].get(path.removeprefix("obj.")) == "place" and path.removeprefix("obj.") in pack.closed["within"] for path in paths)


def _row_addresses(governor: Token, word: str, pack: LanguagePack) -> bool:
    lemma = governor.lemma_.lower()
    if any("Yes" in c.morph.get("Reflex", []) for c in governor.children):
        return False
    if any(cue.addressee == word for cue in pack.cue_verbs.get(lemma, ())):
        return True
    kind = {"VERB": "verb", "NOUN": "noun"}.get(governor.pos_, "")
    for row in pack.events.get((kind, lemma), ()):
        paths = {path for alternative in (*row.source, *row.target) for path in alternative}
        if (word in paths or f"obj.{word}" in paths) and not _lists_places(paths, pack):
            return row.type not in ("CONSULT", "MOBILIZE") and not (kind == "noun" and row.type in ("ASSAULT", "PROTEST"))
    return False


def _row_addresses_through(noun: Token, word: str, pack: LanguagePack) -> bool:
    for row in pack.events.get(("verb", noun.head.lemma_.lower()), ()):
        paths = {path for alternative in row.target for path in alternative}
        if (f"obj.{word}" in paths or word in paths) and not _lists_places(paths, pack):
            return True
    return False


def _behind_de(head: Token, pack: LanguagePack, capital: bool, in_name: IsPlace) -> bool:
    """ "L'aéroport de Moscou" is a place, "l'allié de Moscou" has a government; so with verbs: one comes from a place and demands of a state."""
    noun = head.head
    lemma = noun.lemma_.lower()
    value = pack.closed["of_place"].get(lemma)
    if value is not None and not in_name(noun.i):
        return capital or value != "city"
    if noun.dep_ == "obj" and noun.head.lemma_.lower() in pack.closed["from_place"] and any(c.lower_ in pack.closed["possessive"] for c in noun.children):
        return True  # "retirer ses forces d'Ukraine"
    if noun.pos_ == "VERB":
        return lemma in pack.closed["from_place"]
    return capital and (in_name(noun.i) or (noun.pos_ == "PROPN" and noun.text[0].isupper()))


def _between_places(head: Token, word: str | None, pack: LanguagePack) -> bool:
    """ "La frontière entre le Danemark et l'Allemagne", "le chemin de fer entre Téhéran et Machhad"."""
    return word in pack.closed["between"] and head.head.lemma_.lower() in pack.closed["of_place"]


def _bound_for(head: Token, word: str | None, pack: LanguagePack) -> bool:
    """ "Il est parti pour la Guinée équatoriale"."""
    return word in pack.closed["bound_for"] and head.head.lemma_.lower() in pack.closed["from_place"]


def _preposition_before(doc: Doc, mention: Mention, pack: LanguagePack) -> str | None:
    """The preposition that stands right before the name, an article between them or not: surer than the parse."""
    at = mention.start - 1
    while at >= 0 and doc[at].lower_ in pack.closed["definite"] and doc[at].lower_ not in pack.closed["contraction"]:
        at -= 1
    if at < 0:
        return None
    word = bare_preposition(doc[at], pack)
    return word if word in pack.closed["preposition"] else None


def _before_verb(doc: Doc, mention: Mention, pack: LanguagePack) -> bool:
    """Does a verb with a personal form follow the enumeration that the name stands in?"""
    at = mention.end
    while at < min(len(doc), mention.end + 8) and (doc[at].pos_ in ("PROPN", "DET", "CCONJ") or doc[at].lower_ in pack.closed["definite"]):
        at += 1
    return at < len(doc) and doc[at].pos_ in ("AUX", "VERB") and "Fin" in doc[at].morph.get("VerbForm", [])


def _opens_sentence(doc: Doc, mention: Mention) -> bool:
    """ "À Londres, le ministre …": a preposition that opens the sentence, and a comma behind the name."""
    at = mention.start - 1
    while at > 0 and not doc[at].is_sent_start and mention.start - at < 3:
        at -= 1
    first = doc[at].is_sent_start or at == 0 or doc[at - 1].is_space or doc[mention.start - 1].text[0].isupper()
    return first and mention.end < len(doc) and doc[mention.end].text == ","


def _rubric(doc: Doc, mention: Mention) -> bool:
    """ "Syrie : la coalition tue …": the rubric at the head of a line, or behind another ("À lire aussi : RDC : …")."""
    first = mention.start == 0 or "\n" in doc[mention.start - 1].text or doc[mention.start - 1].text == ":"
    return first and mention.end < len(doc) and doc[mention.end].text == ":"


def _dateline(doc: Doc, mention: Mention) -> bool:
    """ "Erevan, 17 sept. 2021 (AFP) – …", "MOSCOU (Reuters) – …"."""
    first = mention.start == 0 or "\n" in doc[mention.start - 1].text
    behind = doc[mention.end : mention.end + 2]
    if not first or len(behind) < 2:
        return False
    return (behind[0].text == "," and behind[1].text[0].isdigit()) or (
        behind[0].text == "(" and any(t.text == ")" for t in doc[mention.end + 2 : mention.end + 6])
    )


def _bracketed(doc: Doc, mention: Mention) -> bool:
    """ "Natanz (Iran)"."""
    before = doc[mention.start - 1].text if mention.start else ""
    after = doc[mention.end].text if mention.end < len(doc) else ""
    return before == "(" and after == ")"
