"""When: expressions of date in the text, each as a closed interval of days at the grain of the words.

The patterns and their readings stand in the pack's `dates.tsv`; this module finds them in the words, the longest at each place, and tells by
the tense of the verb that they hang on whether they look ahead. `calendar.py` and `reckoning.py` compute.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import product

from spacy.tokens import Doc, Token

from depeche.extraction.calendar import Context, Interval, Slots
from depeche.extraction.numerals import small_number
from depeche.extraction.reckoning import Expression, resolve
from depeche.language.pack import LanguagePack
from depeche.record import Span


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of date: its words, its tokens, and the interval it means (None where nothing resolves it)."""

    span: Span
    start: int
    end: int
    interval: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: the token behind it, and what it says."""

    end: int
    expression: Expression


def find_dates(doc: Doc, pack: LanguagePack, published: str | None) -> list[DateMention]:
    """Every expression of date in the order of the text."""
    return list(dates_from_start(doc, pack, published))


def dates_from_start(doc: Doc, pack: LanguagePack, published: str | None) -> Iterator[DateMention]:
    """Expressions of date in the order of the text, the longest at each place, as far as they are asked for."""
    base = date.fromisoformat(published) if published else None
    anchors: list[Interval] = []
    at = 0
    while at < len(doc):
        match = _match(doc, at, pack)
        if match is None:
            at += 1
            continue
        verb = _verb(doc, at, match.end, pack)
        if match.expression.reading != NO_DATE and not _part_of_name(doc, at, pack) and not _commands(verb):
            look = _look(verb, pack)
            # What is past lies about no date to come ("La veille, il avait menacé …").
            anchor = next((a for a in reversed(anchors) if look != "behind" or base is None or a[0] <= base), None)
            interval = resolve(match.expression, Context(base, anchor, look))
            last = doc[match.end - 1]
            span = Span(doc[at].idx, last.idx + len(last.text))
            yield DateMention(span, at, match.end, (interval[0].isoformat(), interval[1].isoformat()) if interval else None)
            anchors += [interval] if interval else []
        at = match.end


# -- patterns -------------------------------------------------------------------------------------

# A row whose words look like a date and are none ("dans la nuit polaire").
NO_DATE = "none"
# How deep expressions lie in one another: "de la veille du 3 mai à lundi" is two.
DEPTH = 2
# The kinds of calendar words that slots stand for.
SLOT_KINDS = {"D": "day", "J": "day", "M": "month", "W": "weekday", "U": "unit", "S": "season", "P": "part", "T": "daytime"}
# A slot that takes nothing: the clause pauses here ("trois jours après, …", but not "trois jours après le scrutin").
PAUSE = "!"
_SLOT = re.compile(r"\{([\w!])\d?\}$")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])$")
_YEAR = re.compile(r"(?:1\d|20)\d\d$")
_YEARS = re.compile(r"((?:1\d|20)\d\d)[-–]((?:1\d|20)?\d\d)$")
_DAYS = re.compile(r"([1-9]|[12]\d|3[01])[-–]([1-9]|[12]\d|3[01])$")
_WRITTEN = re.compile(r"((?:1\d|20)\d\d)-(\d\d)-(\d\d)$")
_WRITTEN_BACKWARDS = re.compile(r"(\d\d?)[./](\d\d?)[./]((?:1\d|20)\d\d)$")
_CENTURY = re.compile(r"([ivx]+)(\w?)$")
_ROMAN = {"i": 1, "v": 5, "x": 10}

Pattern = tuple[tuple[str, ...], str]


@cache
def _patterns(pack: LanguagePack) -> dict[str, dict[str, list[Pattern]]]:
    """Patterns by their first element, then by their second ("" where there is none)."""
    table: dict[str, dict[str, list[Pattern]]] = defaultdict(lambda: defaultdict(list))
    rows = {(elements, row["reading"]) for row in pack.date_rows for elements in _spelled_out(row["pattern"])}
    for elements, reading in sorted(rows):
        first, second = [*map(_key, elements), ""][:2]
        table[first][second].append((elements, reading))
    return table


def _key(element: str) -> str:
    """What an element of a pattern is found by: a word in small letters, or a slot without its number."""
    slot = _SLOT.match(element)
    return f"{{{slot.group(1)}}}" if slot else element.lower()


@lru_cache(maxsize=50_000)
def _keys(word: str, pack: LanguagePack) -> tuple[str, ...]:
    """The keys of the elements that a word could fill."""
    return (word, *(f"{{{letter}}}" for letter in _slots(word, pack)))


def _spelled_out(pattern: str) -> Iterator[tuple[str, ...]]:
    """A pattern without its shorthand: `a|b` is either word, `a?` may be left out."""
    choices = [[*element.rstrip("?").split("|"), *([""] if element.endswith("?") else [])] for element in pattern.split()]
    for words in product(*choices):
        yield tuple(word for word in words if word)


@lru_cache(maxsize=50_000)
def _slots(word: str, pack: LanguagePack) -> dict[str, str]:
    """The values that a word has in each kind of slot that it can fill."""
    slots = {letter: pack.calendar[kind][word] for letter, kind in SLOT_KINDS.items() if word in pack.calendar[kind]}
    head, hyphen, tail = word.partition("-")
    if part := pack.calendar["part"].get(head + hyphen):
        slots |= {"H": f"{part} {pack.calendar['month'][tail]}"} if tail in pack.calendar["month"] else {"G": f"{part} {tail}"} if _YEAR.match(tail) else {}
    number = small_number(word, pack)
    if number is not None:
        slots["N"] = str(number)
    if number is not None and number % 10 == 0 and 10 <= number <= 90:
        slots["K"] = str(number)
    if _DAY.match(word):
        slots["D"] = slots["J"] = str(number)
    elif number is not None and 1 <= number <= 31 and word not in pack.closed["indefinite"]:
        slots["D"] = str(number)
    if _YEAR.match(word):
        slots["Y"] = word
    if years := _YEARS.match(word):
        first, last = years.groups()
        slots["R"] = f"{first} {first[: 4 - len(last)]}{last}"
    if span := _DAYS.match(word):
        slots["E"] = " ".join(span.groups())
    if written := _WRITTEN.match(word):
        slots["I"] = word
    elif written := _WRITTEN_BACKWARDS.match(word):
        day, month, year = written.groups()
        slots["I"] = f"{year}-{month:0>2}-{day:0>2}"
    if (century := _CENTURY.match(word)) and (not century.group(2) or century.group(2) in pack.calendar["ending"]):
        digits = [_ROMAN[c] for c in century.group(1)]
        slots["C" if century.group(2) else "B"] = str(sum(-d if any(later > d for later in digits[i + 1 :]) else d for i, d in enumerate(digits)))
    return slots


def _match(doc: Doc, at: int, pack: LanguagePack, depth: int = 0) -> Match | None:
    """The longest expression that begins at a token."""
    table = _patterns(pack)
    firsts = [key for key in _keys(doc[at].lower_, pack) if key in table]
    if not firsts:
        return None
    # The word behind decides which patterns are worth a try; behind a number its ending may come first ("1 er février").
    behind = [t.lower_ for t in doc[at + 1 : at + 3]]
    words = behind if behind and behind[0] in pack.calendar["ending"] else behind[:1]
    seconds = ("", "{X}", f"{{{PAUSE}}}", *(key for word in words for key in _keys(word, pack)))
    patterns = [pattern for first in firsts for second in seconds if second in table[first] for pattern in table[first][second]]
    best: Match | None = None
    for elements, reading in sorted(patterns, key=lambda p: -len(p[0])):
        match = _fill(doc, at, elements, reading, pack, depth)
        if match is not None and (best is None or match.end > best.end):
            best = match
    return best


@dataclass(slots=True)
class _Filling:
    """The slots of a pattern while its words are compared."""

    at: int
    slots: Slots = field(default_factory=dict)
    inner: dict[str, Expression] = field(default_factory=dict)


def _fill(doc: Doc, at: int, elements: tuple[str, ...], reading: str, pack: LanguagePack, depth: int) -> Match | None:
    filling = _Filling(at)
    for element in elements:
        if filling.at >= len(doc) or not _take(doc, element, filling, pack, depth):
            return None
    if _counts(doc, filling.at - 1, elements[-1]):
        return None
    return Match(filling.at, Expression(reading, filling.slots, filling.inner))


def _take(doc: Doc, element: str, filling: _Filling, pack: LanguagePack, depth: int) -> bool:
    """Let one element of a pattern take the words that it stands for. A word with a capital in the pattern must have it in the text."""
    token = doc[filling.at]
    slot = _SLOT.match(element)
    if slot is None:
        filling.at += 1
        return (token.text if element[0].isupper() and not token.is_upper else token.lower_) == (element if not token.is_upper else element.lower())
    name, letter = element[1:-1], slot.group(1)
    if letter == PAUSE:
        return token.is_punct or token.is_space
    if letter == "X":
        match = _match(doc, filling.at, pack, depth + 1) if depth < DEPTH else None
        if match is None or match.expression.reading == NO_DATE:
            return False
        filling.inner[name], filling.at = match.expression, match.end
        return True
    value = _slots(token.lower_, pack).get(letter)
    if value is None:
        return False
    filling.slots[name] = value
    filling.at += 1
    # "1 er février": the ordinal's ending may stand apart.
    if letter in ("D", "J") and filling.at < len(doc) and doc[filling.at].lower_ in pack.calendar["ending"]:
        filling.at += 1
    return True


# -- what the words around it say -----------------------------------------------------------------


def _counts(doc: Doc, last: int, element: str) -> bool:
    """Does the number at the end of a pattern count what follows it ("en 2000 exemplaires", "mardi 18 personnes")?"""
    token = doc[last]
    if element[:2] not in ("{D", "{Y", "{N") or last + 1 >= len(doc) or doc[last + 1].pos_ not in ("NOUN", "ADJ"):
        return False
    behind = doc[last + 1]
    return (token.dep_ == "nummod" and token.head.i > last) or (behind.head.i == last and "Plur" in behind.morph.get("Number", []))


def _part_of_name(doc: Doc, at: int, pack: LanguagePack) -> bool:
    """Is the date part of the name of a street, a movement or a paper ("la rue du 4 septembre", "France Dimanche")?"""
    if at and doc[at].is_title and doc[at - 1].is_title and doc[at - 1].pos_ == "PROPN":
        return True
    return at >= 2 and doc[at - 2].lemma_.lower() in pack.calendar["named"] and doc[at - 1].lower_ in pack.closed["contraction"] and doc[at].text[:1].isdigit()


def _verb(doc: Doc, start: int, end: int, pack: LanguagePack) -> Token:
    """The verb that an expression hangs on, or the last word above it where there is none."""
    token: Token = doc[start:end].root
    for _ in range(8):
        outside = not start <= token.i < end
        if token.head == token or (outside and (token.pos_ in ("VERB", "AUX") or _awaited(token, pack))) or any(c.dep_ == "cop" for c in token.children):
            break
        token = token.head
    return token


def _awaited(token: Token, pack: LanguagePack) -> bool:
    """Is it a participle that looks ahead ("attendu lundi")? At the head of a sentence it may be taken for a name."""
    return pack.lemma(token.lower_, "VERB") in pack.calendar["forward"]


def _commands(verb: Token) -> bool:
    """A finite verb in the present without a subject is a command or a saying ("en mai, fais ce qu'il te plaît"): its dates are nobody's."""
    bare = not any(c.dep_.startswith(("nsubj", "expl", "aux", "cop", "csubj")) for c in verb.children)
    return bare and verb.dep_ == "ROOT" and verb.pos_ == "VERB" and "Fin" in verb.morph.get("VerbForm", []) and "Pres" in verb.morph.get("Tense", [])


