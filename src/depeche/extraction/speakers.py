"""Whom the words of a cue name as the speaker, and whom a pronoun in the speaker's place takes up.

Somebody without a name is brought in as an actor of their own ("une source diplomatique"); where nothing names a speaker there is none.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from depeche.extraction.actors import Party
from depeche.extraction.grammar import conjuncts, preposition
from depeche.extraction.sides import Reference
from depeche.extraction.verbforms import children
from depeche.language.cues import CueNoun
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import slug
from depeche.record import Span

# Sentences before a pronoun in which whom it takes up is looked for, and tokens before an unnamed "l'organisation".
SENTENCES = 3
REACH = 150
_SPEAKING_KINDS = frozenset({"person", "state", "organisation", "group"})
_COLLECTIVE = frozenset({"group", "organisation"})


def speakers_at(token: Token, reference: Reference) -> list[Party]:
    """Whom a noun in the speaker's place stands for."""
    found: list[Party] = []
    for one in conjuncts(token):
        found += [p for p in _one(one, reference) if p not in found]
    return found


def _one(token: Token, reference: Reference) -> list[Party]:
    if is_latter(token, reference.pack):
        return _last_named(token, reference)
    if _acts_for_state(token, reference.pack) and (state := _state_of_leader(token, reference)) is not None:
        return [state]
    known = _known(token, reference)
    if known or reference.cast.place_at(token) is not None:
        return known
    return _by_description(token, reference)


def _known(token: Token, reference: Reference) -> list[Party]:
    """Whom a word names; a capital or state in the speaker's place speaks as the state, also where it could be a location."""
    parties = reference.cast.at(token)
    beside = _named_beside(token, reference)
    # A name says more surely who is meant than the description before it.
    if beside and (not parties or (parties[0].kind == "person" == beside[0].kind)):
        parties = beside
    place = reference.cast.place_at(token)
    if parties or place is None or not place.country:
        return parties
    if any(n.what in ("name", "capital") for n in reference.knowledge.named(place.name)):
        state = reference.cast.state(place.country, reference.knowledge)
        return [state] if state is not None else []
    return []


def is_latter(token: Token, pack: LanguagePack) -> bool:
    """ "ce dernier", "cette dernière"."""
    latter = pack.closed["latter"]
    if token.i == 0 or not (token.lower_ in latter or token.lemma_.lower() in latter):
        return False
    return token.nbor(-1).lower_ in pack.closed["definite"] and not (token.dep_ == "amod" and token.head.pos_ in ("NOUN", "PROPN"))


def _last_named(token: Token, reference: Reference) -> list[Party]:
    """The person named last whom the gender fits; where there is none near, the state or body."""
    gender = _gender_of(token)
    others: list[Party] = []
    for at in range(token.i - 1, max(-1, token.i - REACH), -1):
        if reference.pack.closed["pronoun"].get(token.doc[at].lower_) is not None:
            continue
        parties = [p for p in reference.cast.at(at) if p.kind in _SPEAKING_KINDS and agree(_grammatical_gender(p, token.doc[at]), gender)]
        if any(p.kind == "person" for p in parties):
            return parties[:1]
        others = others or parties[:1]
    return others


def _named_beside(token: Token, reference: Reference) -> list[Party]:
    """ "sa porte-parole, Lilit Abovian", "le député LR Éric Ciotti": the name in apposition, a person's before a body's."""
    if token.pos_ == "PROPN" or _acts_for_state(token, reference.pack):
        return []
    beside = [c for c in token.children if c.dep_ in ("appos", "flat:name", "nmod", "flat") and c.i > token.i and preposition(c, reference.pack) is None]
    named = [parties for child in beside if (parties := reference.cast.at(child)) and any(p.kind in ("person", "agency", "organisation") for p in parties)]
    return next((parties for parties in named if parties[0].kind == "person"), named[0] if named else [])


def _acts_for_state(token: Token, pack: LanguagePack) -> bool:
    """ "le gouvernement", "la junte": a noun that acts for a state as such, whoever leads it."""
    institution = pack.institutions.get(token.lemma_.lower()) or pack.institutions.get(token.lower_)
    return institution is not None and institution.linked and not institution.press and institution.sector != "JUD"


