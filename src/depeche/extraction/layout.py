"""How a quotation stands in its text: as all that its sentence says, as a sentence of its own, or as what something is called."""

from __future__ import annotations

from spacy.tokens import Doc

from depeche.extraction.marks import Marked
from depeche.extraction.quotations import Place
from depeche.extraction.sides import Reference
from depeche.extraction.speech import DASHES, OPENERS

_BLANKS = " \u00a0\u202f"


def fills_sentence(text: str, place: Place) -> bool:
    """Is the quotation all that the sentence says before its cue ("« Affabulation », a rétorqué …")?"""
    return last_char(text, place.mark.outer_start) in ("", *".!?\n:»”…")


def last_char(text: str, end: int) -> str:
    """The last character before an offset that is no blank, empty at the beginning."""
    while end > 0 and text[end - 1] in _BLANKS:
        end -= 1
    return text[end - 1] if end > 0 else ""


def is_called(doc: Doc, place: Place, reference: Reference) -> bool:
    """Are the words what something is called ("l'opération « Bouclier du Caucase »", "baptisées « … »")? Those are nobody's words."""
    before = place.opening - 1
    called = reference.pack.closed["called"]
    while before > 0 and (doc[before].pos_ == "ADP" or doc[before].lower_ in reference.pack.closed["contraction"]):
        before -= 1
    if before < 0:
        return False
    here = doc[before]
    lemma = here.lemma_.lower()
    if here.pos_ in ("VERB", "ADJ") and called.get(reference.pack.lemma(here.text, "VERB")) == "participle":
        named = "Part" in here.morph.get("VerbForm", []) or before < place.opening - 1  # "le groupe dit des « 5+1 »"
        return named and not any(c.dep_.startswith("aux") for c in here.children)
    if here.pos_ == "VERB" and lemma in called and called[lemma] != "participle":
        return True
    return here.pos_ == "NOUN" and lemma in called and doc[place.start].text[0].isupper()


def stands_alone(text: str, mark: Marked) -> bool:
    """Does the quotation stand as a sentence or paragraph of its own?"""
    before = last_char(text, mark.outer_start)
    at = mark.outer_end
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    after = text[at : at + 1]
    opens = before in ("", *".!?\n»”…")
    closes = after in ("", *".\n!?") or (text[mark.end - 1] in ".!?…" and (after.isupper() or after in OPENERS or after in DASHES))
    return opens and closes
