"""Where somebody speaks: the cues of a text, and who speaks by them.

A cue is a verb of speech or a preposition that names a source ("selon X"). Whether it carries a quotation or reported speech, `quotes` and `reported` decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.grammar import children, conjuncts, is_passive, preposition, surface_subject
from depeche.extraction.sides import Reference
from depeche.language.cues import CueNoun, CueVerb
from depeche.ontology.spelling import slug
from depeche.record import Span

# How far behind an incise's verb its subject may stand ("a déclaré mardi devant la presse à Paris le ministre").
SUBJECT_WINDOW = 14
_STOPS = frozenset({".", ";", ":", "«", "»", '"', "”", "“", "!", "?"})
CLOSERS = frozenset({"»", '"', "”", "›"})


@dataclass(slots=True)
class Cue:
    """A cue: its word, the table row, and who speaks. `incise`: it stands behind or inside what was said, its subject behind the verb."""

    token: Token
    row: CueVerb | CueNoun
    speakers: list[Party]
    speaker_token: Token | None
    first: int  # the cue's first and last token
    last: int
    incise: bool = False
    status: str = "reported"
    frames: frozenset[str] = field(default_factory=frozenset)

    @property
    def span(self) -> Span:
        doc = self.token.doc
        return Span(doc[self.first].idx, doc[self.last].idx + len(doc[self.last].text))

    @property
    def rule(self) -> str:
        return self.row.rule if isinstance(self.row, CueVerb) else self.row.expression


def find_cues(doc: Doc, reference: Reference) -> list[Cue]:
    """Every cue in the order of the text."""
    cues = []
    for token in doc:
        cue = _verb_cue(token, reference) or _source_cue(doc, token, reference)
        if cue is not None:
            cues.append(cue)
    return cues


# -- verbs ----------------------------------------------------------------------------------------


def _verb_cue(token: Token, reference: Reference) -> Cue | None:
    if token.pos_ not in ("VERB", "AUX", "NOUN", "ADJ") or (token.pos_ in ("NOUN", "ADJ") and not _verb_after_all(token)):
        return None
    row = _row_for(token, reference)
    if row is None:
        return None
    group = [c for c in token.children if c.dep_.partition(":")[0] in ("aux", "expl") and token.i - 8 <= c.i < token.i]
    clitics = [c for c in token.children if c.text.startswith("-") and c.i > token.i and c.i <= token.i + 2]
    first = min([token.i, *(c.i for c in group)])
    last = max([token.i + len(row.words), *(c.i for c in clitics)])
    incise = _is_incise(token, first, last, reference)
    speakers, speaker_token = speaker_of(token, last, incise, reference)
    return Cue(token, row, speakers, speaker_token, first, min(last, len(token.doc) - 1), incise, _status(token), row.frames)


def _verb_after_all(token: Token) -> bool:
    """A participle that the tagger took for a noun or adjective behind an auxiliary ("a démenti")."""
    return token.i > 0 and (token.nbor(-1).pos_ == "AUX" or token.nbor(-1).text.startswith("-t-"))


def _row_for(token: Token, reference: Reference) -> CueVerb | None:
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "ADJ"):
        lemma = reference.pack.lemma(token.text, "VERB")
    reflexive = any(c.lower_ in reference.pack.closed["reflexive"] for c in token.children if c.i < token.i)
    doc = token.doc
    for row in reference.pack.cue_verbs.get(lemma, ()):
        if row.reflexive != reflexive:
            continue
        if row.words:
            following = [t.lower_ for t in doc[token.i + 1 : token.i + 2 + len(row.words)]]
            if not any(following[at : at + len(row.words)] == list(row.words) for at in (0, 1)):
                continue
        return row
    return None


def _is_incise(token: Token, first: int, last: int, reference: Reference) -> bool:
    """Does the verb stand behind a comma or a closing mark with its subject behind it ("…, a averti Paris", "…, dit-il")?"""
    doc = token.doc
    before = first - 1
    while before >= 0 and (doc[before].pos_ == "ADV" or doc[before].is_space or doc[before].lower_ in ("quant", "à", "lui", "elle", "y", "en")) and first - before < 5:
        before -= 1
    if before < 0 or not (doc[before].text == "," or doc[before].text in CLOSERS or doc[before].text in ("-", "–", "—", "!", "?")):
        return False
    if any(c.dep_.startswith("nsubj") and c.i < first for c in token.children) or token.dep_ in ("acl:relcl", "ccomp"):
        return False
    if any(t.text.startswith("-") and t.pos_ == "PRON" for t in doc[first : last + 1]):
        return True
    if not _finite_group(token):
        return False
    return _subject_behind(token, last) is not None


def _finite_group(token: Token) -> bool:
    return any("Fin" in t.morph.get("VerbForm") for t in [token, *(c for c in token.children if c.dep_.startswith("aux") and c.i < token.i)])


def _subject_behind(token: Token, last: int) -> Token | None:
    """The noun phrase behind an inverted verb: its parsed subject, or the first noun that no preposition governs."""
    doc = token.doc
    for child in token.children:
        if child.dep_.startswith("nsubj") and child.i > last:
            return child
    at = last + 1
    while at < len(doc) and at <= last + SUBJECT_WINDOW and doc[at].text not in _STOPS and not (doc[at].is_space and "\n" in doc[at].text):
        here = doc[at]
        if here.pos_ in ("NOUN", "PROPN", "PRON") and here.dep_ not in ("flat:name", "amod", "fixed", "obl:mod", "nmod") and not any(c.dep_ in ("case", "mark") for c in here.lefts):
            return here
        at += 1
    return None


def speaker_of(token: Token, last: int, incise: bool, reference: Reference) -> tuple[list[Party], Token | None]:
    """Who speaks by a verb of speech: (parties, the word that names them)."""
    doc = token.doc
    if incise:
        for clitic in doc[token.i - 3 if token.i > 3 else 0 : last + 1]:
            if clitic.text.startswith("-") and clitic.pos_ == "PRON":
                return reference.cast.at(clitic), clitic
        subject = _subject_behind(token, last)
    elif is_passive(token):
        subject = next((c for c in token.children if c.dep_ == "obl:agent" or (c.dep_.startswith("obl") and preposition(c, reference.pack) == "par")), None)
    else:
        subject = surface_subject(token, reference.pack)
    if subject is None:
        return [], None
    return speakers_at(subject, reference), subject


def speakers_at(token: Token, reference: Reference) -> list[Party]:
    """Whom a noun in the speaker's place stands for; somebody without a name is brought in as an actor of their own."""
    found: list[Party] = []
    for one in conjuncts(token):
        parties = reference.cast.at(one) or _named_beside(one, reference) or _unnamed(one, reference)
        found += [p for p in parties if p not in found]
    return found


