"""The words of a text as full-text search compares them, the same in every kind of store."""

from __future__ import annotations

import re

from depeche.ontology.spelling import plain


def words_of(text: str) -> list[str]:
    """The words in lower case, without accents, ligatures and punctuation: "à l'Élysée" gives a, l, elysee."""
    return re.findall(r"\w+", plain(text))
