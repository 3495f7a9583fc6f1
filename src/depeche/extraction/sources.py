"""Expressions that name a source: "selon X", "d'après X", "aux yeux de X", "à l'en croire", "pour laquelle".

The complement speaks; where that is a noun of speech ("selon un communiqué de la présidence"), whoever stands behind it; where it is a pronoun, the one
who spoke before.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import antecedent, sentence_of, surface_subject
from depeche.extraction.sides import Reference
from depeche.extraction.speakers import noun_row, speakers_at, taken_up, voice_of
from depeche.extraction.speech import STOPS, Cue, Speech
from depeche.language.cues import CueNoun
from depeche.ontology.spelling import fold

# How far behind the expression the noun that it introduces may stand.
COMPLEMENT = 8


def source_cue(token: Token, speech: Speech, reference: Reference) -> Cue | None:
    """The cue that begins at a word as an expression naming a source; None where none does."""
    doc = token.doc
    expressions = reference.pack.source_expressions.get(reference.pack.closed["bare_capital"].get(token.text, token.lower_))
    if expressions is None:
        return None
    following = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    for words, row in expressions:
        if len(words) > 1 and words[1] != following:
            continue
        end = token.i + len(words)
        if [t.lower_ for t in doc[token.i + 1 : end]] != list(words[1:]):
            continue
        cue = Cue(token, row, [], None, token.i, end - 1, frames=frozenset({"source"}))
        if "before" in row.speaker:
            _speaker_before(cue, speech, reference)
            return cue
        if "adj" in row.speaker:
            if _by_adjective(cue, reference):
                return cue
            continue
        if end < len(doc) and _complement(cue, row, speech, reference):
            return cue
    return None


def noun_cue(token: Token, reference: Reference) -> Cue | None:
    """ "L'assurance du Caire que le canal resterait ouvert": a noun of speech whose clause tells what was said."""
    row = noun_row(token, reference.pack) if token.pos_ == "NOUN" else None
    if row is None or row.kind != "noun":
        return None
    closed = reference.pack.closed
    opened = any(c.i > token.i and any(m.dep_ == "mark" and m.lower_ in closed["content_opener"] for m in c.lefts) for c in token.children)
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if not opened and not (following.lower_ in closed["content_opener"] and following.dep_ == "mark"):
        return None
    voice = voice_of(token, reference)
    if voice is None and token.dep_ == "obj" and (subject := surface_subject(token.head, reference.pack)) is not None:
        voice = speakers_at(subject, reference), subject, "subj"  # "a donné l'assurance que …"
    return Cue(token, row, voice[0], voice[1], token.i, token.i, frames=frozenset({"que"})) if voice is not None and voice[0] else None


def _speaker_before(cue: Cue, speech: Speech, reference: Reference) -> None:
    """ "Selon lui, …", "à ses yeux, …": the one who spoke before, else the subject that follows ("De son propre aveu, Rome …")."""
    doc = cue.token.doc
    last = doc[cue.last]
    cue.carried = True
    cue.speaker_token = last
    cue.speakers = taken_up(cue.token, reference.pack.closed["pronoun"].get(last.lower_, "x"), reference, speech.spoke, speech.quoted)
    if not cue.speakers:
        subject = next((t for t in doc[cue.last + 1 : sentence_of(cue.token)[1]] if t.dep_.startswith("nsubj") and t.head.dep_ == "ROOT"), None)
        if subject is not None:
            cue.speakers, cue.speaker_token = speakers_at(subject, reference), subject


def _by_adjective(cue: Cue, reference: Reference) -> bool:
    """ "Côté ukrainien, …", "de source diplomatique turque": the state whose adjective follows."""
    for token in cue.token.doc[cue.last + 1 : cue.last + 4]:
        countries = reference.knowledge.adjectives.get(fold(token.text))
        country = reference.country_of(countries) if countries and token.text[0].islower() else None
        state = reference.cast.state(country, reference.knowledge) if country else None
        if state is not None:
            cue.speakers, cue.speaker_token, cue.last = [state], token, token.i
            return True
        if token.pos_ not in ("ADJ", "NOUN"):
            break
    return False


def _complement(cue: Cue, row: CueNoun, speech: Speech, reference: Reference) -> bool:
    """Fill in who speaks by what stands behind the expression; False where nothing there can speak."""
    doc, at = cue.token.doc, cue.last + 1
    if "Rel" in doc[at].morph.get("PronType", []):
        named = _before_relative(doc[at], reference)
        if named is None:
            return False
        cue.last = at
        # "l'affirmation de Moscou selon laquelle …": by a noun of speech its speaker.
        voice = voice_of(named, reference) if named.lemma_.lower() in reference.pack.cue_nouns else None
        cue.speakers, cue.speaker_token = (voice[0], voice[1]) if voice is not None else (speakers_at(named, reference), named)
        return bool(cue.speakers)
    head = _noun_phrase(doc, at)
    if head is None:
        return False
    pronoun = reference.pack.closed["pronoun"].get(head.lower_)
    if pronoun is not None:
        cue.carried = True
        cue.speakers = taken_up(head, pronoun, reference, speech.spoke, speech.quoted)
    else:
        cue.speakers = speakers_at(head, reference)
    cue.speaker_token = head
    if row.expression in reference.pack.closed["whose_view"]:
        return bool(cue.speakers) and _sets_off(doc, cue.token.i, head) and any(p.kind != "agency" for p in cue.speakers)
    if not cue.speakers and any(c.dep_ == "acl" and c.lemma_.lower() in reference.pack.closed["relay_participle"] for c in head.children):
        return False  # "selon des propos rapportés par l'AFP": no one speaks by it
    lemma = head.lemma_.lower()
    known = reference.pack.closed["source_noun"]
    # Whom nothing names may still be a source ("selon plusieurs médias"); a treaty or a plan is none.
    return bool(cue.speakers) or lemma in known or head.lower_ in known or lemma in reference.pack.cue_nouns


def _before_relative(pronoun: Token, reference: Reference) -> Token | None:
    """Whom "pour laquelle", "selon lequel" takes up: the name right before it, else what the tree says."""
    doc = pronoun.doc
    at = pronoun.i - 2
    while at >= 0 and pronoun.i - at < 8 and doc[at].pos_ != "VERB":
        if doc[at].pos_ == "NOUN" and doc[at].lemma_.lower() in reference.pack.cue_nouns:
            return doc[at]
        at -= 1
    at = pronoun.i - 2
    while at >= 0 and pronoun.i - at < 6 and not reference.cast.at(at) and doc[at].pos_ not in ("NOUN", "VERB"):
        at -= 1
    if at >= 0 and (reference.cast.at(at) or doc[at].pos_ == "NOUN"):
        return doc[at]
    up = antecedent(pronoun)
    return up if up != pronoun else None


def _noun_phrase(doc: Doc, at: int) -> Token | None:
    """The head of the noun phrase that begins at a token."""
    for i in range(at, min(len(doc), at + COMPLEMENT)):
        token = doc[i]
        if token.text in STOPS or token.text == "," or token.pos_ == "VERB":
            return None
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            return token
    return None


def _sets_off(doc: Doc, start: int, named: Token) -> bool:
    """ "Pour Rajoy, …": set off at the head of its sentence by a comma."""
    return (start == 0 or bool(doc[start].is_sent_start)) and any(t.text == "," for t in doc[named.i + 1 : named.i + 8])
