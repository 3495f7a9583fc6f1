"""What the head and foot of a dispatch tell: its date and the agency that it is credited to."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

from depeche.extraction.dates import DateMention, dates_from_start
from depeche.extraction.grammar import text_of
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack

# Tokens of the text that a dateline must stand within, and that may stand before its date on its line.
HEAD = 90
OPENING = 14
# What may stand between the words of a dateline and its date ("PYONGYANG, 19 juin", "Publié le : 9 octobre", "OLJ / AFP – 22 août").
_JOINTS = (",", ":", "/", "|", "-", "–", "—", "(")
# Behind the date the line ends, or a dash or an agency in brackets leads over to the story.
_END_OF_LINE = re.compile(r"[ ]*\.?[ ]*(?:\n|$)")
_LEADS_OVER = re.compile(r"[ ]*\.?[ ]*(?:[–—(|]|-[ ])")
# "12 mars 2016, Montpellier . –": a place between, where the date opens its line.
_PLACE = re.compile(r",[ ][A-ZÀ-Ý][\w'-]+(?:[ ][A-ZÀ-Ý][\w'-]+){0,3}(?=[ ]*\.?[ ]*[–—(])")
_HOUR = r"[ ]*(?:[-–—,|]|\b(?:{words})\b)?[ ]*\d{{1,2}}[ ]?[hH:][ ]?(?:\d\d)?\b(?:[ ]?(?:GMT|UTC)(?:[+-]\d+)?)?"
# "PYONGYANG, 19 juin (AFP) –", "(Reuters)", "(avec AFP)": an agency in brackets near the head or foot; "OLJ / AFP": on a line of credits.
_CREDIT = re.compile(r"\(([^()\n]{2,40})\)")
_CREDITS = re.compile(r"^([^\n]{2,40}/[^\n]{2,60})$", re.MULTILINE)
_EDGE = 400


def dated(doc: Doc, pack: LanguagePack) -> str | None:
    """The day of the dateline: the first full date in the text's head that stands in no sentence of its own; None where there is none."""
    for date in dates_from_start(doc, pack, None):
        if date.start >= HEAD:
            break
        if date.interval is not None and date.interval[0] == date.interval[1] and _heads_story(doc, date, pack):
            return date.interval[0]
    return None


def _heads_story(doc: Doc, date: DateMention, pack: LanguagePack) -> bool:
    """Is it the date of a dateline: on a line of its own, or before the dash or bracket that leads over to the story?"""
    before = _line_before(doc, date.start)
    if len(before) > OPENING or any(t.pos_ in ("VERB", "AUX") and t.lower_ not in pack.closed["dateline"] for t in before):
        return False
    behind = text_of(doc)[date.span.end :]
    words = "|".join(map(re.escape, pack.closed["dateline_hour"]))
    if hour := re.match(_HOUR.format(words=words), behind):
        behind = behind[hour.end() :]
    if not len(before) and (place := _PLACE.match(behind)):
        behind = behind[place.end() :]
    words_before = [t for t in before if t.lower_ not in pack.closed["definite"]]
    if _END_OF_LINE.match(behind):
        return not words_before or _opens_date(words_before[-1].text, before, pack)
    if not _LEADS_OVER.match(behind):
        return False
    # "Le 3 mai 2019 – jour de l'accord –, ils …" is a sentence.
    return not len(before) or (bool(words_before) and _opens_date(words_before[-1].text, before, pack))


def _opens_date(last: str, before: Span, pack: LanguagePack) -> bool:
    return last in _JOINTS or last.lower() in pack.closed["dateline"] or all(t.is_upper or not t.is_alpha for t in before)


def _line_before(doc: Doc, at: int) -> Span:
    """The tokens before a date on its line."""
    start = at
    while start > 0 and not (doc[start - 1].is_space and "\n" in doc[start - 1].text):
        start -= 1
    return doc[start:at]


def credited_agency(text: str, knowledge: KnowledgeBase) -> str | None:
    """The news agency credited in a dateline or signature; None where there is none."""
    for part in (text[:_EDGE], text[-_EDGE:]):
        for match in (*_CREDIT.finditer(part), *_CREDITS.finditer(part)):
            for credit in re.split(r"[/,]", match.group(1)):
                if (agency := _agency(credit.split(), knowledge)) is not None:
                    return agency
    return None


def _agency(words: list[str], knowledge: KnowledgeBase) -> str | None:
    """The agency that a credit ends with: "AFP", "avec AFP"."""
    for first in range(len(words)):
        for name in knowledge.named(" ".join(words[first:])):
            entity = knowledge.entity(name.row)
            if entity.kind == "agency":
                return entity.name
    return None
