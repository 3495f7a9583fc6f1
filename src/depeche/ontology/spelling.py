"""How names are compared: without case, accents and punctuation."""

import re
import unicodedata
from functools import lru_cache

_BREAKS = re.compile(r"[\s'’ʼ\-‐‑–.,()«»\"]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "đ": "d", "ð": "d", "+": " + "})


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name's key: lower case, no accents, words separated by one blank ("Côte d'Ivoire" -> "cote d ivoire")."""
    return " ".join(_BREAKS.sub(" ", plain(name)).split())


def plain(text: str) -> str:
    """A text in lower case and without accents ("Cœur" -> "coeur")."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(name: str) -> str:
    """A name as part of an id ("vladimir-poutine")."""
    return fold(name).replace(" ", "-")
