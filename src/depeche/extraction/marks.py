"""Quotation marks: which words of a text stand between them.

« », “ ”, „ ”, " " and ‘ ’; a quotation left open runs to the end of its paragraph, and one that goes on over paragraphs may open each with a mark
and close only the last. Quotations inside quotations belong to the outer one. One pass over the characters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

_OPEN = frozenset("«“„‹")
# A closing mark and the marks that it may close.
_CLOSE = {"»": "«", "”": "“„", "›": "‹"}
_STRAIGHT = '"'
_SINGLE = "‘"
_BLANKS = " \t\n\u00a0\u202f\u2009"
# How far ahead the next paragraph is looked for.
_AHEAD = 200


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters between two marks, the marks and the blanks inside them left out; `outer` takes the marks in; `closed`: a mark ends it."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True


def find_marked(text: str) -> list[Marked]:
    """Every quotation in marks that is not inside another, in the order of the text."""
    scan = _Scan(text)
    for at, char in enumerate(text):
        scan.step(at, char)
    scan.close_all(len(text))
    return scan.found


class _Scan:
    """One pass: the marks open so far, and how many of each, so that no step looks back through them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Marked] = []
        self.stack: list[tuple[str, int]] = []  # (mark that opened, its place)
        self.open: Counter[str] = Counter()
        self.line_blank = True  # nothing but blanks since the line began

    def step(self, at: int, char: str) -> None:
        if char == "\n":
            # Straight and single quotation marks do not outlive their line; « may go on in the next paragraph, which then opens with « too.
            if self.stack and not self._goes_on(at):
                self.close_all(at)
            self.line_blank = True
            return
        if char in _OPEN:
            if self.stack and self.stack[0][0] == char and self.line_blank:
                self.close_all(at)
            self._push(char, at)
        elif char in _CLOSE:
            self._close_to(_CLOSE[char], at)
        elif char == _STRAIGHT:
            if self.open[char]:
                self._close_to(char, at)
            else:
                self._push(char, at)
        elif char == _SINGLE and (at == 0 or not self.text[at - 1].isalnum()):
            self._push(char, at)
        elif char in "'’" and self.stack and self.stack[-1][0] == _SINGLE and not self.text[at + 1 : at + 2].isalnum():
            self._pop(at, at + 1)
        if char not in _BLANKS:
            self.line_blank = False

    def _push(self, mark: str, at: int) -> None:
        self.stack.append((mark, at))
        self.open[mark] += 1

    def _pop(self, end: int, outer_end: int) -> None:
        mark, start = self.stack.pop()
        self.open[mark] -= 1
        if not self.stack:
            self._keep(start, end, outer_end)

    def _close_to(self, openers: str, at: int) -> None:
        """Close the innermost of the marks, and with it what was left open inside; a mark that closes nothing is passed over."""
        if not any(self.open[mark] for mark in openers):
            return
        while self.stack[-1][0] not in openers:
            mark, _ = self.stack.pop()
            self.open[mark] -= 1
        self._pop(at, at + 1)

    def close_all(self, end: int) -> None:
        while self.stack:
            self._pop(end, end)

    def _goes_on(self, line_end: int) -> bool:
        """Does a quotation left open at the end of a line go on in the next paragraph? It does where that opens with the same mark."""
        mark = self.stack[0][0]
        return mark in _OPEN and self.text[line_end : line_end + _AHEAD].lstrip(_BLANKS).startswith(mark)

    def _keep(self, start: int, end: int, outer_end: int) -> None:
        first, last = start + 1, end
        while first < last and self.text[first] in _BLANKS:
            first += 1
        while last > first and self.text[last - 1] in _BLANKS:
            last -= 1
        if first < last:
            self.found.append(Marked(first, last, start, outer_end, closed=outer_end > end))
