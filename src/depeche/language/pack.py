"""A language pack: a trained pipeline and the tables that tell what is true of one language.

Nothing here knows which language it is: a pack is a folder of tables and a function that loads its pipeline.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable

from spacy.language import Language
from spacy.tokens import Doc

from depeche.language.cues import CueNoun, CueVerb, read_cue_nouns, read_cue_verbs
from depeche.language.eventrows import EventRow, read_event_rows
from depeche.ontology.spelling import fold
from depeche.ontology.tables import Row, read_rows

CLOSED_COLUMNS = ("class", "word", "value")
ROLE_COLUMNS = ("lemma", "feminine", "office", "sector", "kind", "example", "reads")
INSTITUTION_COLUMNS = ("lemma", "sector", "linked", "example", "reads")
MODALITY_COLUMNS = ("lemma", "kind", "inner", "stance", "example", "reads")
CALENDAR_COLUMNS = ("kind", "word", "value")
DATE_COLUMNS = ("pattern", "reading", "example", "base", "reads")
NUMBER_COLUMNS = ("word", "value", "kind")
FIGURE_COLUMNS = ("lemma", "role", "whose", "example", "reads")
FIELD_COLUMNS = ("word", "what", "example")
DENIAL_COLUMNS = ("word", "what", "example", "reads")
AGREEMENT_COLUMNS = ("word", "what", "value", "trigger", "example", "reads")


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is ("Premier ministre"): the office it means, the sector, and its grammatical gender."""

    words: tuple[str, ...]
    office: str
    sector: str
    gender: str


@dataclass(frozen=True, slots=True)
class Institution:
    """A noun that acts for a state; `linked` when it names the state as such; `press` when it is an agency or outlet of it."""

    sector: str
    linked: bool
    press: bool


@dataclass(frozen=True, slots=True)
class Modality:
    """What a governing word does to the act in its complement: the status it gets ("skip": no act of its own) and the holder's stance."""

    inner: str
    stance: str | None


