"""Reported speech without quotation marks: "a annoncé que …", "assure vouloir …", "selon X, …", "…, a indiqué Paris".

What was said begins behind the word that introduces it and ends where the reporter speaks again.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import children, preposition, subtree_tokens
from depeche.extraction.sides import Reference
from depeche.extraction.speech import CLOSERS, OPENERS, Cue, Speech
from depeche.language.cues import CueNoun, CueVerb
from depeche.language.pack import LanguagePack
from depeche.record import Span

# Shorter contents are fragments of a broken parse.
MIN_WORDS = 2
# How far behind the verb the word that opens its clause may stand ("a déclaré lors d'une conférence de presse à Genève que …").
OPENER_WINDOW = 22
# What stands behind "selon X" in the middle of a sentence and is this long goes on with what X said.
LONG = 6
_TRIM = frozenset({",", ".", ";", ":", "–", "—", "-"})
_CLAUSE_STOPS = frozenset({";", ":"})


@dataclass(slots=True)
class Reported:
    """The content of reported speech as token ranges (end exclusive), its cue, and the frame that opened it."""

    ranges: list[tuple[int, int]]
    cue: Cue
    frame: str

    def spans(self, doc: Doc) -> list[Span]:
        return [Span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text)) for a, b in self.ranges]

    def holds(self, start: int, end: int) -> bool:
        """Does the content take in these tokens?"""
        return any(a <= start and end <= b for a, b in self.ranges)


def find_reported(speech: Speech, reference: Reference) -> list[Reported]:
    """Reported speech by the cues that stand outside quotations."""
    doc = speech.doc
    found: list[Reported] = []
    for cue in speech.cues:
        if speech.quoted[cue.token.i]:
            continue
        if cue.is_source:
            reported = _by_source(cue, speech, reference.pack.closed)
        elif cue.incise:
            reported = _by_incise(cue, speech)
        elif cue.speakers or cue.speaker_token is not None or not _is_infinitive(cue.token):
            reported = _by_clause(cue, reference)
        else:
            reported = None  # "ne fait que préciser que …": nobody in the sentence says it
        if reported is not None:
            reported.ranges = [_behind_source(part, speech) for part in reported.ranges]
            reported.ranges = [r for r in (_trimmed(doc, *part) for part in reported.ranges) if r[1] - r[0] >= MIN_WORDS]
            if reported.ranges and not _all_quoted(reported.ranges, speech.quoted) and not _told_by(found, reported):
                found.append(reported)
    return found


def _behind_source(part: tuple[int, int], speech: Speech) -> tuple[int, int]:
    """ "a rappelé que selon lui « … »": the content begins behind the source that it repeats."""
    source = next((c for c in speech.between(part[0], part[0] + 1) if c.is_source and c.carried), None)
    return (source.last + 1, part[1]) if source is not None else part


def _told_by(found: list[Reported], inner: Reported) -> bool:
    """ "dit vouloir partir": what the speaker wants is part of what the speaker says, told already."""
    return any(
        outer.cue.speakers == inner.cue.speakers and not inner.cue.is_source and any(a == inner.cue.first for a, _ in outer.ranges) and outer.holds(*inner.ranges[0])
        for outer in found[-3:]
    )


# -- que-clauses and infinitives ------------------------------------------------------------------


def _by_clause(cue: Cue, reference: Reference) -> Reported | None:
    """A que-clause, an infinitive or an indirect question that hangs on the verb, or that follows it where the tree has it elsewhere."""
    closed = reference.pack.closed
    for child in cue.dependents:
        if child.i <= cue.last or child.dep_.partition(":")[0] not in ("ccomp", "xcomp", "advcl", "obj", "acl"):
            continue
        opener = next((c for c in child.children if c.dep_ == "mark" and c.i < child.i), None)
        if opener is not None and child.dep_ != "advcl" and (opener.pos_ == "SCONJ" or opener.lower_ in closed["content_opener"]):
            if opener.lower_ in closed["content_opener"] and cue.frames & {"que", "wish"}:
                return Reported([_clause(child, opener.i + 1, cue, closed)], cue, "que")
            if opener.lower_ in closed["condition"] and "si" in cue.frames:
                return Reported([_clause(child, opener.i + 1, cue, closed)], cue, "si")
        elif _is_infinitive(child) and child.dep_.partition(":")[0] != "acl" and preposition(child, reference.pack) in (None, *closed["infinitive_mark"]) and cue.frames & {"inf", "infobj"}:
            return Reported([_clause(child, _infinitive_start(child), cue, closed)], cue, "inf")
    return _by_position(cue, reference)


def _by_position(cue: Cue, reference: Reference) -> Reported | None:
    doc, closed = cue.token.doc, reference.pack.closed
    for at in range(cue.last + 1, min(cue.last + OPENER_WINDOW, cue.token.sent.end)):
        here = doc[at]
        if here.text in _CLAUSE_STOPS or here.text in OPENERS or here.text in CLOSERS or here.is_space and "\n" in here.text:
            return None
        if here.lower_ in closed["content_opener"] and here.pos_ in ("SCONJ", "PRON", "ADV") and cue.frames & {"que", "wish"}:
            if "Rel" in here.morph.get("PronType") and at > cue.last + 1 or here.dep_ in ("fixed", "advmod"):
                continue
            head = here.head if here.head.i > at else doc[at]
            return Reported([_clause(head, at + 1, cue, closed)], cue, "que")
        if _is_infinitive(here) and cue.frames & {"inf", "infobj"} and _belongs_to(here, cue, reference.pack):
            return Reported([_clause(here, _infinitive_start(here), cue, closed)], cue, "inf")
        if "Fin" in here.morph.get("VerbForm"):
            return None
    return None


def _is_infinitive(token: Token) -> bool:
    return "Inf" in token.morph.get("VerbForm") or any("Inf" in a.morph.get("VerbForm") for a in children(token, "aux", "cop"))


def _belongs_to(infinitive: Token, cue: Cue, pack: LanguagePack) -> bool:
    """Does the infinitive go with the verb of speech, and tells no purpose ("pour …")?"""
    mark = preposition(infinitive, pack)
    if mark is None:
        start = _infinitive_start(infinitive)
        return "inf" in cue.frames and (start == cue.last + 1 or infinitive.doc[start - 1].text == ",")
    return mark in pack.closed["infinitive_mark"]


def _infinitive_start(infinitive: Token) -> int:
    """Where the infinitive begins: its auxiliary, clitics and negation with it, the preposition before it left out."""
    near = ("aux", "expl", "advmod", "cop", "obj", "iobj")
    return min([infinitive.i, *(c.i for c in infinitive.children if c.i < infinitive.i and c.dep_.partition(":")[0] in near and c.dep_ != "mark")])


def _clause(head: Token, first: int, cue: Cue, closed: dict[str, dict[str, str]]) -> tuple[int, int]:
    """The words of a clause from `first` on: as far as its subtree goes unbroken, with what the parser hung elsewhere inside a stretch without commas."""
    doc = head.doc
    under = {t.i for t in subtree_tokens(head)}
    last = first
    at = first
    stop = cue.token.sent.end
    while at < stop and not (doc[at].is_space and "\n" in doc[at].text):
        here = doc[at]
        if at in under or at < head.i:
            last = at
        elif here.is_punct or here.is_space:
            following = next((i for i in range(at + 1, min(at + 4, stop)) if not (doc[i].is_punct or doc[i].is_space)), stop)
            if following >= stop or following not in under:
                break
        elif here.pos_ == "CCONJ" or "Fin" in here.morph.get("VerbForm") or here.i == cue.token.i or here.dep_ == "mark" or "Rel" in here.morph.get("PronType"):
            break
        else:
            last = at
        at += 1
    return first, _before_contrast(doc, head, first, last, closed) + 1


def _before_contrast(doc: Doc, head: Token, first: int, last: int, closed: dict[str, dict[str, str]]) -> int:
    """A contrast that the reporter adds is hung inside the clause by the parser: "…, alors que la Russie considère …"."""
    for token in doc[first : last + 1]:
        if token.lower_ in closed["contrast"] and token.i > head.i and token.i > first and doc[token.i - 1].text == ",":
            clause = token.head if token.dep_ in ("mark", "advmod") else token
            if clause.dep_ == "advcl" and clause.head is head:
                return token.i - 2
    return last


# -- incises --------------------------------------------------------------------------------------


def _by_incise(cue: Cue, speech: Speech) -> Reported | None:
    """ "…, a indiqué Paris": what stands before in the sentence; behind a pronoun's incise ("…, a-t-il souligné, …") also what follows."""
    doc = speech.doc
    if not cue.frames & {"quote", "que"}:
        return None
    comma = cue.first - 1
    while comma >= 0 and doc[comma].text != "," and doc[comma].text not in CLOSERS:
        comma -= 1
    start = cue.token.sent.start
    if comma < 1 or start >= comma or doc[comma].text in CLOSERS or doc[comma - 1].text in CLOSERS and doc[start].text in OPENERS:
        return None
    for at in range(comma - 1, start, -1):
        if doc[at].text in _CLAUSE_STOPS:
            start = at + 1
            break
    # A quotation before the incise that is a clause is what was said; the rest of the sentence leads up to it.
    if doc[comma - 1].text in CLOSERS and comma > 1 and speech.quoted[comma - 2] and doc[comma - 2].sent.start == cue.token.sent.start and _after_colon(doc, start):
        return None
    if comma - start < 3:
        return None
    ranges = [(start, comma)]
    behind = cue.last + 1
    if cue.carried and behind < len(doc) and doc[behind].text == ",":
        end = _last_word(doc, behind + 1, cue.token.sent.end)
        stop = next((i for i in range(behind + 1, end) if doc[i].text in _CLAUSE_STOPS), end)
        if stop - behind > 3 and not any(c.first < stop for c in speech.between(behind, stop) if not c.is_source):
            ranges.append((behind + 1, stop))
    if not any(t.pos_ in ("VERB", "AUX") for a, b in ranges for t in doc[a:b]):
        return None
    return Reported(ranges, cue, "incise")