def _by_description(token: Token, reference: Reference) -> list[Party]:
    """The body that a description belongs to, the one that it takes up, or a source of its own ("une source diplomatique")."""
    pack = reference.pack
    lemma = token.lemma_.lower()
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PRON", "NUM"):
        return []
    if lemma in pack.closed["outlet_noun"] and (outlet := _outlet_named_behind(token, reference)) is not None:
        return [outlet]
    kind = pack.closed["source_noun"].get(token.lower_) or pack.closed["source_noun"].get(lemma)
    indefinite = any(c.lower_ in pack.closed["indefinite"] or c.dep_ == "nummod" or "Ind" in c.morph.get("Definite", []) for c in token.children)
    fillers = reference.fillers(token)
    named = [f for f in fillers if f.via in ("complement", "apposition")] if indefinite else fillers
    if named and (kind is None or named[0].via == "complement" or not indefinite):
        return [named[0].party]
    if lemma in pack.cue_nouns and (kind is None or not indefinite):
        voice = voice_of(token, reference)
        return voice[0] if voice is not None else []
    owner = reference.possessor(token)
    if owner and (kind is not None or lemma in pack.institutions):
        state = reference.cast.state(owner[0].party.country, reference.knowledge) if owner[0].party.country else None
        return [state] if state is not None else []
    if kind is None or token.pos_ != "NOUN":
        return []
    if kind in _COLLECTIVE and not indefinite and not fillers and (taken := _body_named_before(token, reference)) is not None:
        return [taken]
    return [_source(token, kind, fillers[0].party.country if fillers else _country_under(token, reference), reference)]


def _outlet_named_behind(token: Token, reference: Reference) -> Party | None:
    """ "l'agence de presse officielle syrienne Sana": the name that the noun leads up to."""
    for at in range(token.i + 1, min(token.i + 8, len(token.doc))):
        here = token.doc[at]
        if here.is_punct or here.pos_ in ("VERB", "AUX"):
            break
        bodies = [p for p in reference.cast.at(at) if p.kind in ("agency", "organisation")]
        if bodies and here.text[0].isupper():
            return bodies[0]
    return None


def _state_of_leader(token: Token, reference: Reference) -> Party | None:
    """ "le gouvernement de Mariano Rajoy", "l'administration Trump": the state of the person that the institution is named after."""
    for child in token.children:
        if child.i > token.i and child.dep_.partition(":")[0] in ("nmod", "appos", "flat"):
            persons = [p for one in (child, *children(child, "appos", "flat", "nmod")) for p in reference.cast.at(one) if p.kind == "person" and p.country]
            if persons:
                return reference.cast.state(persons[0].country or "", reference.knowledge)
    return None


def _body_named_before(token: Token, reference: Reference) -> Party | None:
    """ "l'organisation", "le mouvement": the organisation or group named last."""
    for at in range(token.i - 1, max(-1, token.i - REACH), -1):
        bodies = [p for p in reference.cast.at(at) if p.kind in _COLLECTIVE]
        # Whoever is behind "par" in "diffusé par al-Manar" carries words.
        if bodies and token.doc[at].dep_ not in ("obl:agent", "nmod"):
            return bodies[0]
    return None


def _country_under(token: Token, reference: Reference) -> str | None:
    """The country whose adjective modifies a description anywhere in it ("une source gouvernementale saoudienne")."""
    for child in (token, *children(token, "amod", "nmod")):
        demonyms = reference.demonym(child)
        if demonyms:
            return demonyms[0].party.country
    return None


def _source(token: Token, kind: str, country: str | None, reference: Reference) -> Party:
    words = [token, *(c for c in children(token, "amod") if c.i == token.i + 1)]
    name = token.doc[words[0].i : words[-1].i + 1].text
    party = reference.cast.introduce(Party(f"source:{slug(name)}:{token.i}", name, kind, country, gender=_gender_of(token)))
    span = Span(token.idx, words[-1].idx + len(words[-1].text))
    if span not in party.spans:
        party.spans.append(span)
    return party


def noun_row(noun: Token, pack: LanguagePack) -> CueNoun | None:
    """The row of a noun of speech, of the expression that it begins where there is one ("mise en garde")."""
    for length in (3, 2) if noun.lower_ in pack.cue_noun_openings else ():
        row = pack.cue_nouns.get(" ".join([noun.lower_, *(t.lower_ for t in noun.doc[noun.i + 1 : noun.i + length])]))
        if row is not None and row.kind == "noun":
            return row
    return pack.cue_nouns.get(noun.lemma_.lower()) if noun.pos_ == "NOUN" else None


def voice_of(noun: Token, reference: Reference) -> tuple[list[Party], Token, str] | None:
    """Who speaks by a noun of speech or the expression that it begins, the word that names them, and by which path it hangs on the noun."""
    row = noun_row(noun, reference.pack)
    words = row.expression.count(" ") if row is not None else 0
    return _voice(noun, reference) or (_voice(noun.nbor(words), reference) if words and noun.i + words < len(noun.doc) else None)


