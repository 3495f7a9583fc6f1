"""An event in the making: what the stages hand down before it is written into the record."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from depeche.extraction.actors import Party
from depeche.extraction.dates import DateMention
from depeche.extraction.figures import Quantity
from depeche.extraction.sides import Filler
from depeche.extraction.status import Standing
from depeche.language.eventrows import EventRow
from depeche.record import Span


@dataclass(slots=True)
class Act:
    """An event in the making."""

    row: EventRow
    token: Token
    trigger: Span
    evidence: Span
    source: list[Filler]
    target: list[Filler]
    standing: Standing
    date: DateMention | None = None
    place: Party | None = None
    figures: list[Quantity] = field(default_factory=list)
    background: bool = False
    retold: list[Span] = field(default_factory=list)
    positions: list[tuple[Party, str, Span | None]] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.standing.status
