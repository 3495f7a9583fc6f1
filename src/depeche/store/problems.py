"""What can be wrong with a record: one sentence for the person who meets it."""

from __future__ import annotations


class RecordProblem(Exception):
    """A record that cannot be opened, read or written; the message names it and says why. Nothing on it was changed."""


class NoRecord(RecordProblem):
    """There is no record where one was looked for."""


class NotOnRecord(RecordProblem):
    """The record is well, and holds nothing and nobody of that name or id."""