def _voice(noun: Token, reference: Reference) -> tuple[list[Party], Token, str] | None:
    """ "les propos de X", "une enquête réalisée par X", "la déclaration chinoise", "son discours"."""
    pack = reference.pack
    for child in noun.children:
        word = preposition(child, pack)
        if (child.dep_.startswith(("nmod", "obl")) and (word in pack.closed["owner_mark"] or word in pack.closed["agent_mark"])) or child.dep_ == "obl:agent":
            speakers = speakers_at(child, reference)
            if speakers:
                return speakers, child, word or "agent"
        if child.dep_ == "acl":
            for agent in children(child, "obl"):
                if (
                    preposition(agent, pack) in pack.closed["agent_mark"]
                    and (speakers := speakers_at(agent, reference))
                    and child.lemma_.lower() not in pack.closed["relay_participle"]
                ):
                    return speakers, agent, "agent"
    demonym = reference.demonym(noun)
    if demonym:
        return [demonym[0].party], demonym[0].token, "adj"
    possessor = reference.possessor(noun)
    if possessor:
        return [possessor[0].party], possessor[0].token, "poss"
    return None


# -- pronouns -------------------------------------------------------------------------------------


def agree(one: str, other: str) -> bool:
    """Do two genders (m, f, x for unknown, with p for the plural) go together?"""
    return "x" in (one[:1], other[:1]) or one[:1] == other[:1]


def _gender_of(token: Token) -> str:
    return {"Masc": "m", "Fem": "f"}.get("".join(token.morph.get("Gender", [])), "x")


def _grammatical_gender(party: Party, token: Token) -> str:
    """The gender by which a pronoun takes somebody up: a person's own, else that of the noun that named them."""
    if party.kind == "person" or token.pos_ != "NOUN":
        return party.gender
    return _gender_of(token)


def taken_up(token: Token, gender: str, reference: Reference, spoke: Callable[[int, int], list[list[Party]]], quoted: bytearray) -> list[Party]:
    """Whom a pronoun in the speaker's place takes up.

    The one who spoke last in this sentence or its paragraph, or the subject of the sentence before, if the gender agrees. `spoke` gives the speakers
    of the cues between two tokens, the last first; `quoted` marks the tokens inside quotations.
    """
    if gender.endswith("p"):
        return reference.cast.at(token)
    doc = token.doc
    end = token.i
    sentence: Words | None = token.sent
    for _ in range(SENTENCES):
        if sentence is None:
            break
        said = [
            s
            for s in spoke(sentence.start, end)
            if len(s) == 1 and s[0].kind in _SPEAKING_KINDS and agree(s[0].gender if s[0].kind == "person" else "x", gender)
        ]
        subject = _subject_in(doc, sentence.start, end, gender, reference, quoted)
        found = [*said, subject] if subject else said
        person = next((f for f in found if f[0].kind == "person"), None) or _only_person(doc, sentence.start, end, gender, reference, quoted)
        if person or found:
            return person or found[0]
        end = sentence.start
        sentence = doc[end - 1].sent if end > 0 else None
    earlier = (s for s in spoke(max(0, end - REACH), end) if len(s) == 1 and s[0].kind == "person" and agree(s[0].gender, gender))
    return next(earlier, None) or reference.cast.at(token)


def _subject_in(doc: Doc, start: int, end: int, gender: str, reference: Reference, quoted: bytearray) -> list[Party]:
    """The subject of the main clause, else the last subject, that agrees with the pronoun."""
    found: list[Party] = []
    for token in doc[start:end]:
        if quoted[token.i] or not token.dep_.startswith("nsubj"):
            continue
        parties = [p for p in _known(token, reference) if p.kind in _SPEAKING_KINDS] if token.pos_ != "PRON" else []
        if len(parties) == 1 and agree(_grammatical_gender(parties[0], token), gender):
            if token.head.dep_ == "ROOT":
                return parties
            found = parties
    return found


def _only_person(doc: Doc, start: int, end: int, gender: str, reference: Reference, quoted: bytearray) -> list[Party]:
    """The person whom a sentence names, where it names one only whom the pronoun fits."""
    named: list[Party] = []
    for at in range(start, end):
        for party in reference.cast.at(at) if not quoted[at] else ():
            if party.kind == "person" and party not in named and agree(party.gender, gender):
                named.append(party)
    return named if len(named) == 1 else []
