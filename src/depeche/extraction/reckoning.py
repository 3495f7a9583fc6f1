"""Reckoning with dates: what lies so long ago, since or until when, between which dates, or so long after the date last named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from depeche.extraction.calendar import READINGS, SHORT, Context, Interval, Slots, day_of, days, month_of, year_of


@dataclass(frozen=True, slots=True)
class Expression:
    """A matched expression: its reading, the values of its slots, and by slot the expressions inside it ("depuis | mardi")."""

    reading: str
    slots: Slots
    inner: dict[str, Expression]


def resolve(expression: Expression, context: Context) -> Interval | None:
    """The days that an expression means; None where nothing resolves it, or where no such day exists."""
    name, _, told = expression.reading.partition(" ")
    try:
        if name in READINGS:
            return READINGS[name](expression.slots, told, context)
        return RECKONINGS[name](expression, told, context)
    except (ValueError, OverflowError):  # a day that the month has not, a year out of the calendar
        return None


def _open(expression: Expression, told: str, context: Context) -> Interval | None:
    """A date that only the world could tell ("la veille du scrutin")."""
    return None


# -- so long from the base ------------------------------------------------------------------------


def _away(expression: Expression, base: date, sign: int) -> Interval:
    """The day, month or year that lies so many units away: as fine as the unit."""
    size, _, kind = expression.slots["U"].partition(" ")
    count = sign * int(size) * int(expression.slots["N"])
    if kind == "day":
        return day_of(base + days(count))
    month = month_of(base.year, base.month + count)
    return year_of(month[0].year) if int(size) % 12 == 0 else month


def _ago(expression: Expression, told: str, context: Context) -> Interval | None:
    return _away(expression, context.base, -1) if context.base else None


def _hence(expression: Expression, told: str, context: Context) -> Interval | None:
    return _away(expression, context.base, 1) if context.base else None


def _past(expression: Expression, told: str, context: Context) -> Interval | None:
    """The time from so long ago to now ("depuis trois mois")."""
    return (_away(expression, context.base, -1)[0], context.base) if context.base else None


def _within(expression: Expression, told: str, context: Context) -> Interval | None:
    """The time from now to so long hence ("d'ici trois mois")."""
    return (context.base, _away(expression, context.base, 1)[1]) if context.base else None


# -- about another date ---------------------------------------------------------------------------


def _named(expression: Expression) -> Expression:
    """The date inside an expression; a bare month or year is one only there ("depuis avril")."""
    return expression.inner.get("X") or Expression("month" if "M" in expression.slots else "year", expression.slots, {})


def _since(expression: Expression, told: str, context: Context) -> Interval | None:
    first = resolve(_named(expression), replace(context, look="behind"))
    return (first[0], context.base) if first and context.base and first[0] <= context.base else None


def _until(expression: Expression, told: str, context: Context) -> Interval | None:
    """From now to a date to come; of a date gone by ("la trêve a tenu jusqu'à lundi") only that date is known."""
    last = resolve(_named(expression), replace(context, look="behind" if context.look == "behind" else "ahead"))
    if last is None or context.base is None or last[1] < context.base:
        return None if told == "before" else last
    return context.base, last[1]


def _before(expression: Expression, told: str, context: Context) -> Interval | None:
    """From now to a date to come; before a date gone by is no time that could be told."""
    return _until(expression, "before", context)


def _by(expression: Expression, told: str, context: Context) -> Interval | None:
    """A term always lies ahead ("d'ici vendredi")."""
    return _before(expression, told, replace(context, look="ahead"))


def _from(expression: Expression, told: str, context: Context) -> Interval | None:
    """The date from which something is to hold ("dès lundi"): ahead, unless the verb is past."""
    return resolve(_named(expression), replace(context, look="behind" if context.look == "behind" else "ahead"))


def _range(expression: Expression, told: str, context: Context) -> Interval | None:
    """From one date to another. What the first leaves out it has from the second ("du 30 décembre au 2 janvier 2024")."""
    last = resolve(expression.inner["X2"], context)
    if last is None:
        return None
    first = resolve(_named(expression), Context(last[1], None, "behind"))
    return (first[0], last[1]) if first and first[0] <= last[1] else None


def _beside(expression: Expression, told: str, context: Context) -> Interval | None:
    """Days before or after another date ("la veille du 3 mai")."""
    other = resolve(_named(expression), context)
    return _shift(other, int(told)) if other else None


# -- about the date last named --------------------------------------------------------------------


def _shift(anchor: Interval, count: int) -> Interval | None:
    if (anchor[1] - anchor[0]).days >= SHORT:
        return None
    return anchor if count == 0 else day_of((anchor[1] if count > 0 else anchor[0]) + days(count))


def _anchor(expression: Expression, told: str, context: Context) -> Interval | None:
    """Days from the date last named ("la veille")."""
    return _shift(context.anchor, int(told)) if context.anchor else None


def _anchor_week(expression: Expression, told: str, context: Context) -> Interval | None:
    if context.anchor is None or (context.anchor[1] - context.anchor[0]).days >= SHORT:
        return None
    monday = context.anchor[0] - days(context.anchor[0].weekday()) + days(7 * int(told))
    return monday, monday + days(6)


def _anchor_month(expression: Expression, told: str, context: Context) -> Interval | None:
    if context.anchor is None or (context.anchor[1] - context.anchor[0]).days > 31:
        return None
    return month_of(context.anchor[0].year, context.anchor[0].month + int(told))


def _anchor_year(expression: Expression, told: str, context: Context) -> Interval | None:
    if context.anchor is None or context.anchor[0].year != context.anchor[1].year:
        return None
    return year_of(context.anchor[0].year + int(told))


def _anchor_away(expression: Expression, told: str, context: Context) -> Interval | None:
    """So many units before or after the date last named: never finer than the unit allows, never finer than that date."""
    anchor = context.anchor
    if anchor is None:
        return None
    size, _, kind = expression.slots["U"].partition(" ")
    count = int(told) * int(size) * int(expression.slots["N"])
    if kind == "day":
        return _shift(anchor, count)
    if anchor[0].year != anchor[1].year:
        return None
    if (anchor[1] - anchor[0]).days <= 31:
        return month_of(anchor[0].year, anchor[0].month + count)
    return year_of(anchor[0].year + count // 12) if count % 12 == 0 else None


RECKONINGS: dict[str, Callable[[Expression, str, Context], Interval | None]] = {
    "open": _open,
    "ago": _ago,
    "hence": _hence,
    "past": _past,
    "within": _within,
    "since": _since,
    "until": _until,
    "before": _before,
    "by": _by,
    "from": _from,
    "range": _range,
    "beside": _beside,
    "anchor": _anchor,
    "anchor_week": _anchor_week,
    "anchor_month": _anchor_month,
    "anchor_year": _anchor_year,
    "anchor_away": _anchor_away,
}
