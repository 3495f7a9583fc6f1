"""How many: quantities of people, things and money, with what they count and how exact they are.

French numbers are read as written: "7 000", "6.500", "3,2 milliards", "une trentaine", "entre 60 et 90", "au moins 28". Dates, ages and
ordinals are no figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.dates import DateMention
from depeche.language.pack import LanguagePack
from depeche.record import Span

_DIGITS = re.compile(r"\d{1,3}(?:[.\u00a0 ]\d{3})+(?:,\d+)?$|\d+(?:,\d+)?$|\d+(?:\.\d{1,2})?$")
_THOUSANDS = re.compile(r"\d{3}$")
# A numeral longer than this is no quantity but a number plate, an account or noise.
MAX_DIGITS = 15


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


def find_figures(doc: Doc, dates: list[DateMention], named: set[int], pack: LanguagePack) -> list[Quantity]:
    """Every quantity in the order of the text. `named`: tokens inside names ("RTL 2", "F-16"), which count nothing."""
    dated = {i for d in dates for i in range(d.start, d.end)}
    found = []
    at = 0
    while at < len(doc):
        number = None if at in dated or at in named else _number(doc, at, dated, pack)
        if number is None:
            at += 1
            continue
        end, value, about = number
        quantity = _quantity(doc, at, end, value, about, dated, pack)
        if quantity is not None:
            found.append(quantity)
            end = max(end, quantity.end)
        at = end
    return found


def _plain(word: str) -> float | None:
    """The value of a numeral in digits, None where the word is none."""
    if not word[:1].isdigit() or len(word) > MAX_DIGITS or not _DIGITS.match(word):
        return None
    if re.match(r"\d{1,3}(?:[. ]\d{3})+", word):
        word = word.replace(".", "").replace(" ", "")
    return float(word.replace(",", "."))


def _number(doc: Doc, at: int, dated: set[int], pack: LanguagePack) -> tuple[int, float, bool] | None:
    """The number that begins at a token: (end, value, approximate by its own words)."""
    total: float | None = None
    group = 0.0
    about = False
    i = at
    while i < len(doc) and i not in dated:
        word = doc[i].lower_
        value = _plain(word)
        if value is not None:
            if i > at and not (_THOUSANDS.match(word) and doc[i - 1].text.isdigit() and len(doc[i - 1].text) <= 3 and doc[i - 1].whitespace_):
                break
            group = group * 1000 + value if i > at else value
            total = total or 0.0
        elif (entry := pack.numbers.get(word)) is not None:
            size, kind = entry
            article = word in pack.closed["indefinite"]
            if kind == "unit":
                if article and not (i + 1 < len(doc) and pack.numbers.get(doc[i + 1].lower_, (0, ""))[1] in ("about", "scale", "hundred")):
                    break
                group = size if article else group + size
            elif kind in ("hundred", "score"):
                group = (group or 1) * size
            elif kind == "about":
                group, about = (group or 1) * size, True
            elif kind == "vague":
                if i > at:
                    break
                group, about = size, True
            else:
                total, group = (total or 0.0) + (group or 1) * size, 0.0
            total = total or 0.0
        elif i > at and word in ("et", "-") and i + 1 < len(doc) and pack.numbers.get(doc[i + 1].lower_, (0, ""))[1] == "unit" and pack.numbers.get(doc[i - 1].lower_, (0, ""))[1] == "unit":
            pass
        elif i > at and word in ("de", "d'") and about and i + 1 < len(doc) and pack.numbers.get(doc[i + 1].lower_, (0, ""))[1] == "scale":
            pass
        else:
            break
        i += 1
    if total is None or i == at or (i == at + 1 and doc[at].lower_ in pack.closed["indefinite"]):
        return None
    return i, total + group, about


def _quantity(doc: Doc, start: int, end: int, value: float, about: bool, dated: set[int], pack: LanguagePack) -> Quantity | None:
    first, bound, approximate = _bound_before(doc, start, pack)
    upper = None
    if end + 1 < len(doc) and doc[end].lower_ in pack.closed["range"] and (second := _number(doc, end + 1, dated, pack)) is not None:
        low, high = value, second[1]
        if low < high and (doc[end].lower_ == "à" or doc[start - 1].lower_ == "entre"):
            scale = high / 1e6 if high >= 1e6 and low < 1000 else 1
            value, upper, end = low * (1e6 * (10 ** (len(str(int(scale))) // 4 * 3)) if scale > 1 else 1), high, second[0]
            approximate = approximate or second[2]
    noun_end, noun, unit = _unit(doc, end, pack)
    if unit is None and noun is None and bound is None and not about and _stands_alone(doc, start, end):
        return None
    lemma = doc[noun].lemma_.lower() if noun is not None else unit or ""
    if noun is not None and (lemma in pack.closed["uncounted"] or (value <= 6 and lemma in pack.closed["anaphor"])):
        return None
    span = Span(doc[first].idx, doc[noun_end - 1].idx + len(doc[noun_end - 1].text))
    return Quantity(span, first, noun_end, noun, value, upper, approximate or about or bound is not None, bound, unit, _role(doc, noun, lemma, unit, pack))


def _bound_before(doc: Doc, start: int, pack: LanguagePack) -> tuple[int, str | None, bool]:
    """The words before a number that bound it or make it approximate: (first token, at_least | at_most | None, approximate)."""
    for length in (3, 2, 1):
        if start - length >= 0:
            words = " ".join(t.lower_ for t in doc[start - length : start])
            kind = pack.closed["bound"].get(words)
            if kind is not None:
                return start - length, kind if kind != "about" else None, True
    return start, None, False


def _unit(doc: Doc, end: int, pack: LanguagePack) -> tuple[int, int | None, str | None]:
    """What the number counts, behind it: (end, the noun's token, its words with what belongs to them)."""
    if end < len(doc) and doc[end].text in pack.closed["currency"]:
        return end + 1, None, pack.closed["currency"][doc[end].text]
    at = end
    if at < len(doc) and doc[at].lower_ in ("de", "d'"):
        at += 1
    while at < len(doc) and at < end + 4 and doc[at].pos_ in ("ADJ", "DET", "ADV") and doc[at].dep_ != "ROOT" and not doc[at].is_punct:
        if doc[at].pos_ == "ADJ" and doc[at].lemma_.lower() in pack.figure_roles:
            break
        at += 1
    if at >= len(doc) or doc[at].pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or (doc[at].pos_ == "VERB" and doc[at].lemma_ not in ("tuer", "blesser")):
        return end, None, None
    noun = at
    last = noun
    for token in doc[noun + 1 : noun + 5]:
        joins = token.lower_ in ("de", "d'") and token.i + 1 < len(doc) and doc[token.i + 1].pos_ in ("NOUN", "PROPN")
        inside = (token.pos_ == "ADJ" and token.i == last + 1) or (token.pos_ in ("NOUN", "PROPN") and doc[token.i - 1].lower_ in ("de", "d'"))
        if not (joins or inside):
            break
        if inside:
            last = token.i
    return last + 1, noun, doc[noun : last + 1].text


def _stands_alone(doc: Doc, start: int, end: int) -> bool:
    """A bare numeral that counts nothing: a score, an hour, a model ("F – 16", "20H00"); a list of quantities leans on its neighbour."""
    token: Token = doc[start]
    return not (token.dep_ in ("obj", "nsubj", "nsubj:pass", "conj", "obl:arg") and end < len(doc) and doc[start].text.isdigit() and int(doc[start].text) < 1900)


def _role(doc: Doc, noun: int | None, lemma: str, unit: str | None, pack: LanguagePack) -> str:
    if noun is None:
        return pack.figure_roles.get(unit or "", "other")
    words = (doc[noun : noun + 4] if unit else doc[noun : noun + 1])
    for token in words:
        if (role := pack.figure_roles.get(token.lemma_.lower()) or pack.figure_roles.get(token.lower_)) is not None and token.i < noun + len((unit or "").split()):
            verb = token.head
            if role != "money" and verb.pos_ == "VERB" and verb.lemma_ in ("tuer", "blesser", "arrêter"):
                return {"tuer": "dead", "blesser": "wounded", "arrêter": "arrested"}[verb.lemma_]
            return role
    verb = doc[noun].head
    return {"tuer": "dead", "périr": "dead", "mourir": "dead", "blesser": "wounded", "arrêter": "arrested"}.get(verb.lemma_, "other") if verb.pos_ == "VERB" else "other"
