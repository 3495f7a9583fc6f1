"""What a pronoun could take up: everybody and everything named shortly before it, each with the weight of its place in the sentence.

Things and people whom nobody names compete too: a pronoun that stands for "le traité" stands for nobody on record. After Lappin and Leass (1994): subjects
weigh most, what hangs on a noun least, each sentence between takes off nearly half.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from depeche.extraction.cast import Party
from depeche.extraction.grammar import SUBJECTS, children
from depeche.extraction.marks import Marked, find_marked
from depeche.extraction.mention import grammatical_gender
from depeche.extraction.scene import Scene

_CAN_ACT = ("person", "state", "organisation", "group")
_PER_SENTENCE = 0.6
_SENTENCES_BACK = 2
# A name inside a quotation is out of sight for the reporter's own sentence, and so is the speaker for what he says.
_OUT_OF_SIGHT = 0.3
_WEIGHTS = {"obj": 2.0, "iobj": 2.0, "obl:agent": 2.0, "obl:arg": 2.0, "dislocated": 3.0, "ROOT": 3.0, "obl": 1.5, "obl:mod": 1.2, "nmod": 1.0}
_SAME_PHRASE = ("appos", "flat", "flat:name", "flat:foreign")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whoever stands at a token: `parties` on record, none for a thing or somebody unnamed. `gender` has p behind it where they are several."""

    at: int
    phrase: Token
    parties: tuple[Party, ...]
    gender: str
    weight: float
    human: bool

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(sorted(p.key for p in self.parties)) or (self.phrase.lemma_.lower(),)


class Sight:
    """What can be seen from a pronoun's place."""

    def __init__(self, scene: Scene, token: Token) -> None:
        self.scene, self.token = scene, token
        self.floor = scene.sentence_before(token.sent.start, _SENTENCES_BACK)
        self.marked = find_marked(token.doc.text)
        self.named: dict[int, list[Party]] = {}
        for at, party in reversed(scene.recent):
            if self.floor <= at < token.i and party not in self.named.setdefault(at, []):
                self.named[at].insert(0, party)

    def candidates(self) -> list[Candidate]:
        """Everybody and everything before the pronoun, in the order of the text; what is named together counts together too."""
        found: list[Candidate] = []
        sentence = 0
        for at in range(self.token.i - 1, self.floor - 1, -1):
            if self.scene.doc[at + 1].is_sent_start:
                sentence += 1
            token = self.scene.doc[at]
            one = self._one(token)
            if one is not None:
                found += [self._seen(c, sentence) for c in (*self._together(one), one)]
        return list(reversed(found))

    def _one(self, token: Token) -> Candidate | None:
        phrase = head_of_phrase(token)
        if (parties := [p for p in self.named.get(token.i, []) if p.kind in _CAN_ACT]) != []:
            gender = parties[0].gender if len(parties) == 1 else _gender_together([p.gender for p in parties])
            return Candidate(token.i, phrase, tuple(parties), gender or "x", _place(phrase), True)
        if token.pos_ != "NOUN" or self.scene.cast.at(token) or self.scene.cast.place_at(token) or phrase is not token:
            return None
        if token.dep_ in ("obl:mod", "fixed", "case") or not children(token, "det", "nummod", "amod", "nmod", "acl"):
            return None
        return Candidate(token.i, phrase, (), grammatical_gender(token), _place(phrase), self._human(token))

    def _human(self, token: Token) -> bool:
        pack, lemma = self.scene.pack, token.lemma_.lower()
        return lemma in pack.closed["people"] or lemma in pack.closed["source_noun"] or lemma in pack.roles or lemma in pack.institutions

    def _together(self, first: Candidate) -> list[Candidate]:
        """ "Moscou et Pékin": those whose names are joined, as one."""
        joined = [c for c in first.phrase.children if c.dep_ == "conj" and c.i < self.token.i]
        if not joined or first.at > joined[0].i:
            return []
        members: list[tuple[Party, ...]] = [first.parties]
        genders = [first.gender]
        for token in joined:
            here = next((self.named[t.i] for t in token.subtree if t.i in self.named and head_of_phrase(t) == token), [])
            members.append(tuple(here))
            genders.append(here[0].gender if here else grammatical_gender(token))
        known = tuple(dict.fromkeys(p for m in members for p in m)) if all(members) else ()
        return [Candidate(joined[-1].i, first.phrase, known, _gender_together(genders), first.weight, first.human)]

    def _seen(self, candidate: Candidate, sentence: int) -> Candidate:
        """The weight from where the pronoun stands."""
        weight = candidate.weight * _PER_SENTENCE**sentence
        mine, its = self._mark(self.token), self._mark(self.scene.doc[candidate.at])
        if its is not None and its != mine:
            weight *= _OUT_OF_SIGHT
        if mine is not None and its is None and self._speaks(candidate.phrase):
            weight *= _OUT_OF_SIGHT
        return Candidate(candidate.at, candidate.phrase, candidate.parties, candidate.gender, weight, candidate.human)

    def _mark(self, token: Token) -> Marked | None:
        return next((m for m in self.marked if m.start <= token.idx < m.end), None)

    def _speaks(self, phrase: Token) -> bool:
        return phrase.dep_ in SUBJECTS and phrase.head.lemma_.lower() in self.scene.pack.cue_verbs


def head_of_phrase(token: Token) -> Token:
    """The noun that a name stands beside ("le ministre Ion Berescu": the minister), which tells its place in the sentence."""
    while token.head is not token:
        beside = token.dep_ in _SAME_PHRASE or (token.dep_ == "nmod" and token.pos_ == "PROPN" and not children(token, "case"))
        if not beside:
            break
        token = token.head
    return token


def _place(phrase: Token) -> float:
    """How much a phrase weighs by its place in the sentence."""
    while phrase.dep_ == "conj":
        phrase = head_of_phrase(phrase.head)
    if phrase.dep_ in SUBJECTS or phrase.dep_ == "expl:subj":
        return 4.0 if phrase.head.dep_ in ("ROOT", "conj", "parataxis", "ccomp") else 3.0
    return _WEIGHTS.get(phrase.dep_, _WEIGHTS.get(phrase.dep_.partition(":")[0], 1.0))


def _gender_together(genders: list[str]) -> str:
    """Several are feminine only where each is."""
    return ("f" if all(g[0] == "f" for g in genders) else "x" if all(g[0] in "fx" for g in genders) else "m") + "p"
