"""Who did what to whom: the words that name an act, and who stands on its sides.

A word of the pack's event table becomes an event where its row's conditions hold and at least one side is filled from the same chain of clauses; a
side that the grammar does not fill stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.dates import DateMention
from depeche.extraction.figures import Quantity
from depeche.extraction.grammar import Arguments, char_span, complements_near, is_passive, is_past_participle, noun_arguments, paragraph_of, verb_arguments, verb_group
from depeche.extraction.mentions import Mention
from depeche.extraction.sides import Filler, Reference
from depeche.extraction.status import Standing, standing_of
from depeche.extraction.timing import date_of, place_of
from depeche.language.eventrows import EventRow, Need
from depeche.record import Span

# Relations that no preposition makes.
_OWN = frozenset({"subj", "obj", "adj", "poss", "inf", "que", "attr", "bare"})
_NAMING = frozenset({"name", "people", "description", "institution"})
_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "PROPN": "noun", "ADV": "adv", "X": "adv"}


@dataclass(slots=True)
class Act:
    """An event in the making."""

    row: EventRow
    token: Token
    trigger: Span
    evidence: Span
    source: list[Filler]
    target: list[Filler]
    standing: Standing
    date: DateMention | None = None
    place: Party | None = None
    figures: list[Quantity] = field(default_factory=list)
    background: bool = False
    positions: list[tuple[Party, str, Span | None]] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.standing.status


def code_events(doc: Doc, mentions: list[Mention], dates: list[DateMention], figures: list[Quantity], reference: Reference) -> list[Act]:
    """Every act that the article puts forward, in the order of the text."""
    named = {i for m in mentions if m.kind in _NAMING for i in range(m.start, m.end) if m.names or m.kind != "name" or doc[i].text[0].isupper()}
    acts: list[Act] = []
    used: set[int] = set()
    for verbs_first in (True, False):
        for token in doc:
            if token.is_space or token.is_punct or token.i in named or token.i in used:
                continue
            kind = _KINDS.get(token.pos_)
            if kind is None or (kind == "verb") is not verbs_first:
                continue
            act = _act(token, reference, used)
            if act is not None:
                acts.append(act)
    acts.sort(key=lambda a: a.token.i)
    _fill_from_context(acts, reference)
    for act in acts:
        act.date = date_of(act.token, dates, {a.token.i for a in acts})
        act.place = place_of(act.token, reference)
        act.figures = [f for f in figures if f.noun is not None and _quantifies(doc[f.noun], act.token)]
    return acts


# A denial or refusal answers an accusation or demand at most so many words before it.
ANSWER_REACH = 90


def _fill_from_context(acts: list[Act], reference: Reference) -> None:
    """What a clause leaves to the one before it: whom a denial answers, who concluded the agreement that is spoken of, where a strike fell."""
    for at, act in enumerate(acts):
        if act.row.type == "REJECT" and act.source and not act.target:
            sources = {f.party.country or f.party.key for f in act.source}
            for before in reversed(acts[:at]):
                if act.token.i - before.token.i > ANSWER_REACH:
                    break
                addressed = {f.party.country or f.party.key for f in before.target}
                if before.row.type in ("ACCUSE", "REQUEST", "AGREE") and before.source and sources & addressed and not sources & {f.party.country or f.party.key for f in before.source}:
                    act.target = [Filler(f.party, f.token, "answers") for f in before.source]
                    break
        if not act.source and not act.target:
            place = place_of(act.token, reference)
            state = reference.cast.state(place.country, reference.knowledge) if place is not None and place.country else None
            if state is not None and act.row.type in ("ASSAULT", "COERCE"):
                token = next(t for t in act.token.sent if reference.cast.place_at(t) is place)
                act.target = [Filler(state, token, "place")]
            elif act.row.type in ("SUPPORT", "CONCEDE", "RETREAT", "AGREE"):
                known = next((b for b in reversed(acts[:at]) if b.row.type in ("SUPPORT", "CONCEDE", "AGREE") and len({f.party.key for f in (*b.source, *b.target)}) > 1), None)
                if known is not None and _about_agreement(act, reference):
                    act.source = [Filler(f.party, f.token, "agreement") for f in (*known.source, *known.target)]


def _about_agreement(act: Act, reference: Reference) -> bool:
    """Is an agreement what the act is about ("le texte conclu mardi", "une trêve")?"""
    nouns = {row["word"] for row in reference.pack.agreement_words["noun"]}
    arguments = verb_arguments(act.token, reference.pack).get("obj", []) if act.token.pos_ in ("VERB", "ADJ") else [act.token]
    return any(t.lemma_.lower() in nouns or t.lemma_.lower() in reference.pack.closed["agreement_text"] for t in arguments)


def _readings(token: Token, reference: Reference) -> list[tuple[str, str]]:
    """The (kind, lemma) pairs that a word may be looked up by: as tagged, as written, and as the verb that its auxiliary makes it."""
    pack = reference.pack
    kind = _KINDS[token.pos_]
    found = [(kind, token.lemma_.lower()), (kind, token.lower_)]
    if kind != "verb":
        verb = pack.lemma(token.text, "VERB")
        if is_past_participle(token) or (token.i and token.nbor(-1).pos_ == "AUX" and kind in ("noun", "adj")) or (kind == "adv" and verb != token.lower_):
            found.append(("verb", verb))
    else:
        found.append(("adj", token.lemma_.lower()))
        if is_past_participle(token):
            found.append(("adj", pack.lemma(token.text, "ADJ")))
    return found


def _act(token: Token, reference: Reference, used: set[int]) -> Act | None:
    events = reference.pack.events
    for kind, lemma in dict.fromkeys(_readings(token, reference)):
        rows = events.get((kind, lemma))
        if rows is None:
            continue
        act = _by_rows(token, kind, rows, reference, used)
        if act is not None:
            return act
    return None


def _by_rows(token: Token, kind: str, rows: list[EventRow], reference: Reference, used: set[int]) -> Act | None:
    arguments = noun_arguments(token, reference.pack) if kind == "noun" else verb_arguments(token, reference.pack)
    if kind == "verb" and not arguments.get("subj") and (beside := reference.beside(token)) is not None:
        arguments["subj"] = [beside]
    scope = _Scope(token, kind, arguments, reference)
    reflexive = kind == "verb" and any(c.lower_ in reference.pack.closed["reflexive"] for c in token.children if c.i < token.i)
    own_reflexive = any(r.reflexive for r in rows)
    if reflexive and not own_reflexive:
        arguments["obj"] = arguments.get("obj") or arguments.get("subj", [])
    standing = None
    for row in rows:
        if kind == "verb" and row.reflexive != reflexive and not (reflexive and not own_reflexive):
            continue
        if not all(scope.holds(need) for need in row.needs):
            continue
        standing = standing or standing_of(token, reference.pack)
        if standing.status == "skip":
            return None
        source, target = scope.side(row.source, acting=True), scope.side(row.target, acting=False)
        if reflexive and not row.reflexive:
            # "se sont mutuellement accusés": each does it to the other; a lone reflexive subject does nothing to anybody else.
            if len(source) < 2:
                continue
            target = list(source)
        else:
            target = [t for t in target if all(t.party is not s.party or t.token is not s.token for s in source)]
        if not source and not target and not row.needs and kind != "noun":
            continue
        for need in row.needs:
            used |= {t.i for t in scope.at(need.relation.split(".")) if need.lemmas and not need.negated}
        return Act(row, token, _trigger(token, kind, row, scope), _evidence(token), source, target, standing)
    return None


class _Scope:
    """The words around a trigger, reached by the paths of a row."""

    def __init__(self, token: Token, kind: str, arguments: Arguments, reference: Reference) -> None:
        self.token, self.kind, self.arguments, self.reference = token, kind, arguments, reference
        # A passive that names no agent leaves open who acts: a condition on the subject cannot fail there.
        self.agentless = kind == "verb" and is_passive(token) and not arguments.get("subj")

    def at(self, path: list[str]) -> list[Token]:
        """The words at the end of a path ("obj.de": the complements behind "de" of the object)."""
        reached = self.arguments.get(path[0], [])
        if not reached and path[0] not in _OWN and path[0] != "de":
            reached = complements_near(self.token, path[0], self.reference.pack)
        for step in path[1:]:
            reached = [t for one in reached for t in self._step(one, step)]
        return reached

    def _step(self, token: Token, step: str) -> list[Token]:
        counted = self.reference.counted(token)
        pack = self.reference.pack
        arguments = verb_arguments(counted, pack) if counted.pos_ == "VERB" else noun_arguments(counted, pack)
        found = arguments.get(step, [])
        if not found and step not in _OWN and step != "de":
            # The parser hung the complement beside the noun, on the trigger itself.
            found = [t for t in self.arguments.get(step, []) if t.i > token.i] or complements_near(counted, step, pack)
        return found

    def holds(self, need: Need) -> bool:
        if need.relation == "subj" and need.filler in ("actor", "people", "any") and self.agentless:
            return True
        reached = self.at(need.relation.split("."))
        if need.filler is None:
            matched = any(_is_one_of(self.reference.counted(t), need.lemmas) for t in _with_conjuncts(reached))
            return matched is not need.negated
        if need.filler == "any":
            return bool(reached)
        if need.filler == "none":
            return not reached
        if need.filler == "place":
            return any(self.reference.cast.place_at(t) is not None or any(p.kind == "state" for p in self.reference.cast.at(t)) for t in reached)
        if need.filler == "actor":
            return any(self.reference.fillers(t, places=True) for t in reached)
        return any(self._people(t) for t in reached)

    def _people(self, token: Token) -> bool:
        pack = self.reference.pack
        token = self.reference.counted(token)
        lemma = token.lemma_.lower()
        human = lemma in pack.institutions or lemma in pack.closed["source_noun"] or pack.figure_roles.get(lemma) in ("dead", "wounded", "arrested", "troops")
        return human or lemma in pack.closed["people"] or bool(self.reference.fillers(token))

    def side(self, alternatives: tuple[tuple[str, ...], ...], acting: bool) -> list[Filler]:
        """Whoever fills a side: the first alternative that leads to somebody."""
        for paths in alternatives:
            found: list[Filler] = []
            for path in paths:
                for filler in self._fill(path.split("."), acting):
                    if all(filler.party is not f.party for f in found):
                        found.append(Filler(filler.party, filler.token, path))
            if found:
                return found
        return []

    def _fill(self, path: list[str], acting: bool) -> list[Filler]:
        reference = self.reference
        last = path[-1]
        if last in ("adj", "poss"):
            nouns = [self.token] if len(path) == 1 else self.at(path[:-1])
            ask = reference.demonym if last == "adj" else reference.possessor
            return [f for noun in nouns for f in ask(noun)]
        places = not acting or (last not in ("subj", "de", "par"))
        return [f for token in self.at(path) for f in reference.fillers(token, places=places)]


def _with_conjuncts(tokens: list[Token]) -> list[Token]:
    return [*tokens, *(c for t in tokens for c in t.children if c.dep_ == "conj")]


def _is_one_of(token: Token, lemmas: frozenset[str]) -> bool:
    return token.lemma_.lower() in lemmas or token.lower_ in lemmas


def _trigger(token: Token, kind: str, row: EventRow, scope: _Scope) -> Span:
    """The words that name the act: the verb group, with the noun that a light verb carries."""
    span = verb_group(token) if kind == "verb" else char_span(token, token)
    if kind == "noun":  # "l'opération lancée", "la réunion organisée": the participle is part of the telling
        done = next((c for c in token.children if c.dep_ == "acl" and is_past_participle(c) and c.lemma_.lower() in scope.reference.pack.closed["carried_out"] and c.i - token.i <= 4), None)
        if done is not None and done.i > token.i:
            span = char_span(token, done)
    fixed = [t for need in row.needs if need.lemmas and not need.negated for t in scope.at(need.relation.split(".")) if _is_one_of(t, need.lemmas)]
    for word in fixed:
        if 0 < word.i - token.i <= 6:
            span = Span(span.start, max(span.end, word.idx + len(word.text)))
    return span


def _evidence(token: Token) -> Span:
    """The sentence that the act was read from, within its line."""
    sentence = token.sent
    start, end = paragraph_of(token.doc, token.idx)
    first, last = max(sentence.start_char, start), min(sentence.end_char, end)
    text = token.doc.text
    while last > first and text[last - 1].isspace():
        last -= 1
    return Span(first, last) if last > first else char_span(token, token)


def _quantifies(noun: Token, trigger: Token) -> bool:
    """Is the counted noun an argument of the act?"""
    return noun.head is trigger or (noun.head.head is trigger and noun.head.pos_ in ("NOUN", "NUM")) or noun is trigger
