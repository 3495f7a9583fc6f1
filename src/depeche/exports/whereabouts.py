"""What kind of place a place is: a country, a region or a city. The record keeps name and coordinates; the knowledge base tells the rest."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from depeche.knowledge.base import shipped

Kind = Literal["country", "region", "city"]


@lru_cache(maxsize=20000)
def kind_of_place(name: str | None, country: str | None, latitude: float | None, longitude: float | None) -> Kind | None:
    """The kind of a place of the record; None where the knowledge base does not know it, or knows it as a sea, a river, a site."""
    knowledge = shipped()
    if not name or not country:
        return None
    state = knowledge.states.get(country)
    if state and name == state.name:
        return "country"
    for known in knowledge.named(name):
        entity = knowledge.entity(known.row)
        if entity.country == country and (entity.latitude, entity.longitude) == (latitude, longitude):
            if entity.kind == "state":
                return "country"
            if known.what in ("city", "region"):
                return "city" if known.what == "city" else "region"
    return None
