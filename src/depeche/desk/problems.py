"""What the desk cannot do, in one sentence and with the status that goes with it."""

from __future__ import annotations


class DeskProblem(ValueError):
    """The desk cannot be opened as asked; the message says why."""


class Refused(Exception):
    """A request that gets no answer; `sentence` is for the person who made it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
