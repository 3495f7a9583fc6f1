"""An agreement in the making: its terms, its parties, and the words of the pack's table that tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from depeche.extraction.actors import Party
from depeche.extraction.dates import DateMention
from depeche.extraction.sides import Reference
from depeche.record import Span

# Kinds that a clearer word or a term makes more exact.
GENERAL = frozenset({"other", "cooperation", "strategic_partnership"})


@dataclass(slots=True)
class Clause:
    """One term: what it obliges to, on what condition, and its words."""

    obligation: str
    trigger: str
    what: str
    evidence: Span
    obliged: list[Party]


@dataclass(slots=True)
class Pact:
    """An agreement in the making."""

    name: str
    kind: str
    parties: list[Party]
    status: str | None
    tokens: list[int]
    evidence: list[Span]
    nouns: set[str]
    proper: str | None = None
    announcers: list[Party] = field(default_factory=list)  # parties only by announcing or proposing it
    recalled: bool = False  # signed long before the article appeared
    introduced: bool = False  # first told of by an indefinite article
    dates: dict[str, DateMention] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)


class AgreementWords:
    """The pack's agreement table, by what each row tells."""

    def __init__(self, reference: Reference) -> None:
        rows = reference.pack.agreement_words
        self.nouns = {r["word"]: r["value"] for r in rows["noun"]}
        self.kinds = {r["word"]: r["value"] for r in rows["kind"]}
        self.statuses = {r["word"]: r["value"] for r in rows["status"]}
        self.terms = {r["word"]: r["value"] for r in rows["term"]}
        self.obligations = {r["word"]: r["value"] for r in rows["obligation"]}
        self.cases = {r["word"]: r["value"] for r in rows["case"]}


def as_state(party: Party, reference: Reference) -> Party:
    """A person signs for their state."""
    if party.kind == "person" and party.country and (state := reference.cast.state(party.country, reference.knowledge)) is not None:
        return state
    return party