def _after_colon(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].text == ":" and doc[start].text in OPENERS


# -- sources --------------------------------------------------------------------------------------


def _by_source(cue: Cue, speech: Speech, closed: dict[str, dict[str, str]]) -> Reported | None:
    """ "Selon X, …" and "…, selon X": the rest of the sentence."""
    doc = speech.doc
    if "Rel" in doc[cue.last].morph.get("PronType"):
        verb = doc[cue.last].head
        return Reported([_clause(verb, cue.last + 1, cue, closed)], cue, "source") if verb.i > cue.last else None
    named = cue.speaker_token
    if named is None or (isinstance(cue.row, CueNoun) and not cue.speakers and not _indefinite(named)):
        return None
    sentence = cue.token.sent
    start, end = _clause_bounds(doc, cue, sentence.start, sentence.end)
    stop = max((t.i for t in subtree_tokens(named) if t.i < end), default=named.i) + 1 if named.i > cue.first else cue.last + 1
    comma = next((i for i in range(max(named.i, cue.last) + 1, end) if doc[i].text == ","), None)
    if any(c.speakers is cue.speakers and c.first > cue.last and c.frames & {"que"} for c in speech.in_sentence_of(cue.token)):
        return None  # "Du côté d'Athènes, on assure que …": the verb tells what was said
    if cue.first - start <= 3:
        behind = comma + 1 if comma is not None and (comma <= stop + 1 or _aside_until(doc, named, comma)) else min(max(stop, cue.last + 1), end)
        return Reported([(behind, _last_word(doc, behind, end))], cue, "source")
    if _spoken_before(cue, speech):
        return None
    before = (start, cue.first)
    behind = comma + 1 if comma is not None and comma <= stop + 1 else min(max(stop, cue.last + 1), end)
    rest = _last_word(doc, behind, end)
    if rest - behind >= LONG and not _reporters_own(doc[behind]) and (comma is not None and comma < rest or doc[cue.first - 1].pos_ in ("AUX", "VERB")):
        return Reported([before, (behind, rest)], cue, "source")
    return Reported([before], cue, "source")


