"""Reported speech without quotation marks: "a annoncé que …", "assure vouloir …", "selon X, …", "…, a indiqué Paris"."""

from __future__ import annotations

from spacy.tokens import Doc

from depeche.extraction.aroundcue import by_incise, by_source
from depeche.extraction.clauses import TRIM, Reported, by_clause
from depeche.extraction.sides import Reference
from depeche.extraction.speech import Speech
from depeche.extraction.verbforms import is_infinitive

# Shorter contents are fragments of a broken parse.
MIN_WORDS = 2

__all__ = ["Reported", "find_reported"]


def find_reported(speech: Speech, reference: Reference) -> list[Reported]:
    """Reported speech by the cues that stand outside quotations."""
    doc = speech.doc
    found: list[Reported] = []
    for cue in speech.cues:
        if speech.quoted[cue.token.i]:
            continue
        if cue.is_source:
            reported = by_source(cue, speech, reference.pack.closed, [r.cue for r in found[-3:]])
        elif cue.incise:
            reported = by_incise(cue, speech)
        elif cue.speakers or cue.speaker_token is not None or not is_infinitive(cue.token):
            reported = by_clause(cue, speech, reference)
        else:
            reported = None  # "ne fait que préciser que …": nobody in the sentence says it
        if reported is not None and reported.frame == "inf" and not cue.speakers:
            reported = None  # "La décision incite Paris à partir": what has no voice asks nobody for anything
        if reported is not None:
            reported.ranges = [_behind_source(part, speech) for part in reported.ranges]
            reported.ranges = [r for r in (_trimmed(doc, *part) for part in reported.ranges) if r[1] - r[0] >= (1 if reported.frame == "inf" else MIN_WORDS)]
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
        outer.cue.speakers == inner.cue.speakers
        and not inner.cue.is_source
        and any(a == inner.cue.first for a, _ in outer.ranges)
        and outer.holds(*inner.ranges[0])
        for outer in found[-3:]
    )


def _trimmed(doc: Doc, first: int, end: int) -> tuple[int, int]:
    end = min(end, len(doc))  # a text cut off behind the word that opens the clause
    while first < end and (doc[first].is_space or doc[first].text in TRIM):
        first += 1
    while end > first and (doc[end - 1].is_space or doc[end - 1].text in TRIM):
        end -= 1
    return first, end


def _all_quoted(ranges: list[tuple[int, int]], quoted: bytearray) -> bool:
    """Does the content lie inside quotations but for a word or two? Then it is told once, as a quotation."""
    words = sum(b - a for a, b in ranges)
    outside = sum(not quoted[i] for a, b in ranges for i in range(a, b))
    return outside < words and outside <= max(2, words // 5)
