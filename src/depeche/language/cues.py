"""Rows of the cue tables: the words that tell that somebody speaks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from depeche.ontology.tables import read_rows

CUE_VERB_COLUMNS = ("lemma", "frames", "stance", "addressee", "example", "reads")
CUE_NOUN_COLUMNS = ("expression", "kind", "speaker", "example", "reads")
FRAMES = frozenset({"quote", "que", "wish", "inf", "infobj", "np", "si"})
STANCES = frozenset({"asserts", "alleges", "denies", "confirms", "wants", "promises", "threatens", "judges"})
CUE_NOUN_KINDS = frozenset({"source", "noun", "medium", "relay"})
REFLEXIVE_PREFIXES = ("se ", "s'")


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A verb of speech: `words` that follow it in a fixed expression ("faire | savoir"), the frames it opens, what it does to the content."""

    lemma: str
    reflexive: bool
    words: tuple[str, ...]
    frames: frozenset[str]
    stance: str
    addressee: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class CueNoun:
    """A noun or expression of speech, and where its speaker stands ("before": it is the one who spoke before, as in "selon lui")."""

    expression: str
    kind: str
    speaker: tuple[str, ...]


def read_cue_verbs(file: Traversable) -> dict[str, list[CueVerb]]:
    """Cue verbs by the verb's lemma, fixed expressions first. Raises `BadTable`."""
    table: dict[str, list[CueVerb]] = defaultdict(list)
    for row in read_rows(file, CUE_VERB_COLUMNS):
        frames = frozenset(row.choices("frames", ","))
        if not frames <= FRAMES or row["stance"] not in STANCES:
            raise row.wrong(f"unknown frame or stance: {row['frames']}, {row['stance']}")
        prefix = next((p for p in REFLEXIVE_PREFIXES if row["lemma"].startswith(p)), "")
        lemma, *words = row["lemma"][len(prefix) :].replace("'", "' ").split()
        addressee = row["addressee"] if row["addressee"] not in ("", "-") else None
        table[lemma].append(CueVerb(lemma, bool(prefix), tuple(words), frames, row["stance"], addressee, row["lemma"]))
    for rows in table.values():
        rows.sort(key=lambda cue: (-len(cue.words), not cue.reflexive))
    return dict(table)


def read_cue_nouns(file: Traversable) -> dict[str, CueNoun]:
    """Cue nouns and expressions by their words. Raises `BadTable`."""
    table = {}
    for row in read_rows(file, CUE_NOUN_COLUMNS):
        if row["kind"] not in CUE_NOUN_KINDS:
            raise row.wrong(f"unknown kind {row['kind']}")
        table[row["expression"]] = CueNoun(row["expression"], row["kind"], row.choices("speaker"))
    return table
