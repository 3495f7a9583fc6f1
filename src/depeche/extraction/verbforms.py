"""Forms of a verb as the parse shows them: finite, infinitive, participle, passive."""

from __future__ import annotations

from spacy.tokens import Token

from depeche.language.pack import LanguagePack

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer"})

# So many participles may share one auxiliary.
_CHAIN = 4


def children(token: Token, *relations: str) -> list[Token]:
    """The dependents under one of the relations (subtypes counted under their base), in the order of the text."""
    return [c for c in token.children if c.dep_ in relations or c.dep_.partition(":")[0] in relations]


def is_passive(verb: Token, pack: LanguagePack) -> bool:
    """A passive verb group, or a past participle that modifies a noun; never a verb that makes its perfect with "be" ("sont entrés")."""
    if verb.lemma_.lower() in pack.closed["be_perfect"] or any(c.lower_ in pack.closed["reflexive"] for c in verb.children if c.i < verb.i):
        return False
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        # The parser takes some subjects for passive ones; the auxiliary alone decides.
        return any(c.dep_ == "aux:pass" for c in verb.children) or not any(c.dep_.startswith(("aux", "expl")) for c in verb.children)
    if verb.dep_ == "advcl" and is_past_participle(verb) and not children(verb, "aux", "cop", "mark"):
        return shared_perfect(verb) is None  # "Signé à Minsk, le texte …", "un attentat a eu lieu, revendiqué par …"
    return verb.dep_ in ("acl", "amod") and is_past_participle(verb) and not children(verb, "aux") and shared_perfect(verb) is None


def shared_perfect(verb: Token) -> Token | None:
    """The verb whose auxiliary a bare participle shares ("a expulsé deux diplomates, imposé des sanctions"), where the parser hung it on a noun between.

    It has an object of its own, or does not agree with that noun, as a participle said of the noun would.
    """
    if not is_past_participle(verb) or children(verb, "aux", "cop"):
        return None
    for _ in range(_CHAIN):  # "… imposé des sanctions et rappelé son ambassadeur"
        if verb.dep_ == "conj" and verb.head.i < verb.i and is_past_participle(verb.head) and not children(verb.head, "aux", "cop"):
            verb = verb.head
    above = verb.head
    if verb.dep_ not in ("acl", "amod", "advcl", "conj") or above.i > verb.i or not _joined(verb):
        return None
    own_object = any(c.dep_ == "obj" and c.i > verb.i for c in verb.children)
    if not own_object and (verb.dep_ in ("advcl", "conj") or _agrees(verb, above)):
        return None
    if verb.dep_ == "conj" and above.pos_ == "VERB":
        return None  # coordinated with its verb, as it should be
    while above.pos_ != "VERB" and above.head != above:
        above = above.head
    perfect = above.pos_ == "VERB" and above.i < verb.i and any(c.dep_ == "aux:tense" for c in above.children)
    return above if perfect and not children(above, "aux:pass") else None


def _joined(verb: Token) -> bool:
    """Does a comma or conjunction stand before the verb and its adverbs?"""
    before = verb
    while before.i:
        before = before.nbor(-1)
        if before.pos_ != "ADV":
            return before.text == "," or before.pos_ == "CCONJ"
    return False


def _agrees(participle: Token, noun: Token) -> bool:
    """Could the participle be said of the noun, by gender and number?"""
    told = [(participle.morph.get(what, []), noun.morph.get(what, [])) for what in ("Gender", "Number")]
    return all(one == other for one, other in told if one and other)


def is_infinitive(verb: Token) -> bool:
    """An infinitive, present or perfect ("livrer", "avoir livré")."""
    return any("Inf" in t.morph.get("VerbForm", []) for t in (verb, *children(verb, "aux", "cop")))


def is_past_participle(verb: Token) -> bool:
    morph = verb.morph
    return "Part" in morph.get("VerbForm", []) and "Past" in morph.get("Tense", [])


def is_finite(verb: Token) -> bool:
    """Has the verb, or an auxiliary or copula of it, a personal form?"""
    return any("Fin" in t.morph.get("VerbForm", []) for t in (verb, *children(verb, "aux", "cop")))
