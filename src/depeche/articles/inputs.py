"""What goes in and what comes out: the article with its place, the input that cannot be used, and what makes a text unfit."""

from __future__ import annotations

from dataclasses import dataclass, field

from depeche.record import Article

# Characters; a longer text is a book or a dump, not an article.
LONGEST_TEXT = 5_000_000
# Bytes of one file, of standard input read as one text, or of one line of JSON Lines.
LARGEST_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class Defaults:
    """What an article gets where its input does not say: an ISO date and an ISO 639-1 code."""

    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class BadInput:
    """An input that cannot be used. `message` is one sentence that names the file (and the line) and says what is wrong; `place` is how it names it."""

    message: str
    place: str = field(default="", compare=False)

    @classmethod
    def at(cls, place: str, reason: object) -> BadInput:
        """What is wrong with the input at a place."""
        return cls(f"{place}: {reason}", place)

    @property
    def reason(self) -> str:
        return self.message.removeprefix(f"{self.place}: ")


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it was found: "rodong.txt", "agency.jsonl, line 3", for messages about it."""

    article: Article
    place: str


class Unusable(ValueError):
    """Raised between the modules of this floor; the message says what is wrong, without the place. Never leaves the floor."""


def check_text(text: str) -> None:
    """Raise `Unusable` where a text cannot be an article's."""
    if not text.strip():
        raise Unusable("the text is empty")
    if len(text) > LONGEST_TEXT:
        raise Unusable(f"the text is longer than {LONGEST_TEXT:,} characters")
    check_characters(text)


def check_characters(text: str) -> None:
    """Raise `Unusable` where a string holds what no text in UTF-8 may hold."""
    if "\x00" in text:
        raise Unusable("the text holds NUL characters")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unusable("the text holds lone surrogates, so it was decoded wrongly before") from None


def printable(name: str) -> str:
    """A file's name as a message can show it on one line, whatever the characters it is made of."""
    return name if name and name.isprintable() else repr(name)