def _reporters_own(token: Token) -> bool:
    """Does a stretch that begins so add something to the source's name, or go on with the story ("…, cité par …", "…, qui …", "… et …")?"""
    return token.pos_ == "CCONJ" or "Rel" in token.morph.get("PronType") or "Part" in token.morph.get("VerbForm")


def _indefinite(named: Token) -> bool:
    return any("Ind" in c.morph.get("Definite") for c in named.children if c.pos_ == "DET") or "Plur" in named.morph.get("Number")


def _aside_until(doc: Doc, named: Token, comma: int) -> bool:
    """Does the noun phrase, with what hangs on it, last until the comma?"""
    return not any("Fin" in t.morph.get("VerbForm") for t in doc[named.i + 1 : comma])


def _clause_bounds(doc: Doc, cue: Cue, start: int, end: int) -> tuple[int, int]:
    """The stretch of the sentence between semicolons and colons that the cue stands in."""
    for at in range(cue.first - 1, start, -1):
        if doc[at].text in _CLAUSE_STOPS and doc[at + 1].text not in OPENERS:
            start = at + 1
            break
    for at in range(cue.last + 1, end):
        if doc[at].text == ";":
            return start, at
    return start, end


def _spoken_before(cue: Cue, speech: Speech) -> bool:
    """Does a verb of speech before it in the sentence tell who spoke ("a promis, selon des propos rapportés par l'ATS, que …")?"""
    for other in speech.in_sentence_of(cue.token):
        if other.first >= cue.first or other.is_source or speech.quoted[other.token.i] and not other.incise:
            continue
        if other.incise or other.speakers and isinstance(other.row, CueVerb) and other.frames & {"que", "quote"}:
            return True
    return False


# -- edges ----------------------------------------------------------------------------------------


def _last_word(doc: Doc, first: int, end: int) -> int:
    at = end
    while at > first and (doc[at - 1].is_space or doc[at - 1].text in _TRIM):
        at -= 1
    for i in range(first, at):
        if doc[i].is_space and "\n" in doc[i].text:
            return i
    return at


def _trimmed(doc: Doc, first: int, end: int) -> tuple[int, int]:
    while first < end and (doc[first].is_space or doc[first].text in _TRIM):
        first += 1
    while end > first and (doc[end - 1].is_space or doc[end - 1].text in _TRIM):
        end -= 1
    return first, end


def _all_quoted(ranges: list[tuple[int, int]], quoted: bytearray) -> bool:
    """Does the content lie inside quotations but for a word or two? Then it is told once, as a quotation."""
    words = sum(b - a for a, b in ranges)
    outside = sum(not quoted[i] for a, b in ranges for i in range(a, b))
    return outside <= max(2, words // 5)
