"""The way words took: through whom they reached the article, to whom they were said, and whether they are a translation.

"…, cité par Interfax", "dans un entretien au Monde", "a confié à l'AFP", "selon des propos rapportés par l'ATS": an agency or outlet beside the cue,
outside the words themselves, that is not the speaker.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.dateline import credited_agency
from depeche.extraction.grammar import preposition, sentence_of, text_of
from depeche.extraction.quotations import Quotation
from depeche.extraction.sides import Reference
from depeche.extraction.speech import Cue, Speech
from depeche.language.cues import CueVerb
from depeche.ontology.spelling import slug
from depeche.record import Span

# How far before an outlet's name the preposition may stand ("dans le quotidien britannique The Guardian"), and before that what governs it.
PHRASE = 7
GOVERNOR = 5


def trace(doc: Doc, quotations: list[Quotation], speech: Speech, reference: Reference) -> None:
    """Fill `relays` (nearest the cue first), `addressee` and `translated` of each quotation."""
    outside = bytearray(b"\x01" * len(doc))
    for quotation in quotations:
        for start, end in quotation.parts if quotation.form != "indirect" else ():
            outside[start:end] = b"\x00" * (end - start)
    for place in (q.cue for q in quotations if q.cue is not None):
        # An incise inside its quotation is the reporter's.
        if place.incise:
            outside[place.first : place.last + 1] = b"\x01" * (place.last + 1 - place.first)
    carriers = _Carriers(doc, outside, reference)
    previous: Quotation | None = None
    for quotation in quotations:
        anchor = _anchor(quotation)
        if anchor is not None:
            quotation.relays = carriers.beside(quotation, anchor, speech)
            quotation.translated = carriers.translated(anchor)
        if quotation.cue is not None:
            quotation.addressee = _addressee(quotation, reference)
        if not quotation.relays and previous is not None and quotation.carried and _same_breath(doc, previous, quotation):
            quotation.relays = list(previous.relays)
        if quotation.speakers:
            previous = quotation


def _anchor(quotation: Quotation) -> Token | None:
    """The word beside which the way is told: the cue, or who is named as the speaker."""
    if quotation.form == "block":
        return None
    return quotation.cue.token if quotation.cue is not None else quotation.speaker_token


def _same_breath(doc: Doc, before: Quotation, quotation: Quotation) -> bool:
    """Do two quotations of one speaker stand in one paragraph?"""
    if before.speakers != quotation.speakers or not before.relays:
        return False
    return not any(t.is_space and "\n" in t.text for t in doc[before.tokens[0] : quotation.tokens[0]])


class _Carriers:
    """The agencies and outlets of a text, by where they stand as carriers of words."""

    def __init__(self, doc: Doc, outside: bytearray, reference: Reference) -> None:
        self.doc, self.outside, self.reference = doc, outside, reference
        self.pack = reference.pack
        closed = self.pack.closed
        # What carries words when a preposition and an outlet follow: participles ("cité par"), and media ("un entretien à").
        self.participles = closed["relay_participle"]
        self.media = closed["carrying_medium"]
        self.platforms = closed["platform"]
        # The agency that an article is credited to reports its own words.
        self.own = credited_agency(text_of(doc), reference.knowledge)
        self._by_sentence: dict[int, list[tuple[Token, Party]]] = {}
        said = closed["translated"]
        self._translating = {sentence_of(t)[0] for t in doc if outside[t.i] and t.lemma_.lower() in said}

    def beside(self, quotation: Quotation, anchor: Token, speech: Speech) -> list[Party]:
        """Who carried a quotation's words, nearest its cue first."""
        own = range(*quotation.tokens) if quotation.form == "indirect" else range(0)
        cue = quotation.cue
        found: list[tuple[int, Party]] = []
        for token, party in self._in_sentence(anchor):
            if party in quotation.speakers or (token.i in own and token.i < anchor.i):
                continue
            if not self._belongs(token, anchor, cue, speech):
                continue
            found.append((abs(token.i - anchor.i), party))
        return list(dict.fromkeys(p for _, p in sorted(found, key=lambda f: f[0])))

    def translated(self, anchor: Token) -> bool:
        """Does the cue's sentence say, outside the words, that they are a translation?"""
        return sentence_of(anchor)[0] in self._translating

    def _belongs(self, token: Token, anchor: Token, cue: Cue | None, speech: Speech) -> bool:
        """No other speaker's verb stands between the cue and the carrier."""
        low, high = sorted((token.i, anchor.i))
        between = [c for c in speech.between(low + 1, high) if c is not cue and c.speakers and not c.is_source and not speech.quoted[c.token.i]]
        return cue is None or all(c.speakers == cue.speakers or all(p.kind == "agency" for p in c.speakers) for c in between)

    def _in_sentence(self, anchor: Token) -> list[tuple[Token, Party]]:
        sentence = anchor.doc[slice(*sentence_of(anchor))]
        if sentence.start not in self._by_sentence:
            found = []
            seen: set[int] = set()
            for token in sentence:
                if self.outside[token.i] and (party := self._carrier(token)) is not None and id(party) not in seen:
                    seen.add(id(party))
                    found.append((token, party))
            self._by_sentence[sentence.start] = found
        return self._by_sentence[sentence.start]

    def _carrier(self, token: Token) -> Party | None:
        """The agency or outlet that a word names where it carried words."""
        parties = self.reference.cast.at(token)
        party = parties[0] if len(parties) == 1 else None
        if party is None:
            party = self._unread_outlet(token)
            if party is None:
                return None
        known_as = party.entity.name if party.entity is not None else party.name
        if known_as == self.own or any(word in self.platforms for word in party.name.split()):
            return None
        if party.kind != "agency" and (party.entity is not None or party.country is not None):
            return None
        word, governor = self._governor(token)
        carried = governor is not None and (governor in self.participles or governor in self.media)
        outlet = self._outlet_before(token)
        if party.kind == "agency" or outlet:
            party.kind = "agency"
            return party if word is not None or self._tells_of_words(token) else None
        if word is not None and ((carried and party.kind == "organisation") or (governor in self.participles and party.role is None)):
            party.kind = "agency"
            return party
        return None

    def _outlet_before(self, token: Token) -> bool:
        """ "la chaîne Al Jazeera", "l'émission Midi info"."""
        at = token.i - 1
        while at >= 0 and token.i - at < 4 and self.doc[at].pos_ in ("ADJ", "PROPN"):
            at -= 1
        return at >= 0 and self.doc[at].lemma_.lower() in self.pack.closed["outlet_noun"]

    def _unread_outlet(self, token: Token) -> Party | None:
        """An outlet's name that the pipeline took for no name, behind the noun that tells what it is."""
        if token.i == 0 or not token.text[0].isupper() or self.reference.cast.place_at(token) is not None:
            return None
        if token.nbor(-1).lemma_.lower() not in self.pack.closed["outlet_noun"]:
            return None
        end = token.i + 1
        while (
            end < len(self.doc) and end < token.i + 5 and self.doc[end].dep_ in ("flat:name", "amod", "nmod") and self.doc[end].pos_ in ("PROPN", "NOUN", "ADJ")
        ):
            end += 1
        words = self.doc[token.i : end]
        party = self.reference.cast.introduce(Party(f"agency:{slug(words.text)}", words.text, "agency"))
        party.spans.append(Span(words.start_char, words.end_char))
        return party

    def _governor(self, token: Token) -> tuple[str | None, str | None]:
        """The preposition before a name, and the lemma of what stands before that ("cité | par l'agence Tass", "un entretien | au Monde")."""
        at = token.i - 1
        while at >= 0 and token.i - at < PHRASE and self.doc[at].pos_ in ("DET", "ADJ", "NOUN", "PROPN") and not self.doc[at].is_punct:
            at -= 1
        if at < 0 or self.doc[at].pos_ != "ADP":
            return None, None
        word = self.doc[at].lower_
        for before in range(at - 1, max(-1, at - 1 - GOVERNOR), -1):
            here = self.doc[before]
            if here.is_punct or here.is_space:
                break
            lemma = here.lemma_.lower()
            if lemma in self.participles or lemma in self.media or self.pack.lemma(here.text, "VERB") in self.participles:
                return word, lemma if lemma in self.media or lemma in self.participles else self.pack.lemma(here.text, "VERB")
        return self.pack.closed["contraction"].get(word, word), None

    def _tells_of_words(self, token: Token) -> bool:
        """ "que Reuters a pu consulter", "a rapporté l'agence Tass": the carrier is the subject of a verb."""
        head = token
        while head.dep_ in ("flat:name", "appos", "conj", "nmod", "flat") and head.head != head:
            head = head.head
        return head.dep_.startswith("nsubj") or head.dep_ in ("obj", "acl:relcl")


# -- the addressee -------------------------------------------------------------------------------


def _addressee(quotation: Quotation, reference: Reference) -> Party | None:
    """To whom it was said, where the cue's row tells where that stands ("a dit à son homologue …", "accuse Moscou de …")."""
    cue = quotation.cue
    if cue is None or not isinstance(cue.row, CueVerb) or cue.row.addressee is None:
        return None
    place = cue.row.addressee
    for child in cue.token.children:
        if child.i in range(*quotation.tokens) and quotation.form != "indirect":
            continue
        word = preposition(child, reference.pack)
        base = child.dep_.partition(":")[0]
        if place == "obj":
            fits = base == "obj" and word is None
        elif base == "advmod" and child.lower_ == place:
            fits = True
        else:
            fits = base in ("obl", "iobj") and (word == place or (base == "iobj" and word is None))
        if not fits:
            continue
        named = next((c for c in child.children if c.dep_.startswith(("obl", "nmod"))), child) if base == "advmod" else child
        parties = [f.party for f in reference.fillers(named)] or reference.cast.at(named)
        heard = [p for p in parties if p.kind not in ("agency", "place") and p not in quotation.speakers and p not in quotation.relays]
        if heard:
            return heard[0]
    return None
