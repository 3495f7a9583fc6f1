"""Speeches set as paragraphs of their own without marks: in the first person behind a quotation, and behind the speaker's name in an interview."""

from __future__ import annotations

from spacy.tokens import Doc

from depeche.extraction.quotations import Place, Quotation
from depeche.extraction.sides import Reference
from depeche.record import Span

# The words that a paragraph needs to be a speech, and those that the name before an answer may have.
BLOCK_WORDS = 8
LABEL_WORDS = 6
# Paragraphs behind a name and a colon that make an interview.
TURNS = 2


def find_blocks(doc: Doc, found: list[Quotation], places: list[Place], reference: Reference) -> list[Quotation]:
    """The speeches without marks. `found`: the quotations in marks, whose speakers go on."""
    marked = bytearray(len(doc))
    for place in places:
        marked[place.start : place.end] = b"\x01" * (place.end - place.start)
    paragraphs = [(start, end) for start, end in _paragraphs(doc) if not any(marked[start:end])]
    turns = _turns(doc, paragraphs, reference)
    if len(turns) >= TURNS:
        return turns
    return _speeches(doc, paragraphs, found, reference)


def _paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """The tokens of each line (end exclusive), blanks at its end left out."""
    starts = [0, *(t.i + 1 for t in doc if t.is_space and "\n" in t.text)]
    lines = []
    for start, following in zip(starts, [*starts[1:], len(doc) + 1], strict=True):
        end = following - 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        lines.append((start, end))
    return lines


def _turns(doc: Doc, paragraphs: list[tuple[int, int]], reference: Reference) -> list[Quotation]:
    """ "Maria Alvarez : Je retournerai au Chili.": the turns of an interview, behind their speakers' names."""
    turns = []
    for start, end in paragraphs:
        colon = next((i for i in range(start + 1, min(start + LABEL_WORDS, end)) if doc[i].text == ":"), None)
        if colon is None or end - colon < 3:
            continue
        speakers = reference.cast.at(colon - 1)
        named = all(reference.cast.at(i) == speakers for i in range(start, colon))
        if named and speakers and speakers[0].kind in ("person", "agency"):
            turns.append(_block(doc, colon + 1, end, Quotation([], (0, 0), "block", None, speakers, doc[colon - 1], rule="name colon")))
    return turns


def _speeches(doc: Doc, paragraphs: list[tuple[int, int]], found: list[Quotation], reference: Reference) -> list[Quotation]:
    """Paragraphs in the first person right behind a quotation, or behind one such paragraph: its speaker goes on."""
    pronouns = reference.pack.closed["first_person"]
    possessives = reference.pack.closed["first_person_possessive"]
    said = sorted((q for q in found if q.form == "direct" and q.speakers), key=lambda q: q.parts[-1][1])
    blocks: list[Quotation] = []
    unmarked = set(paragraphs)
    behind = line_before = 0
    last: Quotation | None = None
    for start, end in _paragraphs(doc):
        while behind < len(said) and said[behind].parts[-1][1] <= start:
            last, behind = said[behind], behind + 1
        if end <= start:
            continue
        if (start, end) in unmarked and last is not None and last.parts[-1][1] > line_before and end - start >= BLOCK_WORDS:
            if any((t.lower_ in pronouns and t.pos_ == "PRON") or (t.lower_ in possessives and t.pos_ == "DET") for t in doc[start:end]):
                last = _block(doc, start, end, Quotation([], (0, 0), "block", None, last.speakers, None, rule="speech goes on", carried=True))
                blocks.append(last)
        line_before = start
    return blocks


def _block(doc: Doc, start: int, end: int, quotation: Quotation) -> Quotation:
    quotation.content = [Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))]
    quotation.tokens = (start, end)
    return quotation
