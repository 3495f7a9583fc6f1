"""When: expressions of date in the text, each as a closed interval of days at the grain of the words.

What an expression means stands in the pack's `dates.tsv`; this module matches the patterns and computes. Relative expressions are resolved
against the article's date, the tense of their verb deciding between past and future, and stay open where there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc, Token

from depeche.language.pack import LanguagePack
from depeche.record import Span

Interval = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of date: its words, its tokens, and the interval it means (None where nothing resolves it)."""

    span: Span
    start: int
    end: int
    interval: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: the article's date, the date last named, and whether its verb looks forward."""

    base: date | None
    anchor: date | None
    forward: bool


def find_dates(doc: Doc, pack: LanguagePack, published: str | None) -> list[DateMention]:
    """Every expression of date in the order of the text, the longest at each place."""
    base = date.fromisoformat(published) if published else None
    patterns = _patterns(pack)
    found: list[DateMention] = []
    anchor: date | None = None
    at = 0
    while at < len(doc):
        match = _match(doc, at, patterns, pack)
        if match is None:
            at += 1
            continue
        end, reading, slots = match
        interval = _resolve(reading, slots, Context(base, anchor, _looks_forward(doc, at, end)), pack)
        last = doc[end - 1]
        span = Span(doc[at].idx, last.idx + len(last.text))
        found.append(DateMention(span, at, end, (interval[0].isoformat(), interval[1].isoformat()) if interval else None))
        if interval and interval[0] == interval[1]:
            anchor = interval[0]
        at = end
    return found


# -- matching -------------------------------------------------------------------------------------

Pattern = tuple[tuple[str, ...], str]
_SLOT = re.compile(r"\{(\w)\d?\}$")


@cache
def _patterns(pack: LanguagePack) -> dict[str, list[Pattern]]:
    """Patterns by their first element (a word or a slot's letter), longest first."""
    table: dict[str, list[Pattern]] = defaultdict(list)
    for row in pack.date_rows:
        elements = tuple(row["pattern"].split())
        first = _SLOT.match(elements[0])
        table[first.group(1) if first else elements[0]].append((elements, row["reading"]))
    for patterns in table.values():
        patterns.sort(key=lambda p: -len(p[0]))
    return dict(table)


def _match(doc: Doc, at: int, patterns: dict[str, list[Pattern]], pack: LanguagePack) -> tuple[int, str, dict[str, float]] | None:
    low = doc[at].lower_
    keys = [low] if low in patterns else []
    keys += _slot_letters(low, pack)
    best: tuple[int, str, dict[str, float]] | None = None
    for key in keys:
        for elements, reading in patterns.get(key, ()):
            if best is not None and len(elements) <= best[0] - at:
                break
            slots = _fill(doc, at, elements, pack)
            if slots is not None:
                best = (at + len(elements), reading, slots)
                break
    return best


def _slot_letters(word: str, pack: LanguagePack) -> list[str]:
    """Which slots a word could fill."""
    return [letter for letter in ("W", "D", "M", "Y", "N", "P", "S") if _slot_value(letter, word, pack) is not None]


def _fill(doc: Doc, at: int, elements: tuple[str, ...], pack: LanguagePack) -> dict[str, float] | None:
    if at + len(elements) > len(doc):
        return None
    slots: dict[str, float] = {}
    for offset, element in enumerate(elements):
        word = doc[at + offset].lower_
        if slot := _SLOT.match(element):
            value = _slot_value(slot.group(1), word, pack)
            if value is None:
                return None
            slots[element[1:-1]] = value
        elif word != element:
            return None
    return slots


