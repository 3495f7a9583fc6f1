"""Who speaks by a verb of speech: its subject before or behind it, its agent, or whoever spoke before."""

from __future__ import annotations

from spacy.tokens import Token

from depeche.extraction.actors import Party
from depeche.extraction.grammar import antecedent, preposition, sentence_of, surface_subject
from depeche.extraction.sides import Reference
from depeche.extraction.speakers import is_latter, speakers_at, taken_up
from depeche.extraction.speech import STOPS, Cue, Speech
from depeche.extraction.verbforms import is_past_participle

# How far behind an incise's verb its subject may stand ("a déclaré mardi devant la presse à Paris le ministre").
SUBJECT_WINDOW = 18


def speaker_of(cue: Cue, clitics: list[Token], speech: Speech, reference: Reference) -> tuple[list[Party], Token | None]:
    """Who speaks by a verb of speech: (parties, the word that names them)."""
    token, verb = cue.token, cue.verb or cue.token
    pronouns = reference.pack.closed["pronoun"]
    if cue.incise:
        if clitics:
            cue.carried = True
            return taken_up(clitics[0], pronouns.get(clitics[0].lower_, "x"), reference, speech.spoke, speech.quoted), clitics[0]
        subject = subject_behind(cue, reference)
    elif is_bare_passive(verb):
        cue.passive = True
        subject = _agent(cue, reference)
    else:
        own = next((c for c in cue.dependents if c.dep_.startswith("nsubj")), None)
        if own is not None and own.lower_ in pronouns and own.i < token.i:
            cue.carried = True
            return taken_up(own, pronouns[own.lower_], reference, speech.spoke, speech.quoted), own
        subject = _relative_antecedent(own, reference) if own is not None else _subject_before(cue, reference) or _subject_after(cue, reference)
        if subject is None:
            subject = surface_subject(token, reference.pack) or surface_subject(verb, reference.pack) or _narrated(token, reference)
    speakers = speakers_at(subject, reference) if subject is not None else []
    if not speakers and not cue.incise and (shared := _shared_speaker(cue, speech)) is not None:
        cue.carried = True
        return shared
    return (speakers, subject) if subject is not None else ([], None)


def _agent(cue: Cue, reference: Reference) -> Token | None:
    """Who acts by a passive ("démentie par Erevan")."""
    marks = reference.pack.closed["agent_mark"]
    return next((c for c in cue.dependents if c.dep_ == "obl:agent" or (c.dep_.startswith("obl") and preposition(c, reference.pack) in marks)), None)


def is_bare_passive(token: Token) -> bool:
    """A passive verb group, or a past participle on its own ("qualifié de « … »", "cité par …")."""
    if any(c.dep_ == "aux:pass" for c in token.children):
        return True
    if token.dep_ == "conj" or token.dep_.startswith("aux") or (token.i and token.nbor(-1).pos_ == "AUX"):
        return False
    return is_past_participle(token) and not any(c.dep_.startswith("aux") for c in token.children)


def _relative_antecedent(pronoun: Token, reference: Reference) -> Token:
    """Whom a relative pronoun takes up: the name that ends right before it, else what the tree says."""
    if "Rel" not in pronoun.morph.get("PronType", []):
        return pronoun
    at = pronoun.i - 1
    while at > 0 and (pronoun.doc[at].text == "," or pronoun.doc[at].is_space):
        at -= 1
    up = antecedent(pronoun)
    beside = reference.cast.at(at) if at >= 0 else []
    if any(p.kind == "person" for p in beside) or (beside and not reference.cast.at(up)):
        return pronoun.doc[at]
    return up


def _subject_before(cue: Cue, reference: Reference) -> Token | None:
    """A subject that the parser hung elsewhere: the name right before the verb group ("Kiev en déduit que …")."""
    doc, at = cue.token.doc, cue.first - 1
    while (
        at >= 0
        and at > cue.first - 4
        and (doc[at].pos_ in ("ADV", "AUX") or (doc[at].pos_ == "PRON" and doc[at].dep_ != "nsubj" and not reference.cast.at(at)))
    ):
        at -= 1
    if at >= 0 and is_latter(doc[at], reference.pack):
        return doc[at]
    if at < 0 or doc[at].pos_ not in ("PROPN", "NOUN") or preposition(doc[at], reference.pack) is not None or (at and doc[at - 1].pos_ == "ADP"):
        return None
    finite = any("Fin" in t.morph.get("VerbForm", []) for t in doc[cue.first : cue.last + 1]) or cue.token.pos_ not in ("VERB", "AUX")
    return doc[at] if finite and (reference.cast.at(at) or reference.cast.place_at(at)) and cue.token.dep_ != "conj" else None


def _narrated(token: Token, reference: Reference) -> Token | None:
    """ "Et Tallinn de renchérir : « … »": an infinitive that tells like a past tense."""
    if (
        "Inf" not in token.morph.get("VerbForm", [])
        or token.head.dep_ != "ROOT"
        or token.head.i > token.i
        or not (token.head.pos_ in ("NOUN", "PROPN") or reference.cast.at(token.head))
    ):
        return None
    return token.head if preposition(token, reference.pack) in reference.pack.closed["narrative_mark"] else None


