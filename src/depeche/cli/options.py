"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def told() -> Iterator[None]:
    """What is wrong with a record ends the command with one sentence and exit status 1."""
    from depeche.store.problems import RecordProblem

    try:
        yield
    except RecordProblem as problem:
        raise click.ClickException(str(problem)) from None