def _has_future_ending(verb: Token, pack: LanguagePack) -> bool:
    """Does a verb's ending make it a future? The tagger takes rare ones for the past, whose forms the table excepts ("entra", from "entrer")."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    for ending, past in pack.calendar["future"].items():
        if verb.lower_.endswith(ending):
            infinitive, _, changed = past.partition(" ")
            return not past or verb.lower_ != pack.lemma(verb.lower_, "VERB").removesuffix(infinitive) + changed
    return False


def _look(verb: Token, pack: LanguagePack) -> str:
    """Where a verb looks: "ahead" (future, "doit partir", "est attendu"), "behind" (past), or "around" where its tense does not tell."""
    helpers = [c for c in verb.children if c.dep_.startswith(("aux", "cop"))]
    tenses = {tense for t in (verb, *helpers) for tense in t.morph.get("Tense", [])}
    if "Fut" in tenses or any(_has_future_ending(t, pack) for t in (verb, *helpers)):
        return "ahead"
    if any(c.dep_ == "aux:tense" for c in helpers) or "Imp" in tenses:
        return "behind"
    if any("Inf" in t.morph.get("VerbForm", []) for t in (verb, *helpers)):
        governor = verb.head
        governed = governor != verb and governor.pos_ in ("VERB", "AUX")
        return "ahead" if governed and {"Pres", "Fut"} & set(governor.morph.get("Tense", [])) else "around"
    if verb.pos_ not in ("VERB", "AUX") or "Part" in verb.morph.get("VerbForm", []):
        if _awaited(verb, pack):
            return "ahead"
        # "Est annulée" is now, "est venue" was, and a participle of its own ("les pêcheurs arrêtés en juin") was too.
        past = "Past" in tenses and (not helpers or verb.lemma_ in pack.calendar["perfect"])
        return "behind" if past else "around"
    return "behind" if "Past" in tenses else "around"
