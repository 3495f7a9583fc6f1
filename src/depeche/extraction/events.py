"""Who did what to whom: the words that name an act, and who stands on its sides.

A word of the pack's event table becomes an event where its row's conditions hold and a side is filled from the same chain of clauses (`scope`), or by
what the neighbouring clauses plainly supply (`context`); a side that neither fills stays empty.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.acts import Act
from depeche.extraction.arguments import noun_arguments, verb_arguments
from depeche.extraction.context import fill_from_context
from depeche.extraction.dates import DateMention
from depeche.extraction.figures import Quantity
from depeche.extraction.grammar import char_span, paragraph_of, sentence_of, text_of, verb_group
from depeche.extraction.mentions import Mention
from depeche.extraction.quotations import Quotation
from depeche.extraction.scope import Scope, is_one_of
from depeche.extraction.sides import Filler, Reference
from depeche.extraction.status import standing_of
from depeche.extraction.timing import date_of, place_of
from depeche.extraction.verbforms import is_passive, is_past_participle
from depeche.language.eventrows import EventRow
from depeche.record import Span

_NAMING = frozenset({"name", "people", "description", "institution"})
_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "PROPN": "noun", "ADV": "adv", "X": "adv"}


def code_events(
    doc: Doc, mentions: list[Mention], dates: list[DateMention], figures: list[Quantity], quotations: list[Quotation], reference: Reference
) -> list[Act]:
    """Every act that the article puts forward, in the order of the text."""
    named = {i for m in mentions if m.kind in _NAMING for i in range(m.start, m.end) if m.names or m.kind != "name" or doc[i].text[0].isupper()}
    coder = _Coder(reference, _voices(quotations, reference))
    acts: list[Act] = []
    for verbs_first in (True, False):
        for token in doc:
            if token.is_space or token.is_punct or token.i in named or token.i in coder.used:
                continue
            kind = _KINDS.get(token.pos_)
            if kind is None or (kind == "verb") is not verbs_first:
                continue
            act = coder.act(token)
            if act is not None:
                acts.append(act)
    acts.sort(key=lambda a: a.token.i)
    fill_from_context(acts, reference)
    triggers = {a.token.i for a in acts}
    counted = _by_what_they_quantify(doc, figures)
    for act in acts:
        act.date = date_of(act.token, dates, triggers)
        act.place = place_of(act.token, reference)
        act.figures = counted.get(act.token.i, [])
    # Of an act that the text ties to nobody and to no place there is nothing to put on record.
    return [a for a in acts if a.source or a.target or a.place is not None]


def _voices(quotations: list[Quotation], reference: Reference) -> dict[int, Token]:
    """The word for the speaker, by the verb of speech and by each "nous" and "je" inside a quotation."""
    found: dict[int, Token] = {}
    for quotation in quotations:
        token = quotation.speaker_token
        if token is None or {f.party.key for f in reference.fillers(token)} - {p.key for p in quotation.speakers}:
            continue
        if quotation.cue is not None and quotation.cue.verb is not None:
            found[quotation.cue.verb.i] = token
        for start, end in quotation.parts:
            inside = token.doc[start:end]
            found |= {t.i: token for t in inside if t.lower_ in reference.pack.closed["first_person"]}
    return found


class _Coder:
    """Finds the act that a word names. `voices`: the word for whoever speaks, by a verb of speech or first person; `used`: words of acts told already."""

    def __init__(self, reference: Reference, voices: dict[int, Token]) -> None:
        self.reference, self.voices = reference, voices
        self.used: dict[int, Act] = {}

    def act(self, token: Token) -> Act | None:
        for kind, lemma in dict.fromkeys(self._readings(token)):
            rows = self.reference.pack.events.get((kind, lemma))
            if rows is None:
                continue
            act = self._by_rows(token, kind, rows)
            if act is not None:
                return act
        return None

    def _readings(self, token: Token) -> list[tuple[str, str]]:
        """The (kind, lemma) pairs that a word may be looked up by: as tagged, as written, and as the verb that its auxiliary or its speaker makes it."""
        pack = self.reference.pack
        kind = _KINDS[token.pos_]
        found = [(kind, token.lemma_.lower()), (kind, token.lower_)]
        if kind != "verb":
            verb = pack.lemma(token.text, "VERB")
            if token.i in self.voices and kind != "adv":
                return [("verb", verb)]
            if is_past_participle(token) or (token.i and token.nbor(-1).pos_ == "AUX" and kind in ("noun", "adj")) or (kind == "adv" and verb != token.lower_):
                found.append(("verb", verb))
        else:
            found.append(("adj", token.lemma_.lower()))
            if is_past_participle(token):
                found.append(("adj", pack.lemma(token.text, "ADJ")))
        return found

    def _by_rows(self, token: Token, kind: str, rows: list[EventRow]) -> Act | None:
        reference = self.reference
        arguments = noun_arguments(token, reference.pack) if kind == "noun" else verb_arguments(token, reference.pack)
        for side in ("subj", "obj"):
            arguments[side] = [self.voices.get(t.i, t) if t.pos_ == "PRON" else t for t in arguments.get(side, [])]
        known = any(reference.fillers(t) for t in arguments["subj"])
        if kind == "verb" and not known and not is_passive(token, reference.pack):
            subject = self.voices.get(token.i) or (reference.beside(token) if not arguments["subj"] else None)
            if subject is not None:
                arguments["subj"] = [subject]
        scope = Scope(token, kind, arguments, reference)
        reflexive = kind == "verb" and any(c.lower_ in reference.pack.closed["reflexive"] for c in token.children if c.i < token.i)
        own_reflexive = any(r.reflexive for r in rows)
        if reflexive and not own_reflexive:
            arguments["obj"] = arguments.get("obj") or arguments.get("subj", [])
        fitting = [
            r for r in rows if (kind != "verb" or r.reflexive == reflexive or (reflexive and not own_reflexive)) and all(scope.holds(n) for n in r.needs)
        ]
        if not fitting:
            return None
        standing = standing_of(token, reference.pack)
        if standing.status == "skip":
            return None
        best: tuple[int, EventRow, list[Filler], list[Filler]] | None = None
        for row in fitting:
            source, target = _sides(row, scope, reflexive)
            filled = bool(source) + bool(target)
            if reflexive and not row.reflexive and len(source) < 2:
                continue  # "s'accuser" of one alone is no act towards anybody
            if best is None or filled > best[0]:
                best = (filled, row, source, target)
        if best is None:
            return None
        filled, row, source, target = best
        if not filled and not row.needs and kind != "noun":
            return None
        act = Act(row, token, _trigger(token, kind, row, scope), _evidence(token), source, target, standing)
        # What a clause with "que" tells is an act of its own.
        carried = [n for n in row.needs if n.lemmas and not n.negated and n.relation != "que"]
        for word in (t.i for need in carried for t in scope.at(need.relation.split("."))):
            told = self.used.setdefault(word, act)
            if told is not act and told.row.type == row.type and told.token.i < token.i:
                told.target = told.target or target  # "mène des frappes visant les talibans": one act
                return None
        return act


def _sides(row: EventRow, scope: Scope, reflexive: bool) -> tuple[list[Filler], list[Filler]]:
    """Both sides by the row's paths; "entre X et Y" names both parties of whatever is done between them."""
    source, target = scope.side(row.source, acting=True), scope.side(row.target, acting=False)
    if not source and not target:
        source = scope.side((("entre",), ("obj.entre",)), acting=True)
    if not source and scope.kind == "noun" and scope.carried_out:
        source = scope.side((("subj",),), acting=True)
    if reflexive and not row.reflexive:
        return source, list(source)  # "se sont mutuellement accusés": each does it to the other
    foreign = scope.reference.of_there  # "Washington accuse les autorités locales": not its own
    return source, [
        t for t in target if all(t.party is not s.party or not (t.token == s.token or s.party.kind == "person" or foreign(t.token)) for s in source)
    ]