def _slot_value(letter: str, word: str, pack: LanguagePack) -> float | None:
    """The value of a word in a slot, None where it does not fit. Units and parts are told by their place in the pack's list."""
    calendar = pack.calendar
    if letter == "D":
        digits = word.removesuffix("er")
        return float(digits) if digits.isdigit() and 1 <= int(digits) <= 31 else None
    if letter == "Y":
        return float(word) if word.isdigit() and len(word) == 4 and 1000 <= int(word) <= 2100 else None
    if letter == "M":
        return float(calendar["month"][word]) if word in calendar["month"] else None
    if letter == "W":
        return float(calendar["weekday"][word]) if word in calendar["weekday"] else None
    if letter == "N":
        if word.isdigit() and len(word) < 4:
            return float(word)
        return pack.numbers[word][0] if word in pack.numbers else None
    listed = {"U": "unit", "S": "season", "P": "part"}[letter]
    return float(list(calendar[listed]).index(word)) if word in calendar[listed] else None


def _looks_forward(doc: Doc, start: int, end: int) -> bool:
    """Does the verb that the expression hangs on look forward (future, or "doit", "prévoit de" with an infinitive)?"""
    token: Token = doc[start:end].root
    for _ in range(8):
        if token.head is token:
            break
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            break
    group = [token, *(c for c in token.children if c.dep_.startswith(("aux", "cop")))]
    if any("Fut" in t.morph.get("Tense") for t in group):
        return True
    if "Inf" in token.morph.get("VerbForm") and not any(c.dep_ == "aux:tense" for c in token.children):
        governor = token.head
        return governor is not token and governor.pos_ == "VERB" and ("Pres" in governor.morph.get("Tense") or "Fut" in governor.morph.get("Tense"))
    return False


# -- computing ------------------------------------------------------------------------------------


def _resolve(reading: str, slots: dict[str, float], context: Context, pack: LanguagePack) -> Interval | None:
    name, _, told = reading.partition(" ")
    numbers = {slot: int(value) for slot, value in slots.items()}
    try:
        return _READINGS[name](numbers, told, context, pack)
    except ValueError:  # a day that the month has not
        return None


