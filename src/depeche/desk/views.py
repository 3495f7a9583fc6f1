"""The views of the desk: one table, from which the pages, their JSON twins, the navigation and the API's description are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from depeche.desk.articles import articles
from depeche.desk.asked import (
    ACTOR,
    ATTACKED,
    ATTACKER,
    BY,
    COUNTERPART,
    KIND,
    ON,
    ONE,
    OTHER,
    PAGE,
    PAIRS,
    PARTY,
    PERIOD,
    PLACE,
    STATUS,
    TYPE,
    WORDS,
    Parameter,
)
from depeche.desk.pacts import pacts
from depeche.desk.places import places
from depeche.desk.relations import dyad, relations
from depeche.desk.room import Room
from depeche.desk.said import said
from depeche.desk.timeline import disputed, timeline

Answer = Callable[[Room, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class View:
    """A list that can be asked for. Its page is at `/name`, its JSON at `/api/name`, its template `name.html`."""

    name: str
    answer: Answer
    parameters: tuple[Parameter, ...]
    about: str
    in_navigation: bool = True

    @property
    def path(self) -> str:
        return f"/{self.name}"


VIEWS = (
    View(
        "timeline",
        timeline,
        (ACTOR, COUNTERPART, TYPE, STATUS, PLACE, *PERIOD, WORDS, *PAGE),
        "Affairs by day, the latest first.",
    ),
    View("relations", relations, (ACTOR, *PERIOD, PAIRS), "Who acts towards whom: the busiest pairs with PLOVER's mean score."),
    View("map", places, (ACTOR, COUNTERPART, TYPE, STATUS, *PERIOD, WORDS), "Where affairs took place."),
    View("said", said, (ACTOR, *PERIOD, WORDS, *PAGE), "Quotes with their speakers and those who relayed them; `actor` is the speaker."),
    View("disputed", disputed, (ACTOR, COUNTERPART, TYPE, *PERIOD, WORDS, *PAGE), "Affairs that somebody stands behind and somebody denies."),
    View("pacts", pacts, (PARTY, KIND, ON, ATTACKED, ATTACKER), "Pacts by how they stand on a day, and who must help if a state is attacked."),
    View("articles", articles, (*PERIOD, WORDS, *PAGE), "The articles on record, the latest first."),
    View("dyad", dyad, (ONE, OTHER, BY, *PERIOD, *PAGE), "Two actors: what each did to the other by period, and the affairs between them.", False),
)
