"""Where somebody speaks: the cues of a text, and who speaks by them.

A cue is a verb of speech (`verbcues`) or an expression that names a source (`sources`). Whether it carries a quotation or reported speech, `quotes`
and `reported` decide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.grammar import sentence_of, text_of
from depeche.language.cues import CueNoun, CueVerb
from depeche.record import Span

STOPS = frozenset({".", ";", ":", "«", "»", '"', "”", "“", "!", "?"})
CLOSERS = frozenset({"»", '"', "”", "›", "’"})
OPENERS = frozenset({"«", '"', "“", "„", "‹"})
DASHES = frozenset({"-", "–", "—"})


@dataclass(slots=True)
class Cue:
    """A cue: its word, the table row, and who speaks.

    incise: it stands behind or inside what was said, its subject behind the verb; carried: its speaker is the one who spoke before ("a-t-il ajouté");
    passive: the speaker is its agent ("démentie par Erevan"); verb: the personal one of two verbs ("a fait savoir").
    """

    token: Token
    row: CueVerb | CueNoun
    speakers: list[Party]
    speaker_token: Token | None
    first: int  # the cue's first and last token
    last: int
    incise: bool = False
    status: str = "reported"
    frames: frozenset[str] = field(default_factory=frozenset)
    carried: bool = False
    passive: bool = False
    verb: Token | None = None

    @property
    def dependents(self) -> list[Token]:
        """What hangs on the verb, in an expression of two verbs ("faire savoir") on either."""
        if self.verb is None or self.verb == self.token:
            return list(self.token.children)
        return sorted([*self.verb.children, *self.token.children], key=lambda t: t.i)

    @property
    def span(self) -> Span:
        doc = self.token.doc
        return Span(doc[self.first].idx, doc[self.last].idx + len(doc[self.last].text))

    @property
    def rule(self) -> str:
        return self.row.rule if isinstance(self.row, CueVerb) else self.row.expression

    @property
    def is_source(self) -> bool:
        return "source" in self.frames


class Speech:
    """The cues of a text, found by where they stand. `quoted` marks the tokens inside quotations that are clauses."""

    def __init__(self, doc: Doc, quoted: bytearray) -> None:
        self.doc, self.quoted = doc, quoted
        self.text = text_of(doc)
        self.cues: list[Cue] = []
        self._firsts: list[int] = []
        self.by_token: dict[int, Cue] = {}
        self._by_sentence: dict[int, list[Cue]] = defaultdict(list)

    def add(self, cue: Cue) -> None:
        """Take in a cue that stands behind all others."""
        self.cues.append(cue)
        self._firsts.append(cue.first)
        self.by_token[cue.token.i] = cue
        self._by_sentence[sentence_of(cue.token)[0]].append(cue)

    def between(self, start: int, end: int) -> list[Cue]:
        """The cues whose first token stands there."""
        return self.cues[bisect_left(self._firsts, start) : bisect_left(self._firsts, end)]

    def in_sentence_of(self, token: Token) -> list[Cue]:
        return self._by_sentence.get(sentence_of(token)[0], [])

    def spoke(self, start: int, end: int) -> list[list[Party]]:
        """The speakers of the cues outside quotations between two tokens, the last first."""
        return [c.speakers for c in reversed(self.between(start, end)) if c.speakers and not c.passive and (c.incise or not self.quoted[c.token.i])]
