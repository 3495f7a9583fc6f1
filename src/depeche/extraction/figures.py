"""How many: quantities of people, things and money, with what they count and how exact they are.

French numbers are read as written: "7 000", "6.500", "3,2 milliards", "une trentaine", "entre 60 et 90", "au moins 28". Dates, durations,
ages, ordinals and the numbers inside names ("F-16", "RTL 2", "l'article 155") are no figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.dates import DateMention
from depeche.extraction.numerals import Number, in_digits, number_at
from depeche.language.pack import LanguagePack
from depeche.record import Span

# With "les", so few of what was named before count nothing new ("les deux pays").
FEW = 6
# A bare number larger than this is rather a year or a name than a count.
BARE_LIMIT = 1900
SHARE = "%"
_DASHES = ("-", "–", "—")
# Relations in which a number may stand for the things themselves ("en capturant 2").
_STANDS_FOR_THINGS = ("obj", "nsubj", "nsubj:pass", "conj", "obl:arg", "obl:mod", "nmod")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in the making: its words, tokens, value, and the noun that it counts."""

    span: Span
    start: int
    end: int
    noun: int | None
    value: float
    upper: float | None
    approximate: bool
    bound: str | None
    unit: str | None
    role: str


@dataclass(slots=True)
class _Amount:
    """One number or a range of two, with the words that tell how exact it is."""

    start: int
    end: int
    value: float
    upper: float | None
    approximate: bool
    bound: str | None


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a number counts: the token behind its words, its noun, and its words."""

    end: int
    noun: int | None
    unit: str | None


def find_figures(doc: Doc, dates: list[DateMention], named: set[int], pack: LanguagePack) -> list[Quantity]:
    """Every quantity in the order of the text. `named`: tokens inside names ("RTL 2", "F-16"), which count nothing."""
    dated = {i for d in dates for i in range(d.start, d.end)}
    found = []
    at = 0
    while at < len(doc):
        number = None if at in dated or at in named else number_at(doc, at, pack)
        if number is None or any(i in dated for i in range(at, number.end)):
            at += 1
            continue
        amount = _amount(doc, at, number, dated, pack)
        counted = _counted(doc, amount.end, pack)
        at = max(amount.end, counted.end)
        if not _is_label(doc, amount, pack) and _is_figure(doc, amount, counted, pack):
            found.append(_quantity(doc, amount, counted, pack))
    return found


def _quantity(doc: Doc, amount: _Amount, counted: _Counted, pack: LanguagePack) -> Quantity:
    _bound_behind(doc, amount, counted.end, pack)
    start, unit = amount.start, counted.unit
    if unit is None and start > 0 and doc[start - 1].text in pack.closed["currency"]:
        start, unit = start - 1, pack.closed["currency"][doc[start - 1].text]
    last = doc[counted.end - 1]
    span = Span(doc[start].idx, last.idx + len(last.text))
    approximate = amount.approximate or amount.bound is not None
    return Quantity(span, start, counted.end, counted.noun, amount.value, amount.upper, approximate, amount.bound, unit, _role(doc, counted.noun, unit, pack))


# -- the amount -----------------------------------------------------------------------------------


def _amount(doc: Doc, at: int, number: Number, dated: set[int], pack: LanguagePack) -> _Amount:
    start, bound, approximate = _bound_before(doc, at, pack)
    if number.vague:
        bound = bound or "at_least"
    amount = _Amount(start, number.end, number.value, None, approximate or number.about, bound)
    _reach(doc, at, number, amount, dated, pack)
    return amount


def _reach(doc: Doc, at: int, low: Number, amount: _Amount, dated: set[int], pack: LanguagePack) -> None:
    """Take in the second number of a range ("entre 60 et 90", "30 à 50 milliards", "5 % à 10 %")."""
    joint = low.end + (low.end < len(doc) and doc[low.end].text in pack.closed["currency"])
    if joint + 1 >= len(doc) or joint + 1 in dated or doc[joint].lower_ not in pack.closed["range"]:
        return
    opener = pack.closed["range"][doc[joint].lower_]
    if opener and (amount.start == 0 or doc[amount.start - 1].lower_ != opener):
        return
    high = number_at(doc, joint + 1, pack)
    if high is None:
        return
    # "30 à 50 milliards": the second number's scale is the first one's too.
    first = low.value * high.scale if low.scale == 1 and low.value < high.value / high.scale else low.value
    if first >= high.value:
        return
    amount.end, amount.approximate = high.end, amount.approximate or high.about
    if _changes(doc, at, high.end, pack):
        amount.value = high.value
    else:
        amount.value, amount.upper = first, high.value


def _changes(doc: Doc, at: int, end: int, pack: LanguagePack) -> bool:
    """Is it no range but a change ("augmenter l'effectif de 650 à 830")? Of shares, most verbs tell a range ("baisser de 5 à 10 %")."""
    if at == 0 or doc[at - 1].lower_ not in pack.closed["number_of"]:
        return False
    kinds = {pack.closed["change"].get(above.lemma_) for above in list(doc[at].ancestors)[:4]} - {None}
    shares = end < len(doc) and pack.closed["currency"].get(doc[end].text) == SHARE
    return "always" in kinds or (bool(kinds) and not shares)


def _bound_before(doc: Doc, start: int, pack: LanguagePack) -> tuple[int, str | None, bool]:
    """The words before a number that bound it or make it approximate: (first token, at_least | at_most | None, approximate)."""
    bounds = pack.closed["bound"]
    for length in (4, 3, 2, 1):
        if start >= length and (kind := bounds.get(" ".join(t.lower_ for t in doc[start - length : start]))) is not None:
            return start - length, kind if kind != "about" else None, True
    verb = doc[start - 2] if start >= 2 and doc[start - 1].lower_ in pack.closed["definite"] else doc[start - 1] if start else None
    kind = pack.closed["bound_verb"].get(verb.lemma_) if verb is not None and verb.pos_ == "VERB" else None
    return start, kind if kind != "about" else None, kind is not None


def _bound_behind(doc: Doc, amount: _Amount, end: int, pack: LanguagePack) -> None:
    """A bound may follow ("12 morts au moins"), unless it opens the next number."""
    for length in (2, 1):
        behind = doc[end : end + length]
        kind = pack.closed["bound"].get(" ".join(t.lower_ for t in behind)) if len(behind) == length else None
        if amount.bound is None and kind in ("at_least", "at_most") and not (end + length < len(doc) and number_at(doc, end + length, pack)):
            amount.bound = kind
            return


# -- what it counts -------------------------------------------------------------------------------


def _counted(doc: Doc, end: int, pack: LanguagePack) -> _Counted:
    """What the number counts, behind it."""
    for length in (2, 1):
        if end + length <= len(doc) and (unit := pack.closed["currency"].get(" ".join(t.text for t in doc[end : end + length]))):
            return _Counted(end + length, None, unit)
    at = end
    if at < len(doc) and doc[at].lower_ in pack.closed["number_of"]:
        at += 1
    elif at < len(doc) and doc[at].pos_ == "DET":
        return _Counted(end, None, None)
    while at < len(doc) and at < end + 4 and doc[at].pos_ in ("ADJ", "DET", "ADV") and doc[at].dep_ != "ROOT" and not doc[at].is_punct:
        if doc[at].pos_ == "ADJ" and (doc[at].lemma_.lower() in pack.figure_roles or _is_object_verb(doc[at], pack) or not _leads_to_noun(doc, at, end + 4)):
            break
        at += 1
    if at >= len(doc) or not (doc[at].pos_ in ("NOUN", "PROPN", "ADJ") or _is_object_verb(doc[at], pack)):
        return _Counted(end, None, None)
    last = at
    for token in doc[at + 1 : at + 5]:
        joins = token.lower_ in pack.closed["number_of"] and token.i + 1 < len(doc) and doc[token.i + 1].pos_ in ("NOUN", "PROPN")
        inside = (token.pos_ == "ADJ" and token.i == last + 1) or (token.pos_ in ("NOUN", "PROPN") and doc[token.i - 1].lower_ in pack.closed["number_of"])
        if not (joins or inside):
            break
        if inside:
            last = token.i
    return _Counted(last + 1, at, doc[at : last + 1].text)


def _leads_to_noun(doc: Doc, at: int, limit: int) -> bool:
    """Does a noun follow the adjectives ("quatre anciens ministres"), or does an adjective stand for the thing ("cinq civils")?"""
    return any(token.pos_ in ("NOUN", "PROPN") for token in doc[at + 1 : limit] if all(t.pos_ in ("ADJ", "NOUN", "PROPN") for t in doc[at + 1 : token.i]))


def _is_object_verb(token: Token, pack: LanguagePack) -> bool:
    """A participle that stands for those who suffered it ("cinq tués")."""
    return pack.figure_verbs.get(pack.lemma(token.lower_, "VERB"), ("", ""))[1] == "object" and token.pos_ in ("VERB", "ADJ")


def _is_figure(doc: Doc, amount: _Amount, counted: _Counted, pack: LanguagePack) -> bool:
    """Is it a count of things, people or money: no duration, hour or page, no number that counts nothing?"""
    if counted.noun is None:
        before = doc[amount.start - 1] if amount.start else None
        priced = counted.unit is not None or (before is not None and before.text in pack.closed["currency"])
        return priced or amount.approximate or amount.bound is not None or _stands_for_things(doc, amount)
    noun = doc[counted.noun]
    if {noun.lemma_.lower(), noun.lower_} & (pack.closed["uncounted"].keys() | pack.calendar["unit"].keys()):
        return False
    definite = amount.start > 0 and doc[amount.start - 1].lower_ in pack.closed["definite"]
    return not (definite and amount.value <= FEW and noun.lemma_.lower() in pack.closed["anaphor"])


def _stands_for_things(doc: Doc, amount: _Amount) -> bool:
    """A bare number counts only where a verb or a list needs its things; scores, hours and models stay out ("20H00")."""
    token = doc[amount.start]
    if token.dep_ not in _STANDS_FOR_THINGS or not token.text.isdecimal() or int(token.text) >= BARE_LIMIT or any(c.dep_ == "case" for c in token.children):
        return False
    return token.head.pos_ in ("VERB", "ADJ", "NUM") or token.dep_ == "conj"


def _is_label(doc: Doc, amount: _Amount, pack: LanguagePack) -> bool:
    """Is the number part of a name or a place in an order: "F – 16", "l'article 155", "les Boeing 737 et 777", "le 104 e anniversaire"?"""
    token = doc[amount.start]
    if amount.end < len(doc) and doc[amount.end].lower_ in pack.closed["ordinal_ending"]:
        return True
    if not token.text[:1].isdigit() or amount.start == 0:
        return False
    before = doc[amount.start - 1]
    if before.text in _DASHES and amount.start >= 2 and doc[amount.start - 2].text.isupper() and len(doc[amount.start - 2].text) <= 3:
        return True
    if before.lemma_.lower() in pack.closed["numbered"] or (before.text == ":" and not before.whitespace_):
        return True
    if before.pos_ in ("NOUN", "PROPN") and token.head.i == before.i and before.text not in pack.closed["currency"]:
        return not _opens_plural(doc, amount.end)
    # A list of labels: what the first is, the others are ("les Boeing 737 et 777").
    first = token.head
    if token.dep_ != "conj" or _opens_plural(doc, amount.end):
        return False
    number = first if in_digits(first.text) is not None else next((c for c in first.children if c.dep_ == "flat:name" and c.i == first.i + 1), None)
    name = doc[number.i - 1] if number is not None and number.i else None
    return name is not None and in_digits(doc[name.i + 1].text) is not None and name.pos_ in ("NOUN", "PROPN") and doc[name.i + 1].head.i == name.i


def _opens_plural(doc: Doc, at: int) -> bool:
    return at < len(doc) and doc[at].pos_ in ("NOUN", "ADJ") and "Plur" in doc[at].morph.get("Number", [])


# -- whose number it is ---------------------------------------------------------------------------


def _role(doc: Doc, noun: int | None, unit: str | None, pack: LanguagePack) -> str:
    """What the figure tells: by the verb that befalls those counted, else by the noun, or by an adjective beside it."""
    if noun is None or unit is None:
        return pack.figure_roles.get(unit or "", "other")
    words = list(doc[noun : noun + len(unit.split())])
    forms = (form for t in words for form in (t.lemma_.lower(), t.lower_, pack.lemma(t.lower_, "NOUN")))
    role = next((pack.figure_roles[form] for form in forms if form in pack.figure_roles), None)
    if role == "money":
        return role
    befallen = next((r for t in words[:1] if (r := _befallen(t, pack)) is not None), None)
    return befallen if befallen is not None and role != "weapons" else role or "other"


def _befallen(noun: Token, pack: LanguagePack) -> str | None:
    """The role that a verb gives to its object or subject: "tuer douze soldats", "douze soldats ont péri", "douze soldats tués"."""
    if _is_object_verb(noun, pack):
        return pack.figure_verbs[pack.lemma(noun.lower_, "VERB")][0]
    # A number at the head of a sentence may be taken for a name, and its noun for a part of it.
    holder = noun.head if noun.dep_ == "flat:name" else noun
    while holder.dep_ == "conj" and holder.head.pos_ in ("NOUN", "PROPN", "NUM"):
        holder = holder.head
    head = holder.head
    relation = holder.dep_
    if head.pos_ == "ADJ" and relation.startswith("nsubj"):
        return pack.figure_roles.get(head.lemma_.lower())
    role, whose = pack.figure_verbs.get(head.lemma_, ("", "")) if head.pos_ == "VERB" else ("", "")
    passive = relation == "nsubj:pass" or (relation == "nsubj" and any(c.dep_ == "aux:pass" for c in head.children))
    if role and ((whose == "object" and (relation == "obj" or passive)) or (whose == "subject" and relation.startswith("nsubj"))):
        return role
    for child in noun.children:
        role, whose = pack.figure_verbs.get(pack.lemma(child.lower_, "VERB"), ("", ""))
        if role and child.dep_ in ("acl", "amod") and "Past" in child.morph.get("Tense", ["Past"]):
            return role
    return None
