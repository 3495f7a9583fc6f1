"""Who an actor is across articles, and for which state it acts."""

from __future__ import annotations

from depeche.ontology.spelling import fold
from depeche.record import Actor

# A person or body of these sectors acts for its state; somebody in opposition, business, the press or an armed group does not.
_OFFICIAL = frozenset({None, "GOV", "LEG", "JUD", "MIL", "COP", "SPY"})

# Characters of a name that tell who it is: whatever the parser took for a longer one must still fit an index.
LONGEST = 300


def key_of(actor: Actor) -> str:
    """The knowledge base's id where there is one, else kind and folded name: "person:sidi ould cheikhna"."""
    return actor.entity or f"{actor.kind}:{fold(actor.name)[:LONGEST]}"


def state_of(actor: Actor) -> str | None:
    """ISO 3166 alpha-3 of the state for which the actor acts; None for an armed group, an organisation of states, a private person."""
    if actor.kind == "state":
        return actor.country
    if actor.kind in ("person", "organisation") and actor.sector in _OFFICIAL:
        return actor.country
    return None
