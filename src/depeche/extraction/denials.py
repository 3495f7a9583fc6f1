"""Who answers an allegation, and by which words: "Téhéran dément", "« Une fable », réplique Bakou", "Moscou a rejeté ces accusations", "ce qu'Athènes nie".

A denial is found by the pack's table of denials, wherever it stands; which act it answers is decided by who is accused of what shortly before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.arguments import noun_arguments, verb_arguments
from depeche.extraction.grammar import antecedent, char_span, preposition, sentence_of
from depeche.extraction.quotations import Quotation
from depeche.extraction.sides import Reference
from depeche.extraction.status import own_status
from depeche.extraction.verbforms import children, is_past_participle
from depeche.record import Span

# What is called false stands at most so many words behind the head of its sentence to be a sentence of its own ("Une fable, répète-t-on à Kigali").
OPENING = 4
# So far behind it the speaker is looked for, and so far up the tree the verb.
SPEAKER_REACH = 12
CLIMB = 4
# What no tagger takes a word of denying for.
_NEVER = frozenset({"PUNCT", "SPACE", "DET", "ADP", "CCONJ", "NUM"})
# A quoted answer has at most so many words; in longer ones a word of falsehood may be about anything.
ANSWER_WORDS = 14
# What the tagger takes a verb for.
_MISTAKEN = frozenset({"ADJ", "ADV", "X", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_DENIED = frozenset({"negated", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody's denial: its word, who denies, its words, and what it names itself as denied (`objects`, and what hangs on them)."""

    token: Token
    parties: list[Party]
    cue: Span
    objects: tuple[Token, ...] = ()
    several: bool = False  # "ces deux accusations": more than the last one
    near: bool = False  # it answers nothing but the sentence before
    belied: bool = False  # it calls what was said false, whoever is concerned by it


def find_denials(doc: Doc, quotations: list[Quotation], reference: Reference) -> Iterator[Denial]:
    """Every denial in the order of the text."""
    words = reference.pack.denials
    for token in doc:
        what = {w for lemma in _lemmas(token, reference) for w in words.get(lemma, ())}
        if not what:
            continue
        denial = None
        if what & {"denies", "rejects"}:
            denial = _by_noun(token, reference) if token.pos_ == "NOUN" else _by_verb(token, "rejects" in what, reference)
        elif "falsehood" in what:
            denial = _by_falsehood(token, quotations, reference)
        if denial is not None and denial.parties:
            yield denial
    yield from _by_counter_assertion(doc, quotations, reference)


def _by_counter_assertion(doc: Doc, quotations: list[Quotation], reference: Reference) -> Iterator[Denial]:
    """ "Kigali accuse Kinshasa d'avoir tiré. « Aucun de nos soldats n'a ouvert le feu », a répondu …": of what is alleged the accused says that nobody did it.

    Only in a past tense: what never will be does not answer what was done.
    """
    for quotation in quotations:
        if not quotation.speakers or quotation.form == "mixed":
            continue
        for word in doc[slice(*quotation.tokens)]:
            if word.lower_ not in reference.pack.closed["negation_strong"]:
                continue
            verb = word
            for _ in range(CLIMB):
                if verb.pos_ in _VERBAL or verb.head == verb:
                    break
                verb = verb.head
            above = reference.pack.modality.get(("verb", verb.lemma_.lower()))
            if verb.pos_ == "VERB" and is_past_participle(verb) and own_status(verb, reference.pack) == "negated" and above is None:
                yield Denial(verb, quotation.speakers, quotation.cue.span if quotation.cue is not None else char_span(verb, verb), near=True)
                break


def _lemmas(token: Token, reference: Reference) -> set[str]:
    """The forms under which the table may have a word, whatever the tagger took it for; pronominal verbs with their pronoun."""
    if token.pos_ in _NEVER:
        return set()
    verb, adjective = reference.pack.lemma(token.text, "VERB"), reference.pack.lemma(token.text, "ADJ")
    if token.pos_ in _VERBAL:
        reflexive = any(c.lower_ in reference.pack.closed["reflexive"] for c in token.children if c.i < token.i)
        return {f"se {verb}"} if reflexive else {token.lemma_.lower(), verb, adjective}
    return {token.lemma_.lower(), token.lower_, adjective} | ({verb} if token.pos_ in _MISTAKEN else set())


