"""What a pronoun could take up: everybody and everything named shortly before it, each with the weight of its place in the sentence.

Things and people whom nobody names compete too: a pronoun that stands for "le traité" stands for nobody on record. After Lappin and Leass (1994): subjects
weigh most, what hangs on a noun least, each sentence between takes off nearly half.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Token

from depeche.extraction.cast import Party, entity_party
from depeche.extraction.grammar import sentence_of
from depeche.extraction.marks import Marked
from depeche.extraction.mention import grammatical_gender
from depeche.extraction.scene import Scene
from depeche.extraction.verbforms import SUBJECTS, children
from depeche.ontology.spelling import fold

_CAN_ACT = ("person", "state", "organisation", "group")
_PER_SENTENCE = 0.6
_SENTENCES_BACK = 2
_LONGEST_MENTION = 100  # words: mentions stand in the order of their first word, not of their heads
# Pronouns of the press stand for people and bodies more often than for things.
_THING = 0.6
_THING_ASIDE = 0.45  # one that is no subject
_PERSON = 1.3
_GENDER_UNKNOWN = 0.8
# A name inside a quotation is out of sight for the reporter's own sentence, and so is the speaker for what he says.
_OUT_OF_SIGHT = 0.3
_A_WORD_OR_TWO = 25  # characters: « dégel » is the reporter's own word
_WEIGHTS = {"obj": 2.0, "iobj": 2.0, "obl:agent": 2.0, "obl:arg": 2.0, "dislocated": 3.0, "ROOT": 3.0, "obl": 1.5, "obl:mod": 1.2, "nmod": 1.0}
# By so much must the first outweigh the second; one who is named again weighs a little more each time.
MARGIN = 1.15
_AGAIN = 0.3
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
    def person(self) -> bool:
        return any(p.kind == "person" for p in self.parties)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(sorted(p.key for p in self.parties)) or (self.phrase.lemma_.lower(),)


def in_sight(scene: Scene, token: Token) -> list[Candidate]:
    """Everybody and everything that a word could take up, in the order of the text."""
    return _Sight(scene, token).candidates()


class _Sight:
    """What can be seen from a pronoun's place."""

    def __init__(self, scene: Scene, token: Token) -> None:
        self.scene, self.token = scene, token
        self.floor = scene.sentence_before(sentence_of(token)[0], _SENTENCES_BACK)
        self.named: dict[int, list[Party]] = {}
        for at, party in reversed(scene.recent):
            if at < self.floor - _LONGEST_MENTION:
                break
            if self.floor <= at < token.i and party not in self.named.setdefault(at, []):
                self.named[at].insert(0, party)

    def candidates(self) -> list[Candidate]:
        """Everybody and everything before the pronoun, in the order of the text; what is named together counts together too."""
        found: list[Candidate] = []
        nominal, sentences, doc = self.scene.nominal, self.scene.sentences, self.scene.doc
        near = nominal[bisect_left(nominal, self.floor) : bisect_left(nominal, self.token.i)]
        phrases = {head_of_phrase(doc[at]).i for at in self.named}
        for at in sorted({*near, *self.named}, reverse=True):
            token = doc[at]
            one = self._party(token) or (None if {at, head_of_phrase(token).i} & phrases else self._nobody(token))
            if one is not None:
                found += [self._seen(c, sentences[self.token.i] - sentences[at]) for c in (*self._together(one), one)]
        return list(reversed(found))

    def _party(self, token: Token) -> Candidate | None:
        """Somebody on record; a state that is named only as a place can be meant too."""
        parties = [p for p in self.named.get(token.i, []) if p.kind in _CAN_ACT]
        place = self.scene.cast.place_at(token)
        if not parties and place is not None and place.entity is not None and place.entity.kind == "state" and place.name == place.entity.name:
            state = entity_party(place.entity)
            # "À la Pologne", not "en Pologne": with its article it may be the state.
            parties = [self.scene.cast.parties.get(state.key, state)] if token.pos_ == "PROPN" and children(token, "det") else []
        if not parties:
            return None
        phrase = head_of_phrase(token)
        genders = [gender_of(p, token, phrase, self.scene, token.i in self.scene.by_name) for p in parties]
        weight = _place(phrase) * (_PERSON if parties[0].kind == "person" else 1) * (_GENDER_UNKNOWN if genders[0][0] == "x" else 1)
        return Candidate(token.i, phrase, tuple(parties), genders[0] if len(parties) == 1 else _gender_together(genders), weight, True)

    def _nobody(self, token: Token) -> Candidate | None:
        """A thing, or people whom nobody names; a pronoun that was left open stands for one of these."""
        pack = self.scene.pack
        if self.scene.cast.at(token) or self.scene.cast.place_at(token):
            return None
        pronoun = token.pos_ == "PRON" and token.lower_ in pack.closed["pronoun"]
        if token.dep_ in SUBJECTS and (pronoun or token.lemma_.lower() in pack.closed["latter"]):
            return Candidate(token.i, token, (), pack.closed["pronoun"].get(token.lower_, grammatical_gender(token)), _place(token), True)
        if token.i in self.scene.described:
            return Candidate(token.i, token, (), grammatical_gender(token), _place(head_of_phrase(token)), True)
        noun = token.pos_ == "NOUN" or (token.pos_ == "ADJ" and token.dep_ in SUBJECTS and children(token, "det"))  # "le quinquagénaire"
        if not noun or token.dep_ in ("fixed", "case") or not children(token, "det", "nummod", "amod", "nmod", "acl"):
            return None
        if token.dep_ == "obl:mod" and not children(token, "case"):
            return None  # "lundi dernier"
        human, phrase = self._human(token), head_of_phrase(token)
        thing = _THING if phrase.dep_ in SUBJECTS else _THING_ASIDE
        return Candidate(token.i, token, (), grammatical_gender(token), _place(phrase) * (1 if human else thing), human)

    def _human(self, token: Token) -> bool:
        pack, lemma = self.scene.pack, token.lemma_.lower()
        return (
            lemma in pack.closed["people"]
            or lemma in pack.closed["person_anaphor"]
            or lemma in pack.closed["source_noun"]
            or lemma in pack.roles
            or lemma in pack.institutions
        )

    def _together(self, first: Candidate) -> list[Candidate]:
        """ "Moscou et Pékin": those whose names are joined, as one."""
        joined = [c for c in first.phrase.children if c.dep_ == "conj" and c.i < self.token.i]
        if not joined or first.at > joined[0].i:
            return []
        members: list[tuple[Party, ...]] = [first.parties]
        genders = [first.gender]
        for token in joined:
            here = next((self.named[t.i] for t in token.subtree if t.i in self.named and head_of_phrase(t).i == token.i), [])
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
        return next((m for m in self.scene.marked if m.start <= token.idx < m.end and m.end - m.start > _A_WORD_OR_TWO), None)

    def _speaks(self, phrase: Token) -> bool:
        return phrase.dep_ in SUBJECTS and phrase.head.lemma_.lower() in self.scene.pack.cue_verbs


