"""What a mention is: words of the text that name or describe somebody or some place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from depeche.knowledge.base import Name
from depeche.language.pack import Role
from depeche.record import Span


@dataclass(slots=True)
class Mention:
    """Words `start` to `end` (tokens, end exclusive) with their head.

    kind: name | people | institution | description | pronoun | group | body | capital | press
    label: what the pipeline took a name for (PER, ORG, LOC), or ""
    names: entries of the base that the words match; countries, organisation: whose office or institution it is; title_of: the name that a
    description stands beside, for it is then a title and no mention of its own; count: how many are meant ("les deux présidents": 2);
    inner: the institution inside an office ("conseiller de la présidence azerbaïdjanaise"), as tokens; held: "former" for an office held no
    more, "coming" for one not held yet, "other" for one that only the article can tell ("le premier dirigeant de la
    Corée du Nord"); words_end: the token behind the role's own words;
    joined: one of several names in a word ("RDC-Rwanda"), all of which the word stands for.
    """

    start: int
    end: int
    head: int
    kind: str
    span: Span
    text: str
    label: str = ""
    names: tuple[Name, ...] = ()
    role: Role | None = None
    countries: tuple[str, ...] = ()
    organisation: int | None = None
    sector: str | None = None
    gender: str = "x"
    honorific: bool = False
    definite: bool = False
    count: int = 1
    title_of: int | None = None
    owner: Token | None = field(default=None, repr=False)
    bare: str = ""
    inner: tuple[int, int] | None = None
    held: str = ""
    words_end: int = 0
    joined: bool = False

    @property
    def name(self) -> str:
        """The words without a form of address."""
        return self.bare or self.text


def make_mention(doc: Doc, start: int, end: int, kind: str, **fields: object) -> Mention:
    """A mention of tokens `start` to `end`, its head found by the grammar."""
    span = doc[start:end]
    mention = Mention(start, end, span.root.i, kind, Span(span.start_char, span.end_char), span.text)
    return replace(mention, **fields)  # type: ignore[arg-type]


def grammatical_gender(token: Token) -> str:
    """m, f, x (unknown), with p behind it for a plural."""
    morph = token.morph
    gender = {"Masc": "m", "Fem": "f"}.get("".join(morph.get("Gender", [])), "x")
    return gender + ("p" if "Plur" in morph.get("Number", []) else "")
