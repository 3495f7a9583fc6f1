"""Who said what, and through whom the words reached us.

Quotations in marks get their speaker from what the grammar of the cue tells (`attribution`); reported speech (`reported`) is put on record beside them,
and speeches set as paragraphs of their own. Nobody is made up: where the text names no speaker, there is none.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from depeche.extraction.attribution import attribute, goes_on_from
from depeche.extraction.blocks import find_blocks
from depeche.extraction.grammar import sentence_of, text_of
from depeche.extraction.marks import find_marked
from depeche.extraction.quotations import Place, Quotation, place_of
from depeche.extraction.relays import trace
from depeche.extraction.reported import Reported, find_reported
from depeche.extraction.sides import Reference
from depeche.extraction.sources import noun_cue, source_cue
from depeche.extraction.speech import Speech
from depeche.extraction.subjects import share_backwards
from depeche.extraction.verbcues import verb_cue

__all__ = ["Quotation", "attribute_quotes"]


def attribute_quotes(doc: Doc, reference: Reference) -> list[Quotation]:
    """Every quotation and every piece of reported speech, in the order of the text."""
    places = [place for mark in find_marked(text_of(doc)) if (place := place_of(doc, mark)) is not None]
    quoted = bytearray(len(doc))
    for place in places:
        if place.clause:
            quoted[place.start : place.end] = b"\x01" * (place.end - place.start)
    speech = find_speech(doc, quoted, reference)
    reported = find_reported(speech, reference)
    found = _marked_quotations(places, speech, reported, reference)
    blocks = find_blocks(doc, found, places, reference)
    spoken = bytearray(len(doc))
    for block in blocks:
        spoken[slice(*block.tokens)] = b"\x01" * (block.tokens[1] - block.tokens[0])
    found += [_indirect(piece, doc) for piece in reported if not spoken[piece.cue.token.i]]
    found += blocks
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
        by_sentence[sentence_of(piece.cue.token)[0]].append(piece)
    found: list[Quotation] = []
    for run in _runs(places):
        before = found[-1] if found else None
        if before is not None and goes_on_from(run[0], before, speech):
            _extend(before, run)
            continue
        # The reporter names the speaker of a quotation over paragraphs before its first or behind its last.
        tried: list[Quotation] = []
        for place in dict.fromkeys((run[0], run[-1])):
            quotation = attribute(place, speech, by_sentence[sentence_of(speech.doc[place.opening])[0]], before, reference)
            if quotation is not None:
                tried.append(quotation)
        if not tried:
            continue
        said = next((q for q in tried if q.speakers and not q.carried), tried[0])
        if len(run) > 1:
            said.content, said.tokens, said.more, said.form = [], (run[0].start, run[0].end), [], "direct"
            said.content += run[0].whole
            _extend(said, run[1:])
        found.append(said)
    return found


def _runs(places: list[Place]) -> list[list[Place]]:
    """Quotations by their paragraphs: each opens with a mark, only the last closes."""
    runs: list[list[Place]] = []
    for place in places:
        if runs and not runs[-1][-1].mark.closed and place.mark.outer_start > runs[-1][-1].mark.end and place.opens_line:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _extend(quotation: Quotation, places: list[Place]) -> None:
    for place in places:
        quotation.content += place.whole
        quotation.more.append((place.start, place.end))
    quotation.form = "direct"


def _indirect(piece: Reported, doc: Doc) -> Quotation:
    cue = piece.cue
    tokens = (piece.ranges[0][0], piece.ranges[-1][1])
    return Quotation(piece.spans(doc), tokens, "indirect", cue, cue.speakers, cue.speaker_token, rule=f"{cue.rule} {piece.frame}", carried=cue.carried)
