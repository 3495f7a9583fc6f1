"""A quotation in the making, and where its marks stand in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.marks import Marked
from depeche.extraction.speech import Cue
from depeche.record import Span

# The words that a quotation needs to be more than a phrase.
CLAUSE_WORDS = 8


@dataclass(slots=True)
class Quotation:
    """A quotation in the making; `tokens` is its range (end exclusive). `carried`: its speaker is the one who spoke before."""

    content: list[Span]
    tokens: tuple[int, int]
    form: str
    cue: Cue | None = None
    speakers: list[Party] = field(default_factory=list)
    speaker_token: Token | None = None
    relays: list[Party] = field(default_factory=list)
    addressee: Party | None = None
    translated: bool = False
    rule: str = ""
    carried: bool = False
    more: list[tuple[int, int]] = field(default_factory=list)  # the tokens of its further parts

    @property
    def parts(self) -> list[tuple[int, int]]:
        """The tokens of each pair of marks."""
        return [self.tokens, *self.more]

    @property
    def status(self) -> str:
        return self.cue.status if self.cue else "reported"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a marked quotation stands: its mark, its tokens (end exclusive), the tokens of the marks around it, and whether it holds a clause."""

    mark: Marked
    start: int
    end: int
    opening: int
    after: int  # the first token behind the closing mark
    clause: bool
    opens_line: bool

    @property
    def whole(self) -> list[Span]:
        return [Span(self.mark.start, self.mark.end)]

    @property
    def form(self) -> str:
        return "direct" if self.clause and self.end - self.start > CLAUSE_WORDS else "mixed"


def place_of(doc: Doc, mark: Marked) -> Place | None:
    """The tokens of a marked quotation; None where it holds none."""
    words = doc.char_span(mark.start, mark.end, alignment_mode="expand")
    opening = doc.char_span(mark.outer_start, mark.outer_start + 1, alignment_mode="expand")
    closing = doc.char_span(mark.outer_end - 1, mark.outer_end, alignment_mode="expand")
    if words is None or opening is None:
        return None
    # A personal verb and more than a name make a clause.
    clause = words.end - words.start >= 4 and any("Fin" in t.morph.get("VerbForm", []) for t in words)
    opens_line = opening.start == 0 or (doc[opening.start - 1].is_space and "\n" in doc[opening.start - 1].text)
    return Place(mark, words.start, words.end, opening.start, closing.end if closing is not None else len(doc), clause, opens_line)
