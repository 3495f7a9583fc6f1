"""Through whom words reached the article: the agencies and outlets that its sentence names as having carried them.

"…, cité par Interfax", "dans un entretien au Monde", "a confié à l'AFP", "selon des propos rapportés par l'ATS": an agency or outlet in the
sentence of the cue, outside the words themselves, that is not the speaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc

from depeche.extraction.actors import Party
from depeche.extraction.grammar import preposition
from depeche.extraction.sides import Reference

if TYPE_CHECKING:
    from depeche.extraction.quotes import Quotation


def add_relays(doc: Doc, quotations: list[Quotation], reference: Reference) -> None:
    """Fill `relays` of each quotation, nearest the cue first."""
    quoted = {i for q in quotations if q.form != "indirect" for i in range(*q.tokens)}
    for quotation in quotations:
        anchor = quotation.cue.token if quotation.cue is not None else None
        if anchor is None or quotation.form == "block":
            continue
        sentence = anchor.sent
        own = range(*quotation.tokens) if quotation.form == "indirect" else range(0)
        carriers: list[tuple[int, Party]] = []
        for token in sentence:
            if token.i in quoted or (token.i in own and quotation.form == "indirect" and token.i < anchor.i):
                continue
            for party in reference.cast.at(token):
                if party.kind == "agency" and party not in quotation.speakers and _carries(token, reference):
                    carriers.append((abs(token.i - anchor.i), party))
        quotation.relays = list(dict.fromkeys(p for _, p in sorted(carriers, key=lambda c: c[0])))


def _carries(token: object, reference: Reference) -> bool:
    """Does the name stand where a carrier stands: behind a preposition, or as the subject of a relative clause ("que Reuters a pu consulter")?"""
    from spacy.tokens import Token

    assert isinstance(token, Token)
    head = token
    while head.dep_ in ("flat:name", "appos", "conj", "nmod", "flat") and preposition(head, reference.pack) is None and head.head is not head:
        head = head.head
    word = preposition(head, reference.pack) or preposition(token, reference.pack)
    return word is not None or head.dep_.startswith("nsubj")