def _names(token: Token, what: str, reference: Reference) -> bool:
    return any(what in reference.pack.denials.get(lemma, ()) for lemma in _lemmas(token, reference))


def _by_verb(verb: Token, needs_charge: bool, reference: Reference) -> Denial | None:
    """ "X dément", "X a rejeté ces accusations", "ce que X nie", "une accusation démentie par X"; never "n'a pas démenti", "refuse de démentir"."""
    pack = reference.pack
    if own_status(verb, pack) in _DENIED or preposition(verb, pack) in pack.closed["negation"] or _held_back(verb, reference):
        return None
    objects = verb_arguments(verb, pack).get("obj", [])
    doers = doers_of(verb, reference)
    objects = objects or _behind_mistaken(verb) or _taken_up_by_que(verb, reference)
    if not doers or not objects:
        asked, before = _before_mistaken(verb, reference)
        doers, objects = doers or before, objects or asked
    objects = [_beyond_names(t, reference) for t in objects]
    taken_up = [t for t in objects if _names(t, "charge", reference) or _names(t, "involvement", reference)]
    if needs_charge and not taken_up and not any(t.pos_ in ("PRON", "SCONJ") for t in objects):
        return None
    several = any("Plur" in t.morph.get("Number", []) and any(c.pos_ == "NUM" for c in t.children) for t in taken_up)
    return Denial(verb, doers, char_span(verb, verb), tuple(objects), several)


def _beyond_names(noun: Token, reference: Reference) -> Token:
    """ "La livraison à l'Égypte, qu'Athènes a démentie": nobody denies a country; the clause belongs to the noun that the name hangs on."""
    while noun.dep_ == "nmod" and (reference.cast.at(noun) or reference.cast.place_at(noun)):
        noun = noun.head
    return noun


def _behind_mistaken(word: Token) -> list[Token]:
    """The infinitive behind a verb that the tagger took for another word ("l'armée dément avoir frappé …"): all hangs on the infinitive then."""
    after = word.nbor(1) if word.i + 1 < len(word.doc) else word
    if word.pos_ in _VERBAL or "Inf" not in after.morph.get("VerbForm", []):
        return []
    return [after.head if after.dep_.startswith("aux") else after]


def _taken_up_by_que(verb: Token, reference: Reference) -> list[Token]:
    """ "La livraison dont parle Ankara et qu'Athènes a démentie": the noun that a second relative clause goes on from."""
    if verb.dep_ != "conj" or verb.head.pos_ != "NOUN" or not any(c.lower_ in reference.pack.closed["relative_object"] and c.i < verb.i for c in verb.children):
        return []
    return [verb.head]


def _before_mistaken(word: Token, reference: Reference) -> tuple[list[Token], list[Party]]:
    """What stands before a verb whose clause the parser missed: the relative pronoun ("ce qu'Athènes conteste"), and who ("Alger, elle, dément")."""
    doc = word.doc
    for at in range(word.i - 1, max(sentence_of(word)[0], word.i - OPENING) - 1, -1):
        token = doc[at]
        if parties := reference.cast.at(token):
            if token.pos_ == "PRON":
                continue
            first = at
            while first > 0 and reference.cast.at(first - 1) == parties:
                first -= 1
            before = doc[first - 1] if first else None
            if before is not None and before.pos_ == "DET" and first > 1:
                before = doc[first - 2]
            relative = before is not None and before.lower_ in reference.pack.closed["relative_object"]
            return ([before] if relative and before is not None else []), parties
        if token.pos_ not in ("PRON", "ADV", "PUNCT"):
            break
    return [], []


