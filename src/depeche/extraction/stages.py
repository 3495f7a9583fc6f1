"""The stages of reading in their running order, each computed once, when it is first asked for.

mentions -> actors (and places) -> dates -> figures -> quotes -> events -> positions -> agreements
"""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Doc

from depeche.extraction.actors import Cast, resolve_actors
from depeche.extraction.acts import Act
from depeche.extraction.agreements import read_agreements
from depeche.extraction.dates import DateMention, find_dates
from depeche.extraction.events import code_events
from depeche.extraction.fields import leave_out_play
from depeche.extraction.figures import Quantity, find_figures
from depeche.extraction.mentions import Mention, find_mentions
from depeche.extraction.pacts import Pact
from depeche.extraction.positions import take_positions
from depeche.extraction.quotes import Quotation, attribute_quotes
from depeche.extraction.retelling import fold_retellings
from depeche.extraction.sides import Reference
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack

NAMES = ("mentions", "actors", "dates", "figures", "quotes", "events", "positions", "agreements")


class Stages:
    """What reading has found out about one text so far. No stage calls back into an earlier one."""

    def __init__(self, doc: Doc, pack: LanguagePack, knowledge: KnowledgeBase, published: str | None) -> None:
        self.doc, self.pack, self.knowledge, self.published = doc, pack, knowledge, published

    @cached_property
    def mentions(self) -> list[Mention]:
        return find_mentions(self.doc, self.pack, self.knowledge)

    @cached_property
    def actors(self) -> Cast:
        return resolve_actors(self.doc, self.mentions, self.pack, self.knowledge, self.published)

    @cached_property
    def reference(self) -> Reference:
        """What any word stands for, with the cast behind it."""
        return Reference(self.actors, self.pack, self.knowledge)

    @cached_property
    def named(self) -> set[int]:
        """Tokens inside names, which count nothing and name no act."""
        return {i for m in self.mentions if m.kind == "name" for i in range(m.start, m.end)}

    @cached_property
    def dates(self) -> list[DateMention]:
        return find_dates(self.doc, self.pack, self.published)

    @cached_property
    def figures(self) -> list[Quantity]:
        return find_figures(self.doc, self.dates, self.named, self.pack)

    @cached_property
    def quotes(self) -> list[Quotation]:
        return attribute_quotes(self.doc, self.reference)

    @cached_property
    def events(self) -> list[Act]:
        return leave_out_play(self.doc, code_events(self.doc, self.mentions, self.dates, self.figures, self.quotes, self.reference), self.pack)

    @cached_property
    def positions(self) -> list[Act]:
        """The events with who stands behind them or against them."""
        take_positions(self.doc, self.events, self.quotes, self.reference)
        return self.events

    @cached_property
    def told(self) -> list[Act]:
        """The events, each once however often it is told."""
        return fold_retellings(self.positions, self.published, self.pack)

    @cached_property
    def agreements(self) -> list[Pact]:
        return read_agreements(self.doc, self.positions, self.dates, self.named, self.reference, self.published)