def head_of_phrase(token: Token) -> Token:
    """The noun that a name stands beside ("le ministre Ion Berescu": the minister), which tells its place in the sentence."""
    while token.head.i != token.i:
        beside = token.dep_ in _SAME_PHRASE or (token.dep_ == "nmod" and token.pos_ == "PROPN" and not children(token, "case"))
        if not beside:
            break
        token = token.head
    return token


def gender_of(party: Party, token: Token, phrase: Token, scene: Scene, by_name: bool) -> str:
    """A party's gender where a token names it. The article before a state's name tells it best, a person's words and first name where nothing else does."""
    if party.kind != "person":
        told = next((g for d in children(token, "det") if (g := grammatical_gender(d))[0] != "x"), None)
        if told is not None and by_name:
            party.gender = told
        noun = phrase if by_name and phrase.i != token.i else token
        if (not by_name or noun.i != token.i) and noun.pos_ == "NOUN" and (gender := grammatical_gender(noun))[0] != "x":
            return gender  # "l'armée irakienne", "la station Plochad"
        plural = "Plur" in token.morph.get("Number", []) and token.pos_ in ("PROPN", "NOUN")
        return party.gender + "p" if plural and not party.gender.endswith("p") else party.gender
    if party.gender == "x":
        party.gender = _gender_said(token, phrase) or scene.knowledge.given_names.get(fold(party.name).split()[0], "x")
    return party.gender


def _gender_said(token: Token, phrase: Token) -> str | None:
    """What agrees with a person: the noun and adjectives beside the name, the participle or adjective said of the subject."""
    beside = [d for n in {phrase, *children(phrase, "appos")} if n.i != token.i and n.pos_ != "PROPN" for d in children(n, "det", "amod")]
    said = [phrase.head] if phrase.dep_ in SUBJECTS and children(phrase.head, "aux:pass", "cop") else []
    genders = {g[0] for t in (*beside, *said) if (g := grammatical_gender(t))[0] != "x"}
    return genders.pop() if len(genders) == 1 else None


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


def heaviest(seen: list[Candidate], margin: float = MARGIN) -> Candidate | None:
    """The one with the most weight, unless another comes near."""
    total: dict[tuple[str, ...], float] = {}
    for key in {c.key for c in seen}:
        weights = sorted((c.weight for c in seen if c.key == key), reverse=True)
        total[key] = weights[0] + _AGAIN * sum(weights[1:])
    ranked = sorted(total, key=lambda k: -total[k])
    if not ranked or (len(ranked) > 1 and total[ranked[0]] < margin * total[ranked[1]]):
        return None
    return next(c for c in reversed(seen) if c.key == ranked[0])
