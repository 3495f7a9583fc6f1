"""Reported speech that stands around its cue: "…, a indiqué Paris", "Selon X, …", "…, selon X"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.clauses import CLAUSE_STOPS, TRIM, Reported, clause_range
from depeche.extraction.grammar import sentence_of
from depeche.extraction.speech import CLOSERS, OPENERS, Cue, Speech
from depeche.extraction.verbforms import is_infinitive
from depeche.language.cues import CueNoun, CueVerb

# What stands behind "selon X" in the middle of a sentence and is this long goes on with what X said.
LONG = 6
# Words that explain a name, at most.
APPOSITION = 18


# -- incises --------------------------------------------------------------------------------------


def by_incise(cue: Cue, speech: Speech) -> Reported | None:
    """ "…, a indiqué Paris": what stands before in the sentence; behind a pronoun's incise ("…, a-t-il souligné, …") also what follows."""
    doc = speech.doc
    if not cue.frames & {"quote", "que"}:
        return None
    comma = cue.first - 1
    while comma >= 0 and doc[comma].text != "," and doc[comma].text not in CLOSERS:
        comma -= 1
    start = sentence_of(cue.token)[0]
    if comma < 1 or start >= comma or doc[comma].text in CLOSERS or (doc[comma - 1].text in CLOSERS and doc[start].text in OPENERS):
        return None
    for at in range(comma - 1, start, -1):
        if doc[at].text in CLAUSE_STOPS:
            start = at + 1
            break
    # A quotation before the incise that is a clause is what was said; the rest of the sentence leads up to it.
    if (
        doc[comma - 1].text in CLOSERS
        and comma > 1
        and speech.quoted[comma - 2]
        and sentence_of(doc[comma - 2])[0] == sentence_of(cue.token)[0]
        and _after_colon(doc, start)
    ):
        return None
    if comma - start < 3 and not cue.carried:
        return None
    ranges = [(start, comma)]
    behind = cue.last + 1
    if cue.carried and behind < len(doc) and doc[behind].text == ",":
        end = _last_word(doc, behind + 1, sentence_of(cue.token)[1])
        stop = next((i for i in range(behind + 1, end) if doc[i].text in CLAUSE_STOPS), end)
        if stop - behind > 3 and not any(c.incise or c.speakers for c in speech.between(behind, stop) if not is_infinitive(c.token)):
            ranges.append((behind + 1, stop))
    if not any(t.pos_ in ("VERB", "AUX") for a, b in ranges for t in doc[a:b]):
        return None
    return Reported(ranges, cue, "incise")


def _after_colon(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].text == ":" and doc[start].text in OPENERS


# -- sources --------------------------------------------------------------------------------------


def by_source(cue: Cue, speech: Speech, closed: dict[str, dict[str, str]], told: list[Cue]) -> Reported | None:
    """ "Selon X, …" and "…, selon X": the rest of the sentence."""
    doc = speech.doc
    if "Rel" in doc[cue.last].morph.get("PronType", []):
        verb = doc[cue.last].head
        if cue.last + 1 < len(doc) and doc[cue.last + 1].text in OPENERS:
            return None
        if verb.i <= cue.last:
            return None
        first, end = clause_range(verb, cue.last + 1, cue, closed)
        # Behind the comma that closes a relative clause the main verb goes on.
        closing = next((i for i in range(cue.last + 3, end - 1) if doc[i].text == "," and "Fin" in doc[i + 1].morph.get("VerbForm", [])), end)
        return Reported([(first, closing)], cue, "source")
    named = cue.speaker_token
    if named is None or (isinstance(cue.row, CueNoun) and not cue.speakers and not _indefinite(named)):
        return None
    sentence = cue.token.doc[slice(*sentence_of(cue.token))]
    start, end = _clause_bounds(doc, cue, sentence.start, sentence.end)
    stop = min(named.right_edge.i, end - 1) + 1 if named.i > cue.first else cue.last + 1
    comma = next((i for i in range(max(named.i, cue.last) + 1, end) if doc[i].text == ","), None)
    comma = _behind_apposition(doc, comma, end)
    if any(c.speakers is cue.speakers and c.first > cue.last and c.frames & {"que"} for c in speech.in_sentence_of(cue.token)):
        return None  # "Du côté d'Athènes, on assure que …": the verb tells what was said
    if cue.first - start <= 3:
        behind = comma + 1 if comma is not None and (comma <= stop + 1 or _aside_until(doc, named, comma)) else min(max(stop, cue.last + 1), end)
        return Reported([(behind, _last_word(doc, behind, end))], cue, "source")
    if _spoken_before(cue, speech, told):
        return None
    before = (start, cue.first)
    behind = comma + 1 if comma is not None and comma <= stop + 1 else min(max(stop, cue.last + 1), end)
    rest = _last_word(doc, behind, end)
    set_off = (comma is not None and comma < rest) or doc[cue.first - 1].pos_ in ("AUX", "VERB")
    if rest - behind >= LONG and set_off and not _reporters_own(doc, behind, rest):
        return Reported([before, (behind, rest)], cue, "source")
    return Reported([before], cue, "source")