def last_of_month(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _shift_months(day: date, months: int) -> tuple[int, int]:
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def _year_for(month: int, day: int, told: str, context: Context) -> int | None:
    """The year of a day or month without one: the nearest before the base, or behind it where the words or the verb look forward."""
    base = context.base
    if base is None:
        return None
    here = (month, day)
    if told == "next" or (context.forward and told != "last"):
        return base.year if here >= (base.month, base.day) else base.year + 1
    if told == "last":
        return base.year if here < (base.month, base.day) else base.year - 1
    # A day a little ahead of publication in a present or past tense is of this year ("la réunion du 24 juin").
    return base.year if here <= (base.month, base.day) or 0 < (date(base.year, month, min(day, 28)) - base).days <= 20 else base.year - 1


def _day(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    year = s.get("Y") or _year_for(s["M"], s["D"], told, context)
    if year is None:
        return None
    day = date(year, s["M"], s["D"])
    return day, day


def _days(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    year = s.get("Y") or _year_for(s["M"], s["D"], told, context)
    return (date(year, s["M"], s["D"]), date(year, s["M"], s["D2"])) if year else None


def _weekday(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    base = context.base
    if base is None:
        return None
    ahead = (s["W"] - base.weekday()) % 7
    if told == "next":
        day = base + timedelta(days=ahead or 7)
    elif told == "week":
        day = base + timedelta(days=ahead + 7)
    elif context.forward:
        day = base + timedelta(days=ahead)
    else:
        day = base - timedelta(days=-ahead % 7 or (7 if told == "last" else 0))
    return day, day


def _night(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    second = _weekday({"W": s["W2"]}, told, context, pack)
    return (second[0] - timedelta(days=1), second[0]) if second else None


def _offset(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    if context.base is None:
        return None
    day = context.base + timedelta(days=int(told))
    return day, day


def _anchor(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    if context.anchor is None:
        return None
    day = context.anchor + timedelta(days=int(told))
    return day, day


def _month(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    year = s.get("Y") or _year_for(s["M"], 1, told, context)
    return (date(year, s["M"], 1), last_of_month(year, s["M"])) if year else None


def _months(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    return date(s["Y"] - (s["M"] > s["M2"]), s["M"], 1), last_of_month(s["Y"], s["M2"])


def _part_month(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    whole = _month(s, told, context, pack)
    if whole is None:
        return None
    part = list(pack.calendar["part"].values())[s["P"]]
    first, last = whole
    thirds = {"early": (first, first.replace(day=10)), "middle": (first.replace(day=11), first.replace(day=20)), "late": (first.replace(day=21), last)}
    return thirds.get(part, whole)


def _part_this_month(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    return _part_month({**s, "M": context.base.month, "Y": context.base.year}, told, context, pack) if context.base else None


def _part_year(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    part = list(pack.calendar["part"].values())[s["P"]]
    months = {"early": (1, 4), "middle": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return date(s["Y"], months[0], 1), last_of_month(s["Y"], months[1])


def _year(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    return date(s["Y"], 1, 1), date(s["Y"], 12, 31)


def _years(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    return (date(s["Y"], 1, 1), date(s["Y2"], 12, 31)) if s["Y"] <= s["Y2"] else None


def _since(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    reading = _day if "D" in s else _weekday if "W" in s else _month if "M" in s else _year
    first = reading(s, told, context, pack)
    return (first[0], context.base) if first and context.base and first[0] <= context.base else None


def _grain(first: date, unit: str, count: int) -> Interval:
    """The day, month or year that lies so many units away: as fine as the unit."""
    size, _, of = unit.partition(" ")
    if of == "day":
        day = first + timedelta(days=int(size) * count)
        return day, day
    year, month = _shift_months(first, int(size) * count)
    if int(size) % 12 == 0:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), last_of_month(year, month)


def _ago(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    unit = list(pack.calendar["unit"].values())[s["U"]]
    return _grain(context.base, unit, -s["N"]) if context.base else None


def _hence(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    unit = list(pack.calendar["unit"].values())[s["U"]]
    return _grain(context.base, unit, s["N"]) if context.base else None


def _within(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    limit = _hence(s, told, context, pack)
    return (context.base, limit[1]) if limit and context.base else None


def _week(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    if context.base is None:
        return None
    monday = context.base - timedelta(days=context.base.weekday()) + timedelta(days=7 * int(told))
    return monday, monday + timedelta(days=6)


def _months_off(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    if context.base is None:
        return None
    year, month = _shift_months(context.base, int(told))
    return date(year, month, 1), last_of_month(year, month)


def _years_off(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    return _year({"Y": context.base.year + int(told)}, told, context, pack) if context.base else None


def _season(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    if context.base is None and "Y" not in s:
        return None
    first, last = list(pack.calendar["season"].values())[s["S"]].split()
    year = s.get("Y") or (context.base.year if context.base else 0)

    def of(year: int) -> Interval:
        return date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year + (last < first)}-{last}")

    interval = of(year)
    if told == "-1" and context.base and interval[1] >= context.base:
        interval = of(year - 1)
    return interval


def _half(s: dict[str, int], told: str, context: Context, pack: LanguagePack) -> Interval | None:
    year = s.get("Y")
    if year is None:
        if context.base is None:
            return None
        year = context.base.year - (told == "2" and context.base.month < 7 and not context.forward)
    return (date(year, 1, 1), date(year, 6, 30)) if told == "1" else (date(year, 7, 1), date(year, 12, 31))


_READINGS: dict[str, Callable[[dict[str, int], str, Context, LanguagePack], Interval | None]] = {
    "day": _day,
    "days": _days,
    "weekday": _weekday,
    "night": _night,
    "offset": _offset,
    "anchor": _anchor,
    "month": _month,
    "months": _months,
    "part_month": _part_month,
    "part_this_month": _part_this_month,
    "part_year": _part_year,
    "year": _year,
    "years": _years,
    "since": _since,
    "ago": _ago,
    "hence": _hence,
    "within": _within,
    "week": _week,
    "months_off": _months_off,
    "years_off": _years_off,
    "season": _season,
    "half": _half,
}
