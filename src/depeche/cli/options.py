"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class IsoDate(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from datetime import date

        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day written as YYYY-MM-DD", param, ctx)


def record_option(about: str, name: str = "record") -> Callable[[F], F]:
    """The option that names the record a command works on, handed on as `name`."""
    return click.option("--record", name, default="depeche.sqlite", show_default=True, metavar="FILE", help=about)


@contextmanager
def told() -> Iterator[None]:
    """What is wrong with a record ends the command with one sentence and exit status 1."""
    from depeche.store.problems import RecordProblem

    try:
        yield
    except RecordProblem as problem:
        raise click.ClickException(str(problem)) from None
