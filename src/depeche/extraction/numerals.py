"""Numbers as they are written: in digits the French or the English way, and in words, compounds included."""

from __future__ import annotations

import re
from functools import cache

from depeche.language.pack import LanguagePack

_DIGITS = re.compile(r"\d{1,3}(?:[.\u00a0 ]\d{3})+(?:,\d+)?$|\d+(?:,\d+)?$|\d+(?:\.\d{1,2})?$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
# A numeral longer than this is no quantity but a number plate, an account or noise.
MAX_DIGITS = 15

Piece = tuple[float, str]


def in_digits(word: str) -> float | None:
    """The value of a numeral in digits, None where the word is none. A point before three digits marks thousands, a comma decimals."""
    if not word[:1].isdigit() or len(word) > MAX_DIGITS or not _DIGITS.match(word):
        return None
    if _THOUSANDS.match(word):
        word = word.replace(".", "").replace(" ", "")
    return float(word.replace(",", "."))


@cache
def in_words(word: str, pack: LanguagePack) -> tuple[Piece, ...]:
    """The number words that a word is made of ("trente-cinq": thirty and five), each with its kind; none where a part is no number."""
    if word in pack.numbers:
        return (pack.numbers[word],)
    parts = [part for part in word.split("-") if part not in pack.closed["number_joint"]]
    if len(parts) < 2:
        return ()
    pieces: list[Piece] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            if (piece := pack.numbers.get("-".join(parts[at:end]))) is not None:
                pieces.append(piece)
                at = end
                break
        else:
            return ()
    return tuple(pieces)


def small_number(word: str, pack: LanguagePack) -> int | None:
    """A count of days, months or years, in digits or in one word; None where the word is none."""
    if word.isdecimal():
        return int(word) if len(word) < 4 else None
    pieces = in_words(word, pack)
    return int(sum(value for value, _ in pieces)) if pieces and all(kind in ("unit", "about") for _, kind in pieces) else None