def _named_beside(token: Token, reference: Reference) -> list[Party]:
    """ "sa porte-parole, Lilit Abovian", "le policier Mohamed Abdulkadir": the name in apposition."""
    for child in token.children:
        if child.dep_ in ("appos", "flat:name", "nmod", "flat") and child.i > token.i and preposition(child, reference.pack) is None and (parties := reference.cast.at(child)):
            if any(p.kind in ("person", "agency", "organisation") for p in parties):
                return parties
    return []


def _unnamed(token: Token, reference: Reference) -> list[Party]:
    """Somebody without a name: the body that a definite official speaks for, else a source of its own ("une source diplomatique")."""
    pack = reference.pack
    lemma = token.lemma_.lower()
    kind = pack.closed["source_noun"].get(token.lower_) or pack.closed["source_noun"].get(lemma)
    indefinite = any(c.lower_ in pack.closed["indefinite"] or c.dep_ == "nummod" for c in token.children)
    fillers = reference.fillers(token)
    named = [f for f in fillers if f.via in ("complement", "apposition")] if indefinite else fillers
    if named and (kind is None or named[0].via == "complement" or not indefinite):
        return [named[0].party]
    if lemma in pack.cue_nouns or kind is None and token.pos_ != "NOUN":
        owner = next((c for c in token.children if c.dep_.startswith("nmod") and preposition(c, pack) == "de"), None)
        return speakers_at(owner, reference) if owner is not None and lemma in pack.cue_nouns else []
    if kind is None or token.pos_ != "NOUN":
        return []
    words = [token, *(c for c in children(token, "amod") if c.i == token.i + 1)]
    name = token.doc[words[0].i : words[-1].i + 1].text
    country = fillers[0].party.country if fillers else None
    party = reference.cast.introduce(Party(f"source:{slug(name)}:{token.i}", name, kind, country))
    span = Span(token.idx, words[-1].idx + len(words[-1].text))
    if span not in party.spans:
        party.spans.append(span)
    return [party]


def _status(token: Token) -> str:
    """reported, or alleged ("aurait déclaré"), or negated ("n'a pas dit")."""
    group = [token, *(c for c in token.children if c.dep_.partition(":")[0] in ("aux", "advmod") and c.i < token.i)]
    if any("Neg" in t.morph.get("Polarity") and t.lower_ in ("ne", "n'") for t in group):
        return "negated"
    if any("Cnd" in t.morph.get("Mood") for t in group):
        return "alleged"
    return "reported"


# -- sources --------------------------------------------------------------------------------------


def _source_cue(doc: Doc, token: Token, reference: Reference) -> Cue | None:
    """ "selon X", "d'après X", "aux yeux de X", "à en croire X": a preposition that names a source."""
    for words, row in reference.pack.source_expressions.get(token.lower_, ()):
        end = token.i + len(words)
        if [t.lower_ for t in doc[token.i : end]] != list(words) or end >= len(doc):
            continue
        named = _complement(doc, end)
        if named is None:
            continue
        speakers = speakers_at(named, reference)
        if row.expression in reference.pack.closed["whose_view"] and not (speakers and _sets_off(doc, token.i, named)):
            continue
        return Cue(token, row, speakers, named, token.i, end - 1, frames=frozenset({"source"}))
    return None


def _complement(doc: Doc, at: int) -> Token | None:
    """The head of the noun phrase that begins at a token."""
    limit = min(len(doc), at + 8)
    for i in range(at, limit):
        token = doc[i]
        if token.text in _STOPS or token.text == ",":
            return None
        if token.pos_ in ("NOUN", "PROPN", "PRON") and "Rel" not in token.morph.get("PronType"):
            return token
        if token.pos_ == "VERB":
            return None
    return None


def _sets_off(doc: Doc, start: int, named: Token) -> bool:
    """ "Pour Rajoy, …": set off at the head of its sentence by a comma."""
    return (start == 0 or bool(doc[start].is_sent_start)) and any(t.text == "," for t in doc[named.i + 1 : named.i + 8])