def _trigger(token: Token, kind: str, row: EventRow, scope: Scope) -> Span:
    """The words that name the act: the verb group, with the noun that a light verb carries."""
    span = verb_group(token) if kind == "verb" else char_span(token, token)
    if kind == "noun":  # "l'opération lancée", "la réunion organisée": the participle is part of the telling
        done = next(
            (
                c
                for c in token.children
                if c.dep_ == "acl" and is_past_participle(c) and c.lemma_.lower() in scope.reference.pack.closed["carried_out"] and c.i - token.i <= 4
            ),
            None,
        )
        if done is not None and done.i > token.i:
            span = char_span(token, done)
    fixed = [t for need in row.needs if need.lemmas and not need.negated for t in scope.at(need.relation.split(".")) if is_one_of(t, need.lemmas)]
    for word in fixed:
        if 0 < word.i - token.i <= 6:
            span = Span(span.start, max(span.end, word.idx + len(word.text)))
    return span


def _evidence(token: Token) -> Span:
    """The sentence that the act was read from, within its line."""
    doc = token.doc
    first_token, end_token = sentence_of(token)
    start, end = paragraph_of(doc, token.idx)
    first, last = max(doc[first_token].idx, start), min(doc[end_token - 1].idx + len(doc[end_token - 1].text), end)
    text = text_of(token.doc)
    while last > first and text[last - 1].isspace():
        last -= 1
    return Span(first, last) if last > first else char_span(token, token)


def _by_what_they_quantify(doc: Doc, figures: list[Quantity]) -> dict[int, list[Quantity]]:
    """Figures by the words that may be the act they count for: the counted noun itself, its governor, and that one's where it is a noun."""
    found: dict[int, list[Quantity]] = {}
    for figure in figures:
        if figure.noun is None:
            continue
        noun = doc[figure.noun]
        above = [noun, noun.head] + ([noun.head.head] if noun.head.pos_ in ("NOUN", "NUM") else [])
        for index in dict.fromkeys(t.i for t in above):
            found.setdefault(index, []).append(figure)
    return found
