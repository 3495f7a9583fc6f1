"""The calendar: days, weeks, months, seasons, years and feasts as closed intervals of days, at the grain of the words that name them.

A reading is a name with what it needs to be told ("offset -1"); which expression has which reading stands in the pack's `dates.tsv`. Nothing
is guessed: what is relative and has nothing to be resolved against stays open (None). A day that does not exist raises `ValueError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

Interval = tuple[date, date]
# Values of the slots of a pattern, by slot ("D", "M2"), as the pack's calendar writes them ("1 month", "06-21 09-22").
Slots = dict[str, str]

# Without a tense, a day so little ahead is meant ("la réunion du 24 juin", read on the 20th); further ahead it is last year's.
NEAR_DAYS = 20
NEAR_MONTHS = 62
# "La veille" needs an anchor that is a day or a few: of "en 2019" there is no eve.
SHORT = 7


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: the article's date, the date last named, and where its verb looks: ahead, behind, around."""

    base: date | None
    anchor: Interval | None
    look: str


def days(count: int) -> timedelta:
    return timedelta(days=count)


def month_of(year: int, month: int) -> Interval:
    """A whole month; months beyond December or before January count on into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - days(1)


def year_of(year: int) -> Interval:
    return date(year, 1, 1), date(year, 12, 31)


def day_of(day: date) -> Interval:
    return day, day


def _choose(in_year: Callable[[int], Interval], s: Slots, told: str, context: Context, near: int) -> Interval | None:
    """What recurs every year, in the year that is named or told (-1: last year), else where the words, the tense and the base point."""
    if "Y" in s:
        return in_year(int(s["Y"]))
    if context.base is None:
        return None
    year = context.base.year
    if told.lstrip("-").isdecimal():
        return in_year(year + int(told))
    return pick(_existing(in_year, range(year - 4, year + 5)), told, context, near)


def _existing(make: Callable[[int], Interval], numbers: range) -> Iterator[Interval]:
    for number in numbers:
        try:
            yield make(number)
        except ValueError:  # 29 February
            continue


def pick(intervals: Iterator[Interval], told: str, context: Context, near: int) -> Interval | None:
    """Of intervals in their order: the last or next one where the words say so, else by where the verb looks."""
    base = context.base
    if base is None:
        return None
    every = list(intervals)
    if told == "next":
        return next((i for i in every if i[0] > base), None)
    if told == "last":
        return next((i for i in reversed(every) if i[1] < base), None)
    if context.look == "ahead":
        return next((i for i in every if i[1] >= base), None)
    if told == "near":
        return min(every, key=lambda i: max((i[0] - base).days, (base - i[1]).days))
    horizon = base + days(near if context.look == "around" else 0)
    return next((i for i in reversed(every) if i[0] <= horizon), None)


# -- days -----------------------------------------------------------------------------------------


def _day(s: Slots, told: str, context: Context) -> Interval | None:
    """A day of a month. A weekday beside it corrects the year that was guessed."""
    chosen = _choose(lambda year: day_of(date(year, int(s["M"]), int(s["D"]))), s, told, context, NEAR_DAYS)
    if chosen and "W" in s and "Y" not in s and chosen[0].weekday() != int(s["W"]):
        for other in _existing(lambda year: day_of(date(year, int(s["M"]), int(s["D"]))), range(chosen[0].year - 1, chosen[0].year + 2)):
            if other[0].weekday() == int(s["W"]):
                return other
    return chosen


def _day_range(s: Slots, told: str, context: Context) -> Interval | None:
    """Two days of one month."""
    first, last = (s["D"], s["D2"]) if "D" in s else s["E"].split()
    return _choose(lambda year: (date(year, int(s["M"]), int(first)), date(year, int(s["M"]), int(last))), s, told, context, NEAR_DAYS)


def _weekday(s: Slots, told: str, context: Context) -> Interval | None:
    base = context.base
    if base is None:
        return None
    ahead = (int(s["W"]) - base.weekday()) % 7
    if told == "week":
        return day_of(base + days(ahead + 7))
    return pick((day_of(base + days(ahead + 7 * week)) for week in range(-2, 3)), told, context, 0)


def _weekdays(s: Slots, told: str, context: Context) -> Interval | None:
    """From one weekday to another: the second is resolved, the first lies before it."""
    second = _weekday({"W": s["W2"]}, told, context)
    return (second[0] - days((int(s["W2"]) - int(s["W"])) % 7), second[0]) if second else None


def _weekday_of_month(s: Slots, told: str, context: Context) -> Interval | None:
    """A weekday and a number ("mardi 18"): the nearest month in which they agree."""
    base = context.base
    if base is None:
        return None

    def in_month(offset: int) -> Interval:
        return day_of(month_of(base.year, base.month + offset)[0].replace(day=int(s["J"])))

    return pick((day for day in _existing(in_month, range(-12, 13)) if day[0].weekday() == int(s["W"])), told, context, NEAR_DAYS)


def _written(s: Slots, told: str, context: Context) -> Interval | None:
    """A date in figures: "2024-06-19", "19.06.2024", "19/06/2024"."""
    return day_of(date.fromisoformat(s["I"]) if "I" in s else date(int(s["Y"]), int(s["N"]), int(s["D"])))


def _offset(s: Slots, told: str, context: Context) -> Interval | None:
    """Days from the base: one number, or first and last."""
    first, *last = (int(number) for number in told.split())
    return (context.base + days(first), context.base + days(last[0] if last else first)) if context.base else None


def _night(s: Slots, told: str, context: Context) -> Interval | None:
    """The night that is meant: the coming one where the verb looks ahead, else the last."""
    return _offset(s, "0 1" if context.look == "ahead" else "-1 0", context)


def _week(s: Slots, told: str, context: Context) -> Interval | None:
    """A week from the base's: its number, then the days of it where only a part is meant ("-1 5 6": last week-end)."""
    if context.base is None:
        return None
    weeks, *within = (int(number) for number in told.split())
    monday = context.base - days(context.base.weekday()) + days(7 * weeks)
    return monday + days(within[0] if within else 0), monday + days(within[1] if within else 6)


