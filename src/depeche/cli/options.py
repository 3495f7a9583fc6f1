"""Options that several commands share."""

from __future__ import annotations

import click


class IsoDate(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from datetime import date

        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day written as YYYY-MM-DD", param, ctx)
