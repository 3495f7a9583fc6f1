"""Quotation marks: which words of a text stand between them.

« », “ ”, " " and ‘ ’; a quotation left open runs to the end of its paragraph, and one that goes on over paragraphs may open each with a mark
and close only the last. Quotations inside quotations belong to the outer one. One pass over the characters.
"""

from __future__ import annotations

from dataclasses import dataclass

_OPEN = {"«": "»", "“": "”", "„": "”", "‹": "›"}
_CLOSE = {"»": "«", "”": "“", "›": "‹"}
_BLANKS = " \t\n\u00a0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters between two marks, the marks and the blanks inside them left out; `outer` takes the marks in."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def find_marked(text: str) -> list[Marked]:
    """Every quotation in marks that is not inside another, in the order of the text."""
    found: list[Marked] = []
    stack: list[tuple[str, int]] = []  # (mark that opened, its place)

    def close(end: int, outer_end: int) -> None:
        mark, start = stack.pop()
        if not stack:
            _keep(found, text, start, end, outer_end)

    at = 0
    size = len(text)
    while at < size:
        char = text[at]
        if char == "\n":
            # Straight and single quotation marks do not outlive their line; « may go on in the next paragraph, which then opens with « too.
            if stack and not _goes_on(text, at, stack[0][0]):
                while stack:
                    close(at, at)
        elif char in _OPEN:
            continued = stack and stack[0][0] == char and not text[text.rfind("\n", 0, at) + 1 : at].strip(_BLANKS)
            if continued:
                while stack:
                    close(at, at)
            stack.append((char, at))
        elif char in _CLOSE:
            if any(mark == _CLOSE[char] or (char == "”" and mark == "„") for mark, _ in stack):
                while stack[-1][0] not in (_CLOSE[char], "„"):
                    stack.pop()
                close(at, at + 1)
        elif char == '"':
            if any(mark == '"' for mark, _ in stack):
                while stack[-1][0] != '"':
                    stack.pop()
                close(at, at + 1)
            else:
                stack.append((char, at))
        elif char == "‘" and (at == 0 or not text[at - 1].isalnum()):
            stack.append((char, at))
        elif char in "'’" and stack and stack[-1][0] == "‘" and not (at + 1 < size and text[at + 1].isalnum()):
            close(at, at + 1)
        at += 1
    while stack:
        close(size, size)
    return found


def _goes_on(text: str, line_end: int, mark: str) -> bool:
    """Does a quotation left open at the end of a line go on in the next paragraph? It does where that opens with the same mark."""
    if mark not in _OPEN:
        return False
    rest = text[line_end : line_end + 200].lstrip(_BLANKS)
    return rest.startswith(mark)


def _keep(found: list[Marked], text: str, start: int, end: int, outer_end: int) -> None:
    first, last = start + 1, end
    while first < last and text[first] in _BLANKS:
        first += 1
    while last > first and text[last - 1] in _BLANKS:
        last -= 1
    if first < last:
        found.append(Marked(first, last, start, outer_end))
