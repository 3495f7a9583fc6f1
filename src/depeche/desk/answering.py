"""Running a question in a thread, and turning what goes wrong into a status and one sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import anyio.to_thread
from starlette.exceptions import HTTPException

from depeche.desk.problems import Refused
from depeche.store.problems import NotOnRecord, RecordProblem

T = TypeVar("T")


async def in_thread(call: Callable[..., T], *arguments: Any) -> T:
    """The result of a question to the record; where the person gave up waiting, so does the page."""
    return await anyio.to_thread.run_sync(partial(call, *arguments), abandon_on_cancel=True)


def status_of(problem: Exception) -> tuple[int, str]:
    """The HTTP status and the sentence of a problem."""
    if isinstance(problem, Refused):
        return problem.status, problem.sentence
    if isinstance(problem, NotOnRecord):
        return 404, _sentence(str(problem))
    if isinstance(problem, RecordProblem):
        return 503, _sentence(str(problem))
    if isinstance(problem, HTTPException):
        said = {404: "there is no such page", 405: "this address does not take such a request"}
        return problem.status_code, said.get(problem.status_code, problem.detail)
    return 500, "something went wrong at the desk; what it was is on the terminal from which it was opened"


def _sentence(words: str) -> str:
    return words if len(words) <= 500 else words[:500] + "…"
