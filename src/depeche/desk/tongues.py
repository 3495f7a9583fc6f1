"""The desk's own words in French and English: one table, `messages.tsv`, and how days are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CODES = ("fr", "en")
DEFAULT = "fr"
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


@cache
def messages() -> dict[str, dict[str, str]]:
    """Messages by language and key."""
    table: dict[str, dict[str, str]] = {code: {} for code in CODES}
    lines = (files("depeche") / "desk" / "messages.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        if line and not line.startswith("#"):
            key, *said = line.split("\t")
            for code, words in zip(CODES, said, strict=True):
                table[code][key] = words
    return table


@dataclass(frozen=True, slots=True)
class Tongue:
    """The interface in one language."""

    code: str

    def __call__(self, key: str, **values: object) -> str:
        """A message by its key; `{name}` in it is filled."""
        said = messages()[self.code][key]
        return said.format(**values) if values else said

    def term(self, kind: str, code: str | None) -> str:
        """The word for a code of the record ("type", "ASSAULT"); the code itself where the table has none."""
        if not code:
            return ""
        return messages()[self.code].get(f"{kind}.{code}", code.replace("_", " "))

    def day(self, iso: str | None) -> str:
        """A day, a month or a year as people write it."""
        if not iso:
            return ""
        year, month, day = ([*iso.split("-"), "", ""])[:3]
        if not month:
            return year
        name = _MONTHS[self.code][int(month) - 1]
        if not day:
            return f"{name} {year}"
        first = "1er" if self.code == "fr" and int(day) == 1 else str(int(day))
        return f"{first} {name} {year}"

    def interval(self, start: str | None, end: str | None) -> str:
        """An interval of days, said as shortly as it can be."""
        if not start or not end or start == end:
            return self.day(start or end)
        if start[:7] == end[:7]:
            return f"{int(start[8:])}–{self.day(end)}"
        return f"{self.day(start)} – {self.day(end)}"

    def count(self, key: str, number: int) -> str:
        """A message for a number: key.one or key.many. In French nought and one are singular."""
        one = number in (0, 1) if self.code == "fr" else number == 1
        return self(f"{key}.{'one' if one else 'many'}", n=self.number(number))

    def quoted(self, words: str) -> str:
        """Words between the quotation marks of the language."""
        return f"«\u00a0{words}\u00a0»" if self.code == "fr" else f"“{words}”"

    def number(self, number: float) -> str:
        """A number with its thousands set apart."""
        return f"{number:,}".replace(",", "\u202f" if self.code == "fr" else ",")

    def score(self, score: float | None) -> str:
        """A score with its sign."""
        if score is None:
            return ""
        shown = f"{abs(score):.1f}".replace(".", "," if self.code == "fr" else ".")
        return ("−" if score < 0 else "+" if score > 0 else "") + shown


def chosen(asked: str | None, cookie: str | None, accepted: str) -> Tongue:
    """The language of a page: what the address asks, else what was chosen before, else the first that the browser accepts."""
    for code in (asked, cookie, *(part.partition(";")[0].strip()[:2].lower() for part in accepted.split(","))):
        if code in CODES:
            return Tongue(code or DEFAULT)
    return Tongue(DEFAULT)
