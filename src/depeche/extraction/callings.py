"""What people are called, and who is meant by it later: "la chanteuse Alma …: la chanteuse", "l'ambassadeur Henrik Stolz …: le diplomate"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.cast import Party
from depeche.extraction.grammar import sentence_of
from depeche.extraction.mention import Mention
from depeche.extraction.salience import head_of_phrase, heaviest, in_sight
from depeche.extraction.scene import Scene, genders_agree
from depeche.extraction.verbforms import SUBJECTS, children
from depeche.language.pack import LanguagePack


def callings(name: Token) -> set[str]:
    """The nouns that stand beside a person's name or are said of him: title, apposition, predicate."""
    phrase = head_of_phrase(name)
    beside = [phrase, *children(phrase, "appos"), *children(name, "appos")]
    if phrase.dep_ in SUBJECTS and children(phrase.head, "cop"):
        beside.append(phrase.head)
    return {t.lemma_.lower() for t in beside if t.pos_ == "NOUN"}


def first_callings(doc: Doc, names: list[Mention]) -> dict[str, int]:
    """What anybody is called, and the token behind the first name that it stands beside."""
    found: dict[str, int] = {}
    for mention in names:
        if mention.label == "PER":
            for noun in callings(doc[mention.head]):
                found.setdefault(noun, mention.end)
    return found


def takes_up_a_person(doc: Doc, token: Token, so_called: dict[str, int], pack: LanguagePack) -> bool:
    """Can a bare noun with its article take up a person: by a word that anybody may be called, or by one that somebody has been called?"""
    if token.pos_ != "NOUN" or token.i == 0 or doc[token.i - 1].lower_ not in pack.closed["definite_person"] or "Plur" in token.morph.get("Number", []):
        return False
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if any(c.dep_ in ("amod", "nmod", "appos", "acl", "flat:name") for c in token.children) or (after is not None and after.text[0].isupper()):
        return False
    lemma = token.lemma_.lower()
    return head_of_phrase(token).i == token.i and (lemma in pack.closed["person_anaphor"] or so_called.get(lemma, token.i) < token.i)


def read_called(scene: Scene, mention: Mention) -> None:
    """Bind such a noun, or leave it open."""
    if (party := called(scene, mention)) is not None:
        scene.note(mention, [party])


def called(scene: Scene, mention: Mention) -> Party | None:
    """Who has been called so, the one last in sight where several have; else, by a noun that fits anybody, who stands out."""
    token = scene.doc[mention.head]
    lemma = token.lemma_.lower()
    means = scene.pack.closed["person_anaphor"].get(lemma, "")
    nouns = {lemma, *means.split("|")}
    fits = [(at, p) for at, p in scene.recent if at < token.i and p.kind == "person" and genders_agree(p.gender, mention.gender)]
    so_called = list(dict.fromkeys(p for at, p in fits if nouns & callings(scene.doc[at])))
    # "Le procureur a dit que le suspect …": who governs the clause is not described in it.
    above = {a.i for a in token.ancestors}
    seen = [c for c in in_sight(scene, token) if not c.gender.endswith("p") and not (c.phrase.dep_ in SUBJECTS and c.phrase.head.i in above)]
    if any(not c.parties and c.phrase.lemma_.lower() == lemma for c in seen):
        return None  # "un homme …, l'homme": somebody whom nobody names
    if len(so_called) == 1:
        return so_called[0]
    here = {p for c in seen for p in c.parties}
    if so_called:
        near = [p for p in so_called if p in here]
        return near[0] if len(near) == 1 else None
    if means != "anybody":
        return None
    # "Selon lui, l'homme …": whom a pronoun of the same sentence stands for is not described anew.
    stood_for = {p for at, p in scene.recent if at >= sentence_of(token)[0] and scene.doc[at].pos_ == "PRON"}
    agreeing = [c for c in seen if c.human and genders_agree(c.gender, mention.gender) and not stood_for & set(c.parties)]
    chosen = heaviest(agreeing) if all(c.parties for c in agreeing) else None
    return chosen.parties[0] if chosen is not None and chosen.parties[0].kind == "person" else None
