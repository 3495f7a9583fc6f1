"""Forms of a verb as the parse shows them: finite, infinitive, participle, passive."""

from __future__ import annotations

from spacy.tokens import Token

from depeche.language.pack import LanguagePack

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer"})


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
    return verb.dep_ in ("acl", "amod") and is_past_participle(verb) and not children(verb, "aux")


def is_infinitive(verb: Token) -> bool:
    """An infinitive, present or perfect ("livrer", "avoir livré")."""
    return any("Inf" in t.morph.get("VerbForm", []) for t in (verb, *children(verb, "aux", "cop")))


def is_past_participle(verb: Token) -> bool:
    morph = verb.morph
    return "Part" in morph.get("VerbForm", []) and "Past" in morph.get("Tense", [])


def is_finite(verb: Token) -> bool:
    """Has the verb, or an auxiliary or copula of it, a personal form?"""
    return any("Fin" in t.morph.get("VerbForm", []) for t in (verb, *children(verb, "aux", "cop")))
