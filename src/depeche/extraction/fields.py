"""What is no affair of states: where the words around an act are words of playing, its own is one too ("la Suède rencontrera le Brésil en demi-finale").

Only words that sport shares with politics are left out so: an attack on a stadium names itself otherwise, and boycotts, bids and bans are politics.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc

from depeche.extraction.acts import Act
from depeche.extraction.grammar import paragraph_of
from depeche.language.pack import LanguagePack

# So many words of playing make a paragraph one of sport; where the whole text is full of them, one is enough.
IN_PARAGRAPH = 2
IN_TEXT = 5
# A text is full of them where one word in so many is one.
ONE_IN = 60


def leave_out_play(doc: Doc, acts: list[Act], pack: LanguagePack) -> list[Act]:
    """The acts without those that are moves of a game."""
    words = pack.fields
    doubtful = [a for a in acts if "play" in words.get(a.row.lemma, ())]
    if not doubtful:
        return acts
    found = [t.idx for t in doc if "sport" in words.get(t.lemma_.lower(), ())]
    full = len(found) >= IN_TEXT and len(found) * ONE_IN >= len(doc)
    played = set()
    for act in doubtful:
        start, end = paragraph_of(doc, act.token.idx)
        here = bisect_left(found, end) - bisect_left(found, start)
        if here >= (1 if full else IN_PARAGRAPH):
            played.add(act.token.i)
    return [a for a in acts if a.token.i not in played]