def _weekend(s: Slots, told: str, context: Context) -> Interval | None:
    """Saturday and Sunday: the last or next, or by where the verb looks."""
    base = context.base
    if base is None:
        return None
    saturday = base + days(5 - base.weekday())
    return pick(((saturday + days(7 * week), saturday + days(7 * week + 1)) for week in range(-2, 3)), told, context, SHORT)


# -- months, seasons, years -----------------------------------------------------------------------


def _part(whole: Interval, part: str) -> Interval:
    """The third of a month or year that a part names; the whole where it names none."""
    first, last = whole
    if (last - first).days < 31:
        thirds = {"early": (first, first.replace(day=10)), "middle": (first.replace(day=11), first.replace(day=20)), "late": (first.replace(day=21), last)}
        return thirds.get(part, whole)
    months = {"early": (1, 4), "middle": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return month_of(first.year, months[0])[0], month_of(first.year, months[1])[1]


def _month(s: Slots, told: str, context: Context) -> Interval | None:
    part, month = s["H"].split() if "H" in s else (s.get("P", ""), s["M"])
    whole = _choose(lambda year: month_of(year, int(month)), s, told, context, NEAR_MONTHS)
    return _part(whole, part) if whole else None


def _month_range(s: Slots, told: str, context: Context) -> Interval | None:
    """From one month to another, over the turn of the year where the first is the later."""
    first, last = int(s["M"]), int(s["M2"])
    return _choose(lambda year: (month_of(year - (first > last), first)[0], month_of(year, last)[1]), s, told, context, NEAR_MONTHS)


def _month_from(s: Slots, told: str, context: Context) -> Interval | None:
    if context.base is None:
        return None
    whole = month_of(context.base.year, context.base.month + int(told))
    return _part(whole, s.get("P", ""))


def _recurring(s: Slots, told: str, context: Context) -> Interval | None:
    """A season, half or quarter of a year: its first and last day, in the slot or told ("01-01 06-30 last")."""
    first, last, *which = [*s.get("S", "").split(), *told.split()]

    def in_year(year: int) -> Interval:
        return date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year + (last < first)}-{last}")

    return _choose(in_year, s, which[0] if which else "", context, NEAR_MONTHS)


def _year(s: Slots, told: str, context: Context) -> Interval | None:
    part, year = s["G"].split() if "G" in s else (s.get("P", ""), s["Y"])
    return _part(year_of(int(year)), part)


def _year_from(s: Slots, told: str, context: Context) -> Interval | None:
    return _part(year_of(context.base.year + int(told)), s.get("P", "")) if context.base else None


def _year_range(s: Slots, told: str, context: Context) -> Interval | None:
    first, last = s["R"].split() if "R" in s else (s["Y"], s["Y2"])
    return (date(int(first), 1, 1), date(int(last), 12, 31)) if first <= last else None


def _decade(s: Slots, told: str, context: Context) -> Interval | None:
    """Ten years, or the part of them that is meant; two digits are of the twentieth century ("les années 90")."""
    first = int(s["Y"]) if "Y" in s else 1900 + int(s["K"])
    if first % 10:
        return None
    begin, end = {"early": (0, 3), "middle": (4, 6), "late": (7, 9)}.get(s.get("P", ""), (0, 9))
    return date(first + begin, 1, 1), date(first + end, 12, 31)


def _century(s: Slots, told: str, context: Context) -> Interval | None:
    if named := s.get("C", s.get("B")):
        number = int(named)
    elif context.base is not None:
        number = (context.base.year - 1) // 100 + 1 + int(told)
    else:
        return None
    return date(number * 100 - 99, 1, 1), date(number * 100, 12, 31)


def _feast(s: Slots, told: str, context: Context) -> Interval | None:
    """A feast on a fixed day ("12-25") or so many days from Easter ("easter +39"), and days about it ("12-25 -1": the eve)."""
    kind, *numbers = told.split()

    def in_year(year: int) -> Interval:
        day = _easter(year) if kind == "easter" else date.fromisoformat(f"{year}-{kind}")
        return day_of(day + days(sum(int(n) for n in numbers)))

    return _choose(in_year, s, "", context, NEAR_MONTHS)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


Reading = Callable[[Slots, str, Context], Interval | None]
READINGS: dict[str, Reading] = {
    "day": _day,
    "day_range": _day_range,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "weekday_of_month": _weekday_of_month,
    "written": _written,
    "offset": _offset,
    "night": _night,
    "week": _week,
    "weekend": _weekend,
    "month": _month,
    "month_from": _month_from,
    "month_range": _month_range,
    "recurring": _recurring,
    "year": _year,
    "year_from": _year_from,
    "year_range": _year_range,
    "decade": _decade,
    "century": _century,
    "feast": _feast,
}
