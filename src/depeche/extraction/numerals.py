"""Numbers as they are written: in digits the French or the English way, in words, and in both ("1,5 million", "une dizaine de milliers")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

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


@lru_cache(maxsize=50_000)
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


@dataclass(slots=True)
class Number:
    """A number in a text: the token behind it, and its value as it adds up, group by group ("deux millions | trois cent | mille")."""

    end: int
    total: float = 0.0
    group: float = 0.0
    scale: float = 1.0
    about: bool = False
    # A size without a number ("des dizaines"): only its lower bound is known.
    vague: bool = False

    @property
    def value(self) -> float:
        return self.total + self.group

    def add(self, size: float, kind: str) -> None:
        """Take in one more number word."""
        if kind == "unit":
            self.group += size
        elif kind == "hundred":
            self.group = (self.group or 1) * size
        elif kind in ("about", "vague"):
            self.group, self.about, self.vague = (self.group or 1) * size, True, kind == "vague"
        else:
            # "Des milliers", with no number before it.
            unnumbered = kind == "scale" and not self.value
            self.about, self.vague = self.about or unnumbered, self.vague or unnumbered
            self.total, self.group, self.scale = self.total + (self.group or 1) * size, 0.0, size


def number_at(doc: Doc, at: int, pack: LanguagePack) -> Number | None:
    """The number that begins at a token; None where none does. A lone article is none ("un accord"), with a round number it is one ("un millier")."""
    number = Number(at)
    closed = pack.closed
    i = at
    while i < len(doc):
        word = doc[i].lower_
        pieces = in_words(word, pack)
        if (digits := in_digits(word)) is not None:
            if i > at and not _continues(doc, i):
                break
            number.group = number.group * 1000 + digits if i > at else digits
        elif i == at and word in closed["indefinite"]:
            if _first_piece(doc, i + 1, pack)[1] not in ("about", "scale"):
                break
            number.group = 1.0
        elif pieces:
            if pieces[0][1] in ("about", "vague") and i > at and doc[i - 1].lower_ not in closed["indefinite"]:
                break
            for size, kind in pieces:
                number.add(size, kind)
        elif number.scale > 1 and word in closed["number_joint"] and i + 1 < len(doc) and doc[i + 1].lower_ in closed["number_half"]:
            number.total += number.scale / 2
            i += 1
        elif i == at or not _joins(doc, i, number, pack):
            break
        i += 1
        number.end = i
    return number if number.end > at else None


def _first_piece(doc: Doc, at: int, pack: LanguagePack) -> Piece:
    pieces = in_words(doc[at].lower_, pack) if at < len(doc) else ()
    return pieces[0] if pieces else (0.0, "")


def _continues(doc: Doc, at: int) -> bool:
    """Are these three digits the next group of one numeral ("7 000")?"""
    before = doc[at - 1]
    return len(doc[at].text) == 3 and doc[at].text.isdecimal() and before.text.isdecimal() and len(before.text) <= 3 and before.whitespace_ == " "


def _joins(doc: Doc, at: int, number: Number, pack: LanguagePack) -> bool:
    """Is this the small word inside a number: "vingt | et | un", "une dizaine | de | milliers"?"""
    word = doc[at].lower_
    size, kind = _first_piece(doc, at + 1, pack)
    if word in pack.closed["number_of"]:
        return number.about and kind == "scale"
    return word in pack.closed["number_joint"] and kind == "unit" and size < 20 <= _first_piece(doc, at - 1, pack)[0] < 100
