"""Whom a pronoun takes up: of all that it could stand for, what agrees with it and stands out; nobody where two do, or where a thing does."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from depeche.extraction.grammar import surface_subject
from depeche.extraction.mention import Mention
from depeche.extraction.salience import MARGIN, Candidate, heaviest, in_sight
from depeche.extraction.scene import Scene, genders_agree
from depeche.extraction.verbforms import SUBJECTS, children, is_finite, is_passive

_WILL = 1.4  # people speak more often than states
MARGIN_OF_OBJECTS = 2.0  # "l'a acceptée" stands for a thing as often as for somebody


def read_pronoun(scene: Scene, mention: Mention) -> None:
    """Bind a pronoun, or leave it open."""
    token = scene.doc[mention.head]
    if _is_the_subject(scene, token):
        subject = surface_subject(_clause_root(token), scene.pack)
        parties = scene.cast.at(subject) if subject is not None else []
        if parties and all(genders_agree(p.gender, mention.gender) for p in parties) and (len(parties) > 1) == mention.gender.endswith("p"):
            scene.note(mention, parties)
        return
    seen = [c for c in in_sight(scene, token) if _agrees(c, mention) and not _excluded(scene, token, c)]
    if _has_will(scene, token):
        seen = [replace(c, weight=c.weight * (_WILL if c.person else 1)) for c in seen if c.human]
    if mention.definite or _points(token):
        chosen = _last([c for c in seen if scene.doc[c.at].pos_ != "PRON"], named=mention.definite)
    else:
        chosen = heaviest(seen, MARGIN_OF_OBJECTS if token.lower_ in scene.pack.closed["object_pronoun"] else MARGIN)
    if chosen is not None and chosen.parties:
        _tell_gender(chosen, mention)
        scene.note(mention, [scene.cast.introduce(p) for p in chosen.parties])


def _is_the_subject(scene: Scene, token: Token) -> bool:
    """ "Il rentrait chez lui", "Paris, quant à lui, …": the subject itself stands behind these."""
    before = {t.lower_ for t in scene.doc[max(0, token.i - 2) : token.i]}
    return bool(before & scene.pack.closed["reflexive_preposition"].keys())


def _agrees(candidate: Candidate, mention: Mention) -> bool:
    return candidate.gender.endswith("p") == mention.gender.endswith("p") and genders_agree(candidate.gender, mention.gender)


def _tell_gender(candidate: Candidate, mention: Mention) -> None:
    """A pronoun that can stand for nobody else tells the gender of somebody unknown."""
    for party in candidate.parties:
        if len(candidate.parties) == 1 and party.kind == "person" and party.gender == "x" and mention.gender in ("m", "f"):
            party.gender = mention.gender


def _excluded(scene: Scene, token: Token, candidate: Candidate) -> bool:
    """An object is not the subject of its own verb; a subject is nobody in the participle or infinitive that hangs on its verb ("suivie par X, elle …")."""
    if token.dep_ in SUBJECTS or token.dep_ == "expl:subj":
        relative = token.head.dep_ == "acl:relcl" and token.head.head.i == candidate.phrase.i  # "Jammeh, qu'il a battu"
        return relative or _in_own_adjunct(token, candidate.phrase)
    subject = surface_subject(token.head, scene.pack)
    if subject is not None and subject.i < token.i and subject.lower_ in scene.pack.closed["pronoun"] and not scene.cast.at(subject):
        return True  # "Il lui a …": where the first is open the second is too
    return subject is not None and (subject.i == candidate.phrase.i or bool(set(scene.cast.at(subject)) & set(candidate.parties)))


def _in_own_adjunct(token: Token, phrase: Token) -> bool:
    verb = phrase.head
    while verb.pos_ in ("NOUN", "PROPN", "ADJ") and verb.head.i != verb.i:
        verb = verb.head
    while verb.pos_ == "VERB" and not is_finite(verb) and verb.head.i != verb.i:
        if verb.head.i in (token.i, token.head.i):
            return True
        verb = verb.head
    return False


def _points(token: Token) -> bool:
    """ "Celui-ci" is the one last named."""
    return "Dem" in token.morph.get("PronType", [])


def _has_will(scene: Scene, token: Token) -> bool:
    """Do the words around a pronoun tell of what only people and bodies do ("elle a déclaré que …", "selon lui")?"""
    if any(expression == (c.lower_,) for c in children(token, "case") for expression, _ in scene.pack.source_expressions.get(c.lower_, ())):
        return True
    if token.dep_ not in SUBJECTS and token.dep_ != "expl:subj":
        return False
    if is_passive(token.head, scene.pack):  # "il est accusé de …"
        return token.head.lemma_.lower() in scene.pack.closed["addressing"]
    if any("Yes" in c.morph.get("Reflex", []) for c in token.head.children):
        return False
    frame = "inf" if children(token.head, "xcomp") else "que"
    told = children(token.head, "ccomp", "xcomp") or token.i > token.head.i  # "a-t-il dit"
    return bool(told) and any(frame in cue.frames for cue in scene.pack.cue_verbs.get(token.head.lemma_.lower(), ()))


def _last(seen: list[Candidate], named: bool) -> Candidate | None:
    """The one named last; of a phrase inside another, the outer ("l'envoyée des Nations unies").

    `named`: "ce dernier" passes over a thing that only hangs on a noun.
    """
    if not seen:
        return None
    last = seen[-1]
    if named and not last.human and not last.phrase.dep_.startswith(("nsubj", "obj")):
        last = next((c for c in reversed(seen) if c.person and c.gender[0] != "x"), last)
    if last.person:
        return last
    inside = [c for c in seen if c.at < last.at and c.parties and last.phrase.dep_ == "nmod" and last.phrase.i in {t.i for t in c.phrase.subtree}]
    return inside[-1] if inside else last


def _clause_root(token: Token) -> Token:
    """The verb or root whose clause a word stands in."""
    while token.head != token and not (
        token.pos_ in ("VERB", "AUX") and token.dep_.partition(":")[0] in ("ccomp", "advcl", "conj", "parataxis", "acl", "ROOT", "csubj", "xcomp")
    ):
        token = token.head
    return token
