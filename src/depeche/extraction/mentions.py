"""Which words name or describe somebody or some place: names, peoples, institutions, offices, pronouns.

A mention says what its words are and which entries of the knowledge base they could lead to; who it is, `actors` decides.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.descriptions import find_descriptions
from depeche.extraction.impersonal import stands_for_nobody
from depeche.extraction.mention import Mention, make_mention
from depeche.extraction.names import first_names, other_names
from depeche.extraction.settling import settled_names
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack

__all__ = ["Mention", "find_mentions"]


def find_mentions(doc: Doc, pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Every mention, in the order of the text. A description may hold the name of whose it is ("ministre de la Défense de la Corée du Nord")."""
    names = first_names(doc, pack, knowledge)
    described = find_descriptions(doc, names, pack, knowledge)
    names = other_names(doc, names, described, pack, knowledge)
    names = settled_names(doc, names, described, pack, knowledge)
    named = {i for m in names for i in range(m.start, m.end)}
    described = [m for m in described if m.kind != "press" or m.start not in named]  # "l'Agence centrale de presse nord-coréenne"
    taken = {i for m in (*names, *described) for i in range(m.start, m.end)}
    pronouns = [m for token in doc if token.i not in taken and (m := _pronoun(token, pack)) is not None]
    return sorted([*names, *described, *pronouns], key=lambda m: (m.start, -m.end))


def _pronoun(token: Token, pack: LanguagePack) -> Mention | None:
    gender = pack.closed["pronoun"].get(token.lower_)
    if gender is None or token.pos_ != "PRON" or token.dep_ in ("expl:pass", "expl:pv") or stands_for_nobody(token, pack):
        return None
    return make_mention(token.doc, token.i, token.i + 1, "pronoun", gender=gender)