def _reporters_own(doc: Doc, first: int, end: int) -> bool:
    """Does a stretch add something to the source's name, or go on with the story ("…, cité par …", "…, président de …", "…, qui …", "… et …")?"""
    token = doc[first]
    if token.pos_ == "CCONJ" or "Rel" in token.morph.get("PronType", []) or "Part" in token.morph.get("VerbForm", []):
        return True
    return token.pos_ == "NOUN" and not any("Fin" in t.morph.get("VerbForm", []) for t in doc[first:end])


def _indefinite(named: Token) -> bool:
    return any("Ind" in c.morph.get("Definite", []) for c in named.children if c.pos_ == "DET") or "Plur" in named.morph.get("Number", [])


def _behind_apposition(doc: Doc, comma: int | None, end: int) -> int | None:
    """ "Selon Maria Alvarez, présidente de la Croix-Rouge, …": the comma that closes what the name is explained by."""
    if comma is None or comma + 1 >= end or doc[comma + 1].pos_ != "NOUN" or not doc[comma + 1].text[0].islower():
        return comma
    for at in range(comma + 2, min(comma + APPOSITION, end)):
        if doc[at].text == ",":
            return at
        if "Fin" in doc[at].morph.get("VerbForm", []):
            break
    return comma


def _aside_until(doc: Doc, named: Token, comma: int) -> bool:
    """Does the noun phrase, with what hangs on it, last until the comma?"""
    return not any("Fin" in t.morph.get("VerbForm", []) for t in doc[named.i + 1 : comma])


def _clause_bounds(doc: Doc, cue: Cue, start: int, end: int) -> tuple[int, int]:
    """The stretch of the sentence between semicolons and colons that the cue stands in."""
    for at in range(cue.first - 1, start, -1):
        if doc[at].text in CLAUSE_STOPS and doc[at + 1].text not in OPENERS:
            start = at + 1
            break
    for at in range(cue.last + 1, end):
        if doc[at].text == ";":
            return start, at
    return start, end


def _spoken_before(cue: Cue, speech: Speech, told: list[Cue]) -> bool:
    """Does a verb of speech before it in the sentence tell who spoke ("a dénoncé, selon Reuters, une « erreur »")? `told`: the cues whose clause is found."""
    marks_follow = any(t.text in OPENERS for t in speech.doc[cue.last : sentence_of(cue.token)[1]])
    for other in speech.in_sentence_of(cue.token):
        if other.first >= cue.first or other.is_source or (speech.quoted[other.token.i] and not other.incise):
            continue
        if other.incise or any(other is c for c in told):
            return True
        if other.speakers and isinstance(other.row, CueVerb) and other.frames & {"que", "quote"} and marks_follow:
            return True
    return False


def _last_word(doc: Doc, first: int, end: int) -> int:
    at = end
    while at > first and (doc[at - 1].is_space or doc[at - 1].text in TRIM):
        at -= 1
    for i in range(first, at):
        if doc[i].is_space and "\n" in doc[i].text:
            return i
    return at