def _held_back(verb: Token, reference: Reference) -> bool:
    """Does a verb above keep the denial from being made ("refuse de démentir", "peut-il nier")?"""
    if verb.dep_ != "xcomp":
        return False
    modality = reference.pack.modality.get(("verb", verb.head.lemma_.lower()))
    return own_status(verb.head, reference.pack) in _DENIED or (modality is not None and modality.inner in ("skip", "negated", "hypothetical"))


def _by_noun(noun: Token, reference: Reference) -> Denial | None:
    """ "Le démenti iranien", "Bakou a opposé un démenti"."""
    arguments = noun_arguments(noun, reference.pack)
    parties = [f.party for f in reference.demonym(noun)]
    for place in ("de", "par", "subj"):
        parties = parties or [f.party for t in arguments.get(place, []) for f in reference.fillers(t)]
    return Denial(noun, parties, char_span(noun, noun), tuple(arguments.get("à", [])))


def doers_of(verb: Token, reference: Reference) -> list[Party]:
    """Who does what a verb tells: its agent, its subject, or who is named right before it."""
    agents = [c for c in verb.children if c.dep_ == "obl:agent"]
    subject = agents[0] if agents else next(iter(verb_arguments(verb, reference.pack).get("subj", [])), None) or reference.beside(verb)
    if subject is not None and not agents and verb.dep_ == "acl:relcl" and antecedent(subject) == verb.head:
        relative = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
        subject = antecedent(relative) if relative is not None else None
    return [f.party for f in reference.fillers(subject)] if subject is not None else []


def _by_falsehood(word: Token, quotations: list[Quotation], reference: Reference) -> Denial | None:
    """ "Faux, rétorque Bakou", "« Pure invention », réplique X", "X parle d'un « montage »", "que X juge mensongère"; not "de faux papiers"."""
    if (
        word.dep_ == "amod"
        and word.head.pos_ in ("NOUN", "PROPN")
        and not _names(word.head, "charge", reference)
        and not _names(word.head, "falsehood", reference)
    ):
        opening = word.i == sentence_of(word)[0] and word.i + 1 < len(word.doc) and word.nbor(1).text == ","
        if not opening:
            return None
    if any(c.lower_ in reference.pack.closed["negation_second"] for t in (word, word.head) for c in t.children):
        return None
    said = _answer_around(word, quotations)
    if said is not None:
        return Denial(word, said.speakers, said.cue.span if said.cue is not None else char_span(word, word), belied=True)
    return Denial(word, _speaker_behind(word, reference) or _speaker_above(word, reference), char_span(word, word), belied=True)


def _answer_around(word: Token, quotations: list[Quotation]) -> Quotation | None:
    """The short quotation that a word stands in."""
    around = [q for q in quotations if q.tokens[0] <= word.i < q.tokens[1] and q.tokens[1] - q.tokens[0] <= ANSWER_WORDS and q.speakers]
    return min(around, key=lambda q: q.tokens[1] - q.tokens[0], default=None)


def _speaker_behind(word: Token, reference: Reference) -> list[Party]:
    """Who says it where the word opens its sentence: the first named behind a verb of speech, "on" at a place for the state there."""
    doc, (first, end) = word.doc, sentence_of(word)
    if word.i - first > OPENING:
        return []
    spoken = False
    for token in doc[word.i + 1 : min(end, word.i + SPEAKER_REACH)]:
        spoken = spoken or reference.pack.lemma(token.text, "VERB") in reference.pack.cue_verbs
        if spoken and (parties := reference.cast.at(token)):
            return parties
        place = reference.cast.place_at(token) if spoken else None
        state = reference.cast.state(place.country, reference.knowledge) if place is not None and place.country else None
        if state is not None:
            return [state]
    return []


def _speaker_above(word: Token, reference: Reference) -> list[Party]:
    """The subject of the verb that the word hangs on ("X parle d'une manipulation", "que X a qualifiée de mensongère")."""
    token = word
    for _ in range(CLIMB):
        if token.head == token:
            return []
        token = token.head
        if token.pos_ in _VERBAL:
            return doers_of(token, reference) if token.lemma_.lower() in reference.pack.cue_verbs or children(token, "obl", "obj", "xcomp") else []
    return []