class LanguagePack:
    """One language: `parse` turns text into a spaCy Doc, the rest are its tables."""

    def __init__(self, code: str, folder: Traversable, load: Callable[[], Language], lemma: Callable[[str, str], str]) -> None:
        """`load` makes the pipeline; `lemma` gives a word's dictionary form as a given part of speech (universal tag)."""
        self.code = code
        self.lemma = lemma
        self._folder = folder
        self._load = load

    @cached_property
    def nlp(self) -> Language:
        """The trained pipeline, loaded at first use."""
        return self._load()

    def parse(self, text: str) -> Doc:
        """The words of a text with their grammar and names; token offsets are offsets into `text`."""
        return self.nlp(text)

    def parse_all(self, texts: Iterable[str], batch_size: int = 16) -> Iterator[Doc]:
        """The texts parsed in batches, in their order."""
        return self.nlp.pipe(texts, batch_size=batch_size)

    @cached_property
    def version(self) -> str:
        """The language's code and twelve hex digits that change when a table or the pipeline does."""
        digest = hashlib.sha256()
        for file in sorted(_files(self._folder), key=str):
            digest.update(file.read_bytes())
        return f"{self.code}-{digest.hexdigest()[:12]}"

    def _rows(self, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
        return read_rows(self._folder / name, columns)

    @cached_property
    def closed(self) -> dict[str, dict[str, str]]:
        """Closed classes: class -> word -> value."""
        classes: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows("closed.tsv", CLOSED_COLUMNS):
            classes[row["class"]][row["word"]] = row["value"]
        return classes

    @cached_property
    def roles(self) -> dict[str, list[Role]]:
        """Roles by their first folded word, longest first; plural forms included."""
        by_first: dict[str, list[Role]] = defaultdict(list)
        for row in self._rows("roles.tsv", ROLE_COLUMNS):
            for form, gender in {row["lemma"]: "m", row["feminine"]: "f"}.items():
                words = tuple(fold(form).split())
                if not words:
                    continue
                singular = Role(words, row["office"], row["sector"], "x" if row["lemma"] == row["feminine"] else gender)
                by_first[words[0]].append(singular)
                if not words[0].endswith(("s", "x")):
                    by_first[words[0] + "s"].append(Role((words[0] + "s", *words[1:]), row["office"], row["sector"], singular.gender + "p"))
        return {first: sorted(roles, key=lambda r: -len(r.words)) for first, roles in by_first.items()}

    @cached_property
    def institutions(self) -> dict[str, Institution]:
        return {
            row["lemma"]: Institution(row["sector"], row["linked"] in ("yes", "press"), row["linked"] == "press")
            for row in self._rows("institutions.tsv", INSTITUTION_COLUMNS)
        }

    @cached_property
    def events(self) -> dict[tuple[str, str], list[EventRow]]:
        """Event rows by (kind, lemma), those with most conditions first."""
        return read_event_rows(self._folder / "events.tsv", self._folder / "kindred.tsv")

    @cached_property
    def cue_verbs(self) -> dict[str, list[CueVerb]]:
        return read_cue_verbs(self._folder / "cue_verbs.tsv")

    @cached_property
    def cue_nouns(self) -> dict[str, CueNoun]:
        return read_cue_nouns(self._folder / "cue_nouns.tsv")

    @cached_property
    def cue_noun_openings(self) -> frozenset[str]:
        """The first words of the nouns of speech that are several words ("mise en garde")."""
        return frozenset(expression.split(" ")[0] for expression in self.cue_nouns if " " in expression)

    @cached_property
    def source_expressions(self) -> dict[str, list[tuple[tuple[str, ...], CueNoun]]]:
        """Expressions that name a source ("aux yeux de"), as token words by the first, longest first; elided and contracted forms too."""
        table: dict[str, list[tuple[tuple[str, ...], CueNoun]]] = defaultdict(list)
        for cue in self.cue_nouns.values():
            if cue.kind == "source":
                words = tuple(cue.expression.replace("'", "' ").split())
                bare = self.closed["contraction"]
                endings = [words[-1], *(form for form, base in bare.items() if base == words[-1])]
                for ending in endings:
                    forms = (*words[:-1], ending)
                    table[forms[0]].append((forms, cue))
        for expressions in table.values():
            expressions.sort(key=lambda e: -len(e[0]))
        return dict(table)

    @cached_property
    def modality(self) -> dict[tuple[str, str], Modality]:
        """What governing words do to the act in their complement, by (kind, lemma)."""
        return {(row["kind"], row["lemma"]): Modality(row["inner"], row["stance"] or None) for row in self._rows("modality.tsv", MODALITY_COLUMNS)}

    @cached_property
    def denials(self) -> dict[str, frozenset[str]]:
        """What a word does in an answer to an allegation, by the word: denies | rejects | charge | involvement | falsehood."""
        words: dict[str, set[str]] = defaultdict(set)
        for row in self._rows("denials.tsv", DENIAL_COLUMNS):
            words[row["word"]].add(row["what"])
        return {word: frozenset(what) for word, what in words.items()}

    @cached_property
    def fields(self) -> dict[str, frozenset[str]]:
        """What a word is in a field of its own: sport (a word of playing) | play (a word of events that is one of playing there)."""
        words: dict[str, set[str]] = defaultdict(set)
        for row in self._rows("fields.tsv", FIELD_COLUMNS):
            words[row["word"]].add(row["what"])
        return {word: frozenset(what) for word, what in words.items()}

    @cached_property
    def calendar(self) -> dict[str, dict[str, str]]:
        kinds: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows("calendar.tsv", CALENDAR_COLUMNS):
            kinds[row["kind"]][row["word"]] = row["value"]
        return kinds

    @cached_property
    def date_rows(self) -> list[Row]:
        """Expressions of date and how they are read."""
        return list(self._rows("dates.tsv", DATE_COLUMNS))

    @cached_property
    def numbers(self) -> dict[str, tuple[float, str]]:
        """Number words: value and kind (unit | hundred | score | thousand | scale | about | vague)."""
        return {row["word"]: (float(row["value"]), row["kind"]) for row in self._rows("numbers.tsv", NUMBER_COLUMNS)}

    @cached_property
    def figure_rows(self) -> list[Row]:
        """What figures count, by nouns and verbs."""
        return list(self._rows("figures.tsv", FIGURE_COLUMNS))

    @cached_property
    def figure_roles(self) -> dict[str, str]:
        """The role of a figure by the noun that it counts."""
        return {row["lemma"]: row["role"] for row in self.figure_rows if row["whose"] == "-"}

    @cached_property
    def figure_verbs(self) -> dict[str, tuple[str, str]]:
        """The role that a verb gives to those who are its object or its subject: (role, "object" | "subject")."""
        return {row["lemma"]: (row["role"], row["whose"]) for row in self.figure_rows if row["whose"] != "-"}

    @cached_property
    def agreement_words(self) -> dict[str, list[Row]]:
        """Rows of the agreement table by what they tell: kind, status, obligation, name."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows("agreements.tsv", AGREEMENT_COLUMNS):
            rows[row["what"]].append(row)
        return rows


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry)
        else:
            yield entry
