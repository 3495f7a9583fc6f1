"""Whom a noun stands for in its clause, beyond the mentions themselves.

"Les soldats turcs" act for Turkey, "une délégation de l'Iran" for Iran, "l'opposant Navalny" is Navalny, a strike on "la ville d'Alep" falls on Syria.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Cast, Party
from depeche.extraction.grammar import conjuncts, preposition, sentence_of
from depeche.extraction.verbforms import children
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold

# A relative clause between a subject and its verb is at most so many words long.
RELATIVE_REACH = 30


@dataclass(frozen=True, slots=True)
class Filler:
    """A party, the word that stands for it, and how the word leads there."""

    party: Party
    token: Token
    via: str


def camps_of(fillers: Iterable[Filler]) -> set[str]:
    """The camps on a side: a state with all who act for it is one."""
    return {f.party.camp for f in fillers}


def by_way_of(fillers: Iterable[Filler], via: str) -> list[Filler]:
    """The same parties by the same words, led to by another way."""
    return [Filler(f.party, f.token, via) for f in fillers]


class Reference:
    """What words stand for in one article: the cast, with the pack and the base that explain further nouns."""

    def __init__(self, cast: Cast, pack: LanguagePack, knowledge: KnowledgeBase) -> None:
        self.cast, self.pack, self.knowledge = cast, pack, knowledge

    def fillers(self, token: Token, places: bool = False) -> list[Filler]:
        """Whom a word and what is coordinated with it stand for; `places`: may a location stand for its state?"""
        found: list[Filler] = []
        # "MM. Pachinian et Aliev": what is coordinated may hang on the name behind the form of address.
        own = self.cast.at(token)
        inner = [
            c for child in token.children if own and child.dep_.startswith(("flat", "appos", "nmod")) and self.cast.at(child) == own for c in conjuncts(child)
        ]
        several = [token, *self._set_beside(token), *conjuncts(token)[1:]]
        for one in dict.fromkeys([*self._listed_before(token), *several, *inner, *self._listed(token)]):
            for filler in self._one(one, places, 0):
                if all(filler.party is not f.party for f in found):
                    found.append(filler)
        return found

    def _listed(self, token: Token) -> list[Token]:
        """Who else stands in an enumeration ("l'Arabie saoudite, l'Égypte, le Bahreïn et les Émirats"), whatever the tree made of it."""
        if not self.cast.at(token) or self.pack.closed["pronoun"].get(token.lower_):
            return []
        joins = self.pack.closed["list_word"]
        doc = token.doc
        found: list[Token] = []
        joined = False
        at = token.i + 1
        own = self.cast.at(token)
        word = preposition(token, self.pack)
        while at < len(doc) and at < token.i + 60 and not doc[at].is_sent_start:
            here = doc[at]
            parties = self.cast.at(here)
            if parties:
                if parties != own:
                    found.append(here)
                own = parties
            elif here.lower_ in joins or (here.pos_ == "ADP" and word is not None and self.pack.closed["contraction"].get(here.lower_, here.lower_) == word):
                joined = joined or here.pos_ == "CCONJ"
            elif here.text != "," and here.pos_ != "DET" and not here.is_space:
                break
            at += 1
        return found if joined and len(found) > 1 else []

    def _set_beside(self, token: Token) -> list[Token]:
        """ "X, le président Y et Z": somebody else named where the parser sees an apposition, in an enumeration of persons."""
        own = self.cast.at(token)
        if len(own) != 1 or own[0].kind != "person" or not any(c.dep_ == "conj" for c in token.children):
            return []
        return [c for c in token.children if c.dep_ == "appos" and any(p.kind == "person" and p is not own[0] for p in self.cast.at(c))]

    def _listed_before(self, token: Token) -> list[Token]:
        """Whoever opens the sentence in an enumeration whose rest is coordinated ("Moussa Faki, le Premier ministre togolais et …")."""
        doc = token.doc
        if not self.cast.at(token) or not any(c.dep_ == "conj" for c in token.children) or not token.dep_.startswith("nsubj"):
            return []
        first = sentence_of(token)[0]
        at = token.left_edge.i - 1
        found: list[Token] = []
        while at > first and doc[at].text == "," and (parties := self.cast.at(doc[at - 1])):
            end = at = at - 1
            while at > first and self.cast.at(doc[at - 1]) == parties:
                at -= 1
            found.insert(0, doc[end])
            at -= 1
            if at >= first and doc[at].pos_ == "DET":
                at -= 1
        return found if at < first else []

    def _one(self, token: Token, places: bool, depth: int) -> list[Filler]:
        parties = self.cast.at(token)
        if parties:
            return [Filler(p, token, "mention") for p in parties]
        if depth > 3:
            return []
        place = self.cast.place_at(token)
        if place is not None:
            return self._of_place(place, token) if places else []
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PRON", "NUM", "VERB"):
            return []
        # A name in apposition says who the noun is: "l'opposant Alexeï Navalny".
        for child in token.children:
            if child.dep_ in ("appos", "flat:name", "nmod", "flat") and child.i > token.i and self.cast.at(child) and preposition(child, self.pack) is None:
                return [Filler(p, child, "apposition") for p in self.cast.at(child)]
        counted = self.counted(token)
        if counted != token:
            return self._one(counted, places, depth + 1)
        lemma = token.lemma_.lower()
        if self.pack.closed["anaphor"].get(lemma) == "state" and (owners := self.possessor(token)):
            return self._states_of(owners)
        if lemma in self.pack.institutions or self._is_role(token) or token.pos_ in ("PRON", "NUM"):
            return self._owner(token, places, depth)
        if places:
            return self._owner(token, places, depth)
        return []

    def _states_of(self, owners: list[Filler]) -> list[Filler]:
        """ "Son pays", "leurs capitales": the states of those whom the possessive takes up."""
        states = [(self.cast.state(f.party.country, self.knowledge), f) for f in owners if f.party.country]
        return [Filler(state, f.token, "possessive") for state, f in states if state is not None]

    def beside(self, verb: Token) -> Token | None:
        """The actor named right before a verb that the parser left without a subject."""
        doc = verb.doc
        start = sentence_of(verb)[0]
        at = verb.i - 1
        while at >= start and verb.i - at < 6 and doc[at].pos_ in ("AUX", "ADV", "PRON", "PART") and not self.cast.at(doc[at]):
            at -= 1
        if at > start and doc[at].text == "," and any(p.kind == "person" for p in self.cast.at(doc[at - 1])):
            at -= 1  # "le ministre de l'Intérieur, Untel, a demandé"
        if at > start and doc[at].text == ",":
            at = _before_relative(doc, at, start)
        if at < start or not self.cast.at(doc[at]) or doc[at].dep_ in ("obj", "obl:arg"):
            return None
        first = at
        while first > 0 and self.cast.at(first - 1) == self.cast.at(at):
            first -= 1
        before = doc[first - 1] if first else None
        if before is not None and before.pos_ == "DET" and first > 1:
            before = doc[first - 2]
        if before is not None and before.pos_ == "ADP":
            return None
        head = doc[first]
        while head.dep_ == "conj" and preposition(head.head, self.pack) is None:  # "Pachinian et Aliev": the first of those coordinated
            head = head.head
        return head

    def human(self, token: Token) -> bool:
        """Does a word stand for people, on record or not?"""
        token, pack = self.counted(token), self.pack
        lemma = token.lemma_.lower()
        known = lemma in pack.institutions or lemma in pack.closed["source_noun"] or lemma in pack.closed["people"]
        return known or pack.figure_roles.get(lemma) in ("dead", "wounded", "arrested", "troops") or bool(self.fillers(token))

    def counted(self, token: Token) -> Token:
        """What a number or a noun of quantity counts ("deux cents prisonniers", "une dizaine de soldats"); the word itself otherwise."""
        lemma = token.lemma_.lower()
        if token.pos_ == "NUM" or token.lower_ in self.pack.numbers or lemma in self.pack.numbers or lemma in self.pack.closed["measure"]:
            for child in token.children:
                if child.dep_.startswith(("nmod", "obl", "flat", "appos")) and child.i > token.i and child.pos_ in ("NOUN", "PROPN"):
                    return self.counted(child)
        return token

    def _is_role(self, token: Token) -> bool:
        first = fold(token.text).split()
        return bool(first) and any(len(role.words) == 1 or role.words[0] == first[0] for role in self.pack.roles.get(first[0], ()))

    def _owner(self, token: Token, places: bool, depth: int) -> list[Filler]:
        """The state or body that a noun belongs to: its demonym, or its complement behind "de"."""
        found = self.demonym(token)
        if found:
            return found
        owners: list[Filler] = []
        for child in token.children:
            if child.dep_ in ("nmod", "obl:mod", "obl:arg") and preposition(child, self.pack) == "de":
                deeper = [f for one in conjuncts(child) for f in self._one(one, True, depth + 1)]
                owners += [Filler(f.party, f.token, "complement") for f in deeper if all(f.party is not o.party for o in owners)]
        if owners:
            return owners
        if places:
            for child in token.children:
                if child.dep_.startswith(("nmod", "obl")) and (place := self.cast.place_at(child)) is not None:
                    return self._of_place(place, child)
        return []

    def of_there(self, token: Token) -> bool:
        """Is the word an institution of the place that is spoken of ("les autorités locales")?"""
        return any(c.lemma_.lower() in self.pack.closed["of_there"] for c in token.children) and token.lemma_.lower() in self.pack.institutions

    def demonym(self, token: Token) -> list[Filler]:
        """The states whose demonym adjective modifies the noun ("frappes israéliennes", "lutte russo-ukrainienne" has none)."""
        found = []
        kept = [c for c in token.children if c.dep_ == "nmod" and not any(g.dep_ == "det" for g in c.children) and preposition(c, self.pack) == "de"]
        modifiers = [*token.children, *(g for c in kept for g in c.children)]
        modifiers += [j for c in modifiers if c.dep_ == "amod" for j in conjuncts(c)[1:]]  # "ses alliés russes et iraniens"
        for child in modifiers:
            if (
                child.dep_ in ("amod", "nmod", "appos", "acl", "conj", "flat:name")
                and (countries := self.knowledge.adjectives.get(fold(child.text)))
                and (child.text[0].islower() or child.dep_ == "amod")
            ):
                country = self.country_of(countries)
                party = self.cast.state(country, self.knowledge) if country else None
                if party is not None:
                    found.append(Filler(party, child, "demonym"))
        return found

    def country_of(self, countries: tuple[str, ...]) -> str | None:
        """One of the countries that an adjective may mean: the one the article speaks of, or the only one."""
        if len(countries) == 1:
            return countries[0]
        spoken = {p.country for p in self.cast.parties.values() if p.kind == "state"}
        among = [c for c in countries if c in spoken]
        return among[0] if len(among) == 1 else None

    def _of_place(self, place: Party, token: Token) -> list[Filler]:
        party = self.cast.state(place.country, self.knowledge) if place.country else None
        return [Filler(party, token, "location")] if party is not None else []

    def possessor(self, noun: Token) -> list[Filler]:
        """Whom a noun's possessive takes up: the subject of the clause, else the last person or state before it."""
        for child in children(noun, "det"):
            if child.lower_ in self.pack.closed["possessive"]:
                plural = bool(self.pack.closed["possessive"][child.lower_])
                return [Filler(p, child, "possessive") for p in self._possessor_before(child, noun, plural)]
        return []

    def _possessor_before(self, determiner: Token, noun: Token, plural: bool) -> list[Party]:
        clause = noun
        for _ in range(6):
            clause = clause.head
            subject = next((c for c in clause.children if c.dep_.startswith("nsubj") and c.i < determiner.i), None)
            if subject is not None and subject != noun:
                parties = [f.party for f in self.fillers(subject)]
                if parties and (len(parties) > 1 or not plural):
                    return parties
            if clause.head == clause:
                break
        for at in range(determiner.i - 1, max(-1, determiner.i - 40), -1):
            parties = [p for p in self.cast.at(at) if p.kind in ("person", "state", "group", "organisation")]
            if parties and plural:
                head = determiner.doc[at]
                while head.dep_ == "conj":
                    head = head.head
                parties = [f.party for f in self.fillers(head)]
                if len(parties) < 2 and not any(p.gender.endswith("p") for p in parties):
                    continue
            if parties:
                return parties
        return []


def _before_relative(doc: Doc, comma: int, start: int) -> int:
    """The word before a relative clause that a comma closes ("l'Unesco, dont le chef …, a refusé"); the comma itself where none stands there."""
    for at in range(comma - 1, max(start, comma - RELATIVE_REACH), -1):
        if doc[at].text == "," and any("Rel" in t.morph.get("PronType", []) for t in doc[at + 1 : at + 3]):
            return at - 1
    return comma
