"""Reported speech without quotation marks: "a annoncé que …", "assure vouloir …", "selon X, …", "…, a indiqué Paris".

What was said begins behind the word that introduces it and ends where the reporter speaks again.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import children, subtree_tokens
from depeche.extraction.speech import CLOSERS, Cue
from depeche.record import Span

# Shorter contents are fragments of a broken parse.
MIN_WORDS = 2
_TRIM = frozenset({",", ".", ";", ":", "–", "—", "-"})


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


def find_reported(doc: Doc, cues: list[Cue], quoted: list[tuple[int, int]]) -> list[Reported]:
    """Reported speech by the cues that stand outside direct quotations (`quoted`: their token ranges)."""
    found: list[Reported] = []
    for cue in cues:
        if any(a <= cue.token.i < b for a, b in quoted):
            continue
        if "source" in cue.frames:
            reported = _by_source(doc, cue, cues)
        elif cue.incise:
            reported = _before_incise(doc, cue)
        else:
            reported = _by_clause(doc, cue)
        if reported is not None:
            reported.ranges = [r for r in (_trimmed(doc, *part) for part in reported.ranges) if r[1] - r[0] >= MIN_WORDS]
            if reported.ranges and not _all_quoted(reported.ranges, quoted):
                found.append(reported)
    return found


def _by_clause(doc: Doc, cue: Cue) -> Reported | None:
    """A que-clause, an infinitive or an indirect question that hangs on the verb."""
    verb = cue.token
    for child in verb.children:
        if child.i < verb.i or child.dep_.partition(":")[0] not in ("ccomp", "xcomp", "advcl", "obj", "acl"):
            continue
        opener = _opener(child)
        infinitive = "Inf" in child.morph.get("VerbForm") or any("Inf" in a.morph.get("VerbForm") for a in children(child, "aux", "cop"))
        if opener is not None and opener.pos_ == "SCONJ" and child.dep_ != "advcl":
            if opener.lower_.startswith("qu") and cue.frames & {"que", "wish"}:
                return Reported([_clause(child, opener.i + 1)], cue, "que")
            if opener.lower_ in ("si", "s'") and "si" in cue.frames:
                return Reported([_clause(child, opener.i + 1)], cue, "si")
        elif infinitive and child.dep_.partition(":")[0] in ("xcomp", "ccomp", "advcl", "obj") and cue.frames & {"inf", "infobj"}:
            first = _infinitive_start(child)
            return Reported([_clause(child, first)], cue, "inf")
    # The parser may hang the que-clause elsewhere: it then stands right behind the verb.
    following = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if following is not None and following.lower_ in ("que", "qu'") and cue.frames & {"que", "wish"} and following.pos_ == "SCONJ":
        head = following.head
        if head.i > following.i:
            return Reported([_clause(head, following.i + 1)], cue, "que")
    return None


def _opener(clause: Token) -> Token | None:
    return next((c for c in clause.children if c.dep_ == "mark" and c.i < clause.i), None)


def _infinitive_start(infinitive: Token) -> int:
    """Where the infinitive begins: its auxiliary, clitics and negation with it, the preposition before it left out."""
    return min([infinitive.i, *(c.i for c in infinitive.children if c.i < infinitive.i and c.dep_.partition(":")[0] in ("aux", "expl", "advmod", "cop", "obj", "iobj") and c.dep_ != "mark")])


def _clause(head: Token, first: int) -> tuple[int, int]:
    """The words of a clause from `first` on, up to where its subtree, unbroken, or its line ends."""
    doc = head.doc
    under = {t.i for t in subtree_tokens(head)}
    last = first
    at = first
    while at < len(doc) and (at in under or doc[at].is_punct or at < head.i) and not (doc[at].is_space and "\n" in doc[at].text):
        if at in under:
            last = at
        at += 1
    # A contrast that the reporter adds is hung inside the clause by the parser: "…, alors que la Russie considère …".
    for token in doc[first : last + 1]:
        if token.dep_ == "advcl" and token.head is head and (mark := _opener(token)) is not None and mark.i > head.i and mark.lower_ in ("alors", "tandis", "tout") and doc[mark.i - 1].text == ",":
            last = mark.i - 2
            break
    return first, last + 1


def _before_incise(doc: Doc, cue: Cue) -> Reported | None:
    """ "…, a indiqué Paris": what stands before in the sentence, and behind a second comma where the sentence goes on."""
    if not cue.frames & {"quote", "que"}:
        return None
    comma = cue.first - 1
    while comma >= 0 and doc[comma].text != "," and doc[comma].text not in CLOSERS:
        comma -= 1
    if comma < 1 or doc[comma].text in CLOSERS or doc[comma - 1].text in CLOSERS and _opens_sentence(doc, comma - 1):
        return None
    start = doc[cue.token.i].sent.start
    if start >= comma:
        return None
    for at in range(comma - 1, start, -1):
        if doc[at].text in (":", ";"):
            start = at + 1
            break
    if comma - start < 3 or not any(t.pos_ in ("VERB", "AUX") for t in doc[start:comma]):
        return None
    return Reported([(start, comma)], cue, "incise")


def _opens_sentence(doc: Doc, closer: int) -> bool:
    """Is what ends with the closing mark a quotation that fills the sentence so far?"""
    start = doc[closer].sent.start
    return doc[start].text in ("«", '"', "“")


def _by_source(doc: Doc, cue: Cue, cues: list[Cue]) -> Reported | None:
    """ "Selon X, …" and "…, selon X": the rest of the sentence."""
    sentence = doc[cue.token.i].sent
    end = sentence.end
    named = cue.speaker_token
    if named is None:
        return None
    stop = max((t.i for t in subtree_tokens(named)), default=named.i) + 1
    comma = next((i for i in range(named.i + 1, min(end, stop + 2)) if doc[i].text == ","), None)
    behind = comma + 1 if comma is not None and comma <= stop + 1 else min(max(stop, named.i + 1), end)
    before = (sentence.start, cue.first)
    if cue.first - sentence.start <= 3:
        return Reported([(behind, _last_word(doc, behind, end))], cue, "source")
    if any(c is not cue and c.token.sent.start == sentence.start and c.first < cue.first and not c.incise and "source" not in c.frames and c.frames & {"que", "quote"} and c.speakers for c in cues):
        return None  # "a promis, selon des propos rapportés par l'ATS, que …": the verb speaks, the preposition relays
    if _incise_before(doc, cue, cues):
        return None
    rest = _last_word(doc, behind, end)
    if rest - behind >= 6 and comma is not None:
        return Reported([before, (behind, rest)], cue, "source")
    return Reported([before], cue, "source")


def _incise_before(doc: Doc, cue: Cue, cues: list[Cue]) -> bool:
    """ "« … », a-t-il déclaré, selon des propos …": an incise already tells who spoke."""
    sentence = cue.token.sent
    return any(c.incise and sentence.start <= c.token.i < cue.first for c in cues)


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


def _all_quoted(ranges: list[tuple[int, int]], quoted: list[tuple[int, int]]) -> bool:
    """Does the content lie inside direct quotations but for a word or two? Then it is told once, as a quotation."""
    words = {i for a, b in ranges for i in range(a, b)}
    outside = words - {i for a, b in quoted for i in range(a, b)}
    return len(outside) <= max(2, len(words) // 5)
