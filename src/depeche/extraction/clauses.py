"""The clause that tells what was said: "a annoncé que …", "assure vouloir …", "demande si …".

It begins behind the word that introduces it and ends where the reporter speaks again.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import preposition, sentence_of
from depeche.extraction.sides import Reference
from depeche.extraction.speech import CLOSERS, OPENERS, Cue, Speech
from depeche.extraction.verbforms import children, is_infinitive
from depeche.language.cues import CueVerb
from depeche.language.pack import LanguagePack
from depeche.record import Span

# How far behind the verb the word that opens its clause may stand ("a déclaré lors d'une conférence de presse à Genève que …").
OPENER_WINDOW = 22
# No clause of the press is longer, in words: a text without sentences is cut there.
LONGEST = 250
TRIM = frozenset({",", ".", ";", ":", "–", "—", "-"})
CLAUSE_STOPS = frozenset({";", ":"})


@dataclass(slots=True)
class Reported:
    """The content of reported speech as token ranges (end exclusive), its cue, and the frame that opened it."""

    ranges: list[tuple[int, int]]
    cue: Cue
    frame: str

    def spans(self, doc: Doc) -> list[Span]:
        return [Span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text)) for a, b in self.ranges]

    def holds(self, start: int, end: int) -> bool:
        """Does the content take in these tokens?"""
        return any(a <= start and end <= b for a, b in self.ranges)


def by_clause(cue: Cue, speech: Speech, reference: Reference) -> Reported | None:
    """A que-clause, an infinitive or an indirect question that hangs on the verb, or that follows it where the tree has it elsewhere."""
    closed = reference.pack.closed
    for child in cue.dependents:
        if child.i <= cue.last or child.dep_.partition(":")[0] not in ("ccomp", "xcomp", "advcl", "obj", "acl"):
            continue
        opener = next((c for c in child.children if c.dep_ == "mark" and c.i < child.i), None)
        if _is_ready_to(child, cue):
            return Reported([clause_range(child, child.i, cue, closed)], cue, "inf")
        if opener is not None and child.dep_ != "advcl" and (opener.pos_ == "SCONJ" or opener.lower_ in closed["content_opener"]):
            if opener.lower_ in closed["content_opener"] and cue.frames & {"que", "wish"}:
                return Reported([clause_range(child, opener.i + 1, cue, closed)], cue, "que")
            if opener.lower_ in closed["condition"] and "si" in cue.frames:
                return Reported([clause_range(child, opener.i + 1, cue, closed)], cue, "si")
        elif (
            is_infinitive(child)
            and child.dep_.partition(":")[0] != "acl"
            and preposition(child, reference.pack) in (None, *closed["infinitive_mark"])
            and cue.frames & {"inf", "infobj"}
        ):
            return Reported([clause_range(child, _infinitive_start(child), cue, closed)], cue, "inf")
    return _by_position(cue, speech, reference)


def _is_ready_to(child: Token, cue: Cue) -> bool:
    """ "se dit prêt à négocier": what a speaker calls themselves ready or willing to do."""
    if not (isinstance(cue.row, CueVerb) and cue.row.reflexive and "inf" in cue.frames and child.pos_ == "ADJ" and child.dep_ == "xcomp"):
        return False
    return any(c.i > child.i and "Inf" in c.morph.get("VerbForm", []) for c in child.children)


def _by_position(cue: Cue, speech: Speech, reference: Reference) -> Reported | None:
    doc, closed = cue.token.doc, reference.pack.closed
    for at in range(cue.last + 1, min(cue.last + OPENER_WINDOW, sentence_of(cue.token)[1])):
        here = doc[at]
        if at in speech.by_token and isinstance(speech.by_token[at].row, CueVerb) and not is_infinitive(here):
            return None  # what follows is that verb's
        if here.text in CLAUSE_STOPS or here.text in OPENERS or here.text in CLOSERS or (here.is_space and "\n" in here.text):
            return None
        if here.lower_ in closed["content_opener"] and here.pos_ in ("SCONJ", "PRON", "ADV") and cue.frames & {"que", "wish"}:
            if ("Rel" in here.morph.get("PronType", []) and at > cue.last + 1) or here.dep_ in ("fixed", "advmod"):
                continue
            head = here.head if here.head.i > at else doc[at]
            return Reported([clause_range(head, at + 1, cue, closed)], cue, "que")
        if is_infinitive(here) and cue.frames & {"inf", "infobj"} and _belongs_to(here, cue, reference.pack):
            return Reported([clause_range(here, _infinitive_start(here), cue, closed)], cue, "inf")
        if "Fin" in here.morph.get("VerbForm", []):
            return None
    return None


def _belongs_to(infinitive: Token, cue: Cue, pack: LanguagePack) -> bool:
    """Does the infinitive go with the verb of speech, and tells no purpose ("pour …")?"""
    mark = preposition(infinitive, pack)
    if mark is None:
        start = _infinitive_start(infinitive)
        return "inf" in cue.frames and (start == cue.last + 1 or infinitive.doc[start - 1].text == ",")
    beside = _infinitive_start(infinitive) <= cue.last + 2
    return mark in pack.closed["infinitive_mark"] and (beside or "infobj" in cue.frames)


def _infinitive_start(infinitive: Token) -> int:
    """Where the infinitive begins: its auxiliary, clitics and negation with it, the preposition before it left out."""
    near = ("aux", "expl", "advmod", "cop", "obj", "iobj")
    return min([infinitive.i, *(c.i for c in infinitive.children if c.i < infinitive.i and c.dep_.partition(":")[0] in near and c.dep_ != "mark")])


def clause_range(head: Token, first: int, cue: Cue, closed: dict[str, dict[str, str]]) -> tuple[int, int]:
    """The words of a clause from `first` on: as far as its subtree goes unbroken, with what the parser hung elsewhere inside a stretch without commas."""
    doc = head.doc
    if first >= len(doc):
        return first, first
    under = range(head.left_edge.i, head.right_edge.i + 1)
    last = first
    at = first
    stop = min(sentence_of(cue.token)[1], first + LONGEST)
    while at < stop and not (doc[at].is_space and "\n" in doc[at].text):
        here = doc[at]
        if here.pos_ == "CCONJ" and here.head.head == head and _told_by_reporter(here.head, head, cue):
            break
        if at in under or at < head.i:
            last = at
        elif here.is_punct or here.is_space:
            following = next((i for i in range(at + 1, min(at + 4, stop)) if not (doc[i].is_punct or doc[i].is_space)), stop)
            if following >= stop or following not in under:
                break
        elif (
            here.pos_ == "CCONJ"
            or "Fin" in here.morph.get("VerbForm", [])
            or here.i == cue.token.i
            or here.dep_ == "mark"
            or "Rel" in here.morph.get("PronType", [])
        ):
            break
        else:
            last = at
        at += 1
    return first, _before_contrast(doc, head, first, last, closed) + 1


def _told_by_reporter(second: Token, head: Token, cue: Cue) -> bool:
    """ "a indiqué que l'armée avançait et a rappelé son ambassadeur": the second verb, without a subject, is formed as the cue is and not as the clause."""
    if any(c.dep_.startswith("nsubj") for c in second.children):
        return False
    return bool(children(second, "aux")) and any(c.dep_.startswith("aux") for c in cue.dependents) and not children(head, "aux", "cop")


def _before_contrast(doc: Doc, head: Token, first: int, last: int, closed: dict[str, dict[str, str]]) -> int:
    """A contrast that the reporter adds is hung inside the clause by the parser: "…, alors que la Russie considère …"."""
    for token in doc[first : last + 1]:
        if token.lower_ in closed["contrast"] and token.i > head.i and token.i > first and doc[token.i - 1].text == ",":
            clause = token.head if token.dep_ in ("mark", "advmod") else token
            if clause.dep_ == "advcl" and clause.head == head:
                return token.i - 2
    return last