def _subject_after(cue: Cue, reference: Reference) -> Token | None:
    """The subject that a participle at the head of its sentence leads up to ("Dénonçant un « prétexte », le ministre a demandé …")."""
    token, doc = cue.token, cue.token.doc
    start = sentence_of(token)[0]
    if "Pres" not in token.morph.get("Tense", []) or "Part" not in token.morph.get("VerbForm", []) or not _leads_up(token, start):
        return None
    comma = next((i for i in range(cue.last + 1, sentence_of(token)[1]) if doc[i].text == "," and doc[i - 1].text != ","), None)
    for at in range(comma + 1, min(comma + 8, sentence_of(token)[1])) if comma is not None else ():
        if doc[at].pos_ in ("NOUN", "PROPN", "PRON"):
            return None if governed(doc[at]) else doc[at]
        if doc[at].pos_ not in ("DET", "ADJ"):
            return None
    return None


def _leads_up(participle: Token, start: int) -> bool:
    """Does the participle stand at the head of its sentence, but for an adverbial set off by a comma ("Sur RTL, rappelant que …")?"""
    before = participle.doc[start : participle.i]
    return len(before) <= 2 or (len(before) <= 6 and before[-1].text == "," and before[0].pos_ == "ADP")


def _shared_speaker(cue: Cue, speech: Speech) -> tuple[list[Party], Token | None] | None:
    """A participle or a second verb without a subject of its own is spoken by whom the cue before it names ("…, ajoutant que", "et a promis")."""
    token = cue.verb or cue.token
    nonfinite = "Part" in token.morph.get("VerbForm", []) and not is_bare_passive(token)
    if not nonfinite and token.dep_ != "conj":
        return None
    for before in reversed(speech.in_sentence_of(token)):
        if before.speakers and (before.incise or not speech.quoted[before.token.i]):
            return before.speakers, before.speaker_token
    return None


def share_backwards(speech: Speech) -> None:
    """ "Dénonçant un « prétexte », le ministre a demandé …": a participle at the head of its sentence is spoken by the subject that follows."""
    for cue in speech.cues:
        token = cue.token
        if cue.speakers or cue.is_source or "Pres" not in token.morph.get("Tense", []) or "Part" not in token.morph.get("VerbForm", []):
            continue
        after = next((c for c in speech.in_sentence_of(token) if c.first > cue.last and c.speakers and not speech.quoted[c.token.i]), None)
        if after is not None:
            cue.speakers, cue.speaker_token = after.speakers, after.speaker_token


def subject_behind(cue: Cue, reference: Reference, sure: bool = True) -> Token | None:
    """The noun phrase behind an inverted verb: its parsed subject, or the first noun that no preposition governs.

    `sure`: a closing mark stands before the verb, so that a subject must follow; otherwise it has to begin right behind the verb and its adverbials.
    """
    doc, last = cue.token.doc, cue.last
    calendar = reference.pack.calendar
    for child in cue.dependents:
        if child.dep_.startswith("nsubj") and child.i > last and not _names_outlet(child, reference):
            return child
    at = last + 1
    while at < len(doc) and at <= last + SUBJECT_WINDOW and doc[at].text not in STOPS and not (doc[at].is_space and "\n" in doc[at].text):
        here = doc[at]
        if here.pos_ == "SCONJ" or (not sure and "Inf" in here.morph.get("VerbForm", [])) or "Rel" in here.morph.get("PronType", []):
            return None
        named = here.head == cue.token and not governed(here) and bool(reference.cast.at(here) or reference.cast.place_at(here))
        if _names_outlet(here, reference):
            at += 1
            continue
        if named or (here.pos_ in ("NOUN", "PROPN", "PRON") and not _is_adverbial(here, calendar) and not governed(here)):
            return here
        at += 1
    return None


def _names_outlet(token: Token, reference: Reference) -> bool:
    """ "au journal La Repubblica": the name of an outlet behind a preposition, and no subject."""
    if not token.text[0].isupper() or not any(p.kind == "agency" for p in reference.cast.at(token)):
        return False
    at = token.i - 1
    while at > 0 and token.i - at < 4 and token.doc[at].pos_ in ("DET", "ADJ", "PROPN"):
        at -= 1
    if token.doc[at].lemma_.lower() not in reference.pack.closed["outlet_noun"]:
        return False
    while at > 0 and token.doc[at - 1].pos_ in ("DET", "ADJ"):
        at -= 1
    return at > 0 and token.doc[at - 1].pos_ == "ADP"


def _is_adverbial(token: Token, calendar: dict[str, dict[str, str]]) -> bool:
    """A date without a preposition ("mardi", "lundi soir"), or a later word of a name."""
    if token.lower_ in calendar["weekday"] or token.lower_ in calendar["unit"] or token.dep_ in ("flat:name", "amod", "fixed"):
        return True
    return token.dep_ == "obl:mod" and token.pos_ == "NOUN" and any(c.lower_ in calendar["weekday"] for c in token.subtree)


def governed(token: Token) -> bool:
    """Does a preposition stand before the noun phrase?"""
    if any(c.dep_ in ("case", "mark") for c in token.lefts):
        return True
    at = token.i - 1
    while at >= 0 and token.doc[at].pos_ in ("DET", "ADJ", "NUM"):
        at -= 1
    if at >= 0 and token.doc[at].pos_ == "ADP":
        return True
    return token.dep_ == "nmod" and token.head.i < token.i and token.head.pos_ in ("NOUN", "PROPN") and token.nbor(-1).pos_ not in ("DET", "ADJ", "PUNCT")
