"""What the head and foot of a dispatch tell: its date and the agency that it is credited to."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from depeche.extraction.dates import find_dates
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack

# Words of the text that a dateline must stand within.
HEAD = 60
# "PYONGYANG, 19 juin (AFP) –", "(Reuters)", "Avec AFP": an agency in brackets near the head or foot, or behind "avec".
_CREDIT = re.compile(r"\(([^()\n]{2,40})\)")
_EDGE = 400


def dated(doc: Doc, pack: LanguagePack) -> str | None:
    """The day of the dateline: the first full date in the text's head that stands in no sentence of its own; None where there is none."""
    head = doc[: min(len(doc), HEAD)]
    for date in find_dates(doc, pack, None):
        if date.start >= len(head):
            break
        if date.interval is None or date.interval[0] != date.interval[1]:
            continue
        behind = doc[date.end : date.end + 4]
        if any(t.text in ("–", "—", "-", "(", ".") or (t.is_space and "\n" in t.text) for t in behind):
            return date.interval[0]
    return None


def credited_agency(text: str, knowledge: KnowledgeBase) -> str | None:
    """The news agency credited in brackets in a dateline or signature; None where there is none."""
    for part in (text[:_EDGE], text[-_EDGE:]):
        for match in _CREDIT.finditer(part):
            for word in re.split(r"[/,]| et ", match.group(1)):
                for name in knowledge.named(word.strip()):
                    entity = knowledge.entity(name.row)
                    if entity.kind == "agency":
                        return entity.name
    return None
