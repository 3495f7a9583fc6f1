"""Who said what, and through whom the words reached us.

Quotations in marks get their speaker from what the grammar of the cue tells (`attribution`); reported speech (`reported`) is put on record beside them,
and speeches set as paragraphs of their own. Nobody is made up: where the text names no speaker, there is none.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from depeche.extraction.attribution import attribute, goes_on_from
from depeche.extraction.marks import find_marked
from depeche.extraction.quotations import Place, Quotation, place_of
from depeche.extraction.relays import trace
from depeche.extraction.reported import Reported, find_reported
from depeche.extraction.sides import Reference
from depeche.extraction.sources import noun_cue, source_cue
from depeche.extraction.speech import Speech
from depeche.extraction.subjects import share_backwards
from depeche.extraction.verbcues import verb_cue
from depeche.record import Span

# The words that a paragraph needs to be a speech.
BLOCK_WORDS = 8

__all__ = ["Quotation", "attribute_quotes"]


def attribute_quotes(doc: Doc, reference: Reference) -> list[Quotation]:
    """Every quotation and every piece of reported speech, in the order of the text."""
    places = [place for mark in find_marked(doc.text) if (place := place_of(doc, mark)) is not None]
    quoted = bytearray(len(doc))
    for place in places:
        if place.clause:
            quoted[place.start : place.end] = b"\x01" * (place.end - place.start)
    speech = find_speech(doc, quoted, reference)
    reported = find_reported(speech, reference)
    found = _marked_quotations(places, speech, reported, reference)
    found += [_indirect(piece, doc) for piece in reported]
    found += _blocks(doc, found, places, reference)
    found.sort(key=lambda q: (q.content[0].start, -q.content[0].end))
    trace(doc, found, speech, reference)
    return found


def find_speech(doc: Doc, quoted: bytearray, reference: Reference) -> Speech:
    """Every cue in the order of the text. `quoted` marks the tokens inside quotations that are clauses."""
    speech = Speech(doc, quoted)
    last = -1
    for token in doc:
        if token.i <= last or token.is_space or token.is_punct:
            continue
        cue = source_cue(token, speech, reference) or verb_cue(token, speech, reference) or noun_cue(token, reference)
        if cue is not None:
            speech.add(cue)
            last = cue.last if cue.is_source else last
    share_backwards(speech)
    return speech


def _marked_quotations(places: list[Place], speech: Speech, reported: list[Reported], reference: Reference) -> list[Quotation]:
    by_sentence: dict[int, list[Reported]] = defaultdict(list)
    for piece in reported:
        by_sentence[piece.cue.token.sent.start].append(piece)
    found: list[Quotation] = []
    for place in places:
        before = found[-1] if found else None
        if before is not None and goes_on_from(place, before, speech):
            before.content += place.whole
            before.more.append((place.start, place.end))
            before.form = "direct"
            continue
        quotation = attribute(place, speech, by_sentence[speech.doc[place.opening].sent.start], before, reference)
        if quotation is not None:
            found.append(quotation)
    return found


def _indirect(piece: Reported, doc: Doc) -> Quotation:
    cue = piece.cue
    tokens = (piece.ranges[0][0], piece.ranges[-1][1])
    return Quotation(piece.spans(doc), tokens, "indirect", cue, cue.speakers, cue.speaker_token, rule=f"{cue.rule} {piece.frame}", carried=cue.carried)


def _blocks(doc: Doc, found: list[Quotation], places: list[Place], reference: Reference) -> list[Quotation]:
    """Paragraphs in the first person, without marks, that follow a quotation: its speaker goes on."""
    blocks: list[Quotation] = []
    pronouns = reference.pack.closed["first_person"]
    possessives = reference.pack.closed["first_person_possessive"]
    said = sorted((q for q in found if q.form == "direct" and q.speakers), key=lambda q: q.tokens[1])
    starts = [0, *(t.i + 1 for t in doc if t.is_space and "\n" in t.text), len(doc) + 1]
    marked = bytearray(len(doc))
    for place in places:
        marked[place.start : place.end] = b"\x01" * (place.end - place.start)
    behind = 0
    last: Quotation | None = None
    for before, start, following in zip([0, *starts], starts, starts[1:], strict=False):
        while behind < len(said) and said[behind].tokens[1] <= start:
            last, behind = said[behind], behind + 1
        end = following - 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if end - start < BLOCK_WORDS or any(marked[start:end]) or last is None or last.tokens[1] <= before:
            continue
        if any((t.lower_ in pronouns and t.pos_ == "PRON") or (t.lower_ in possessives and t.pos_ == "DET") for t in doc[start:end]):
            span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))
            last = Quotation([span], (start, end), "block", None, last.speakers, None, rule="speech goes on", carried=True)
            blocks.append(last)
    return blocks
