"""Verbs of speech: which words are cues by the table of verbs, and which of them stand as an incise ("…, a averti Paris, …")."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import sentence_of
from depeche.extraction.sides import Reference
from depeche.extraction.speech import CLOSERS, DASHES, OPENERS, Cue, Speech
from depeche.extraction.subjects import is_bare_passive, speaker_of, subject_behind
from depeche.extraction.verbforms import children, is_past_participle
from depeche.language.cues import CueVerb

# Tokens between the words of a fixed expression ("mettre Kinshasa au défi").
GAP = 3
# The tags of words that may follow an incise's verb.
_GOES_ON = frozenset({"DET", "PROPN", "NOUN", "PRON", "ADV", "ADP", "ADJ", "PUNCT"})

# What the tagger hardly takes a verb for.
_NO_VERB = frozenset({"DET", "ADP", "CCONJ", "SCONJ", "PRON", "NUM", "PUNCT", "SPACE"})


def verb_cue(token: Token, speech: Speech, reference: Reference) -> Cue | None:
    """The cue that a word is as a verb of speech, with its speaker; None where it is none."""
    found = _row_for(token, reference)
    if found is None:
        return None
    row, last = found
    doc = token.doc
    # In "a fait savoir" the tree hangs everything on the second verb.
    head = token.head if token.dep_.startswith("aux") and row.words else token
    hung = [*token.children, *head.children] if head != token else list(token.children)
    group = [c for c in hung if token.i - 8 <= c.i < token.i and (c.dep_.startswith("aux") or (c.dep_.startswith("expl") and c.pos_ == "PRON"))]
    clitics = [c for c in doc[token.i + 1 : token.i + 3] if c.text.startswith("-") and c.pos_ == "PRON"]
    clitics += [c for t in group for c in doc[t.i + 1 : token.i] if c.text.startswith("-") and c.pos_ == "PRON"]
    first = min([token.i, *(c.i for c in group)])
    last = max([last, *(c.i for c in clitics)])
    if _carries_only(head, reference):
        return None
    cue = Cue(head, row, [], None, first, min(last, len(doc) - 1), status=_status(hung, head, first, reference), frames=row.frames, verb=token)
    if _says_itself(cue, reference):
        return _with_source(cue, speech)
    cue.incise = _is_incise(cue, clitics, reference)
    cue.speakers, cue.speaker_token = speaker_of(cue, clitics, speech, reference)
    return cue if cue.speakers or cue.incise else _with_source(cue, speech, reference.pack.closed["citing"]) or cue


def _row_for(token: Token, reference: Reference) -> tuple[CueVerb, int] | None:
    """The row of a verb of speech and the last token of its expression."""
    pack = reference.pack
    pos = token.pos_
    if pos in ("VERB", "AUX"):
        lemma = token.lemma_.lower()
    else:
        if pos in _NO_VERB or token.text[0].isupper():
            return None
        lemma = pack.lemma(token.text, "VERB")
        if lemma not in pack.cue_verbs or not _verb_after_all(token, reference):
            return None
    rows = pack.cue_verbs.get(lemma, ())
    if not rows:
        return None
    reflexive = _is_reflexive(token, reference)
    for row in rows:
        if row.reflexive == reflexive and (last := _expression_end(token, row, reference)) is not None:
            return row, last
    return None


def _verb_after_all(token: Token, reference: Reference) -> bool:
    """A verb that the tagger took for another word: behind an auxiliary or a reflexive, behind a closing mark, or where its sentence has no other."""
    if token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    if before.pos_ == "AUX" or (before.text.startswith("-") and before.pos_ == "PRON") or before.lower_ in reference.pack.closed["reflexive"]:
        return True
    if before.text == "," and token.i > 1:
        before = token.nbor(-2)
    if before.text in CLOSERS or (before.text in "!?" and token.nbor(-1).text in CLOSERS):
        return after.pos_ in _GOES_ON or bool(reference.cast.at(after) or reference.cast.place_at(after))
    if token.dep_ == "ROOT" and any(c.dep_ in ("obj", "nsubj") for c in token.children):
        return True
    if not any("Fin" in t.morph.get("VerbForm", []) for t in token.doc[slice(*sentence_of(token))]) and before.pos_ in ("NOUN", "PROPN", "ADJ"):
        ahead = next((t for t in token.doc[token.i + 1 : token.i + 4] if t.pos_ not in ("ADV", "PRON")), None)
        return ahead is not None and ahead.text in OPENERS
    return token.dep_ == "flat:name" and after.text in OPENERS and bool(reference.cast.at(token.i - 1) or reference.cast.place_at(token.i - 1))


def _is_reflexive(token: Token, reference: Reference) -> bool:
    words = reference.pack.closed["reflexive"]
    if any(c.lower_ in words for c in token.children if c.i < token.i):
        return True
    at = token.i - 1
    while at > 0 and (token.doc[at].pos_ == "AUX" or token.doc[at].text.startswith("-")):
        at -= 1
    return at >= 0 and token.doc[at].lower_ in words


def _expression_end(token: Token, row: CueVerb, reference: Reference) -> int | None:
    """The last token of a fixed expression whose words follow the verb, a few others between them or not; None where they do not follow."""
    doc, at = token.doc, token.i
    for word in row.words:
        for ahead in range(at + 1, min(at + 2 + GAP, len(doc))):
            here = doc[ahead]
            if here.lower_ == word or reference.pack.lemma(here.text, "VERB") == word:
                at = ahead
                break
            if here.is_punct or here.is_space:
                return None
        else:
            return None
    return at


def _says_itself(cue: Cue, reference: Reference) -> bool:
    """ "Rappelons que …", "On note que …": the article speaks, no one in it."""
    verb = cue.verb or cue.token
    if "Imp" in verb.morph.get("Mood", []) and "1" in verb.morph.get("Person", []):
        return True
    closed = reference.pack.closed
    return any(c.dep_.startswith(("nsubj", "expl:subj")) and (c.lower_ in closed["impersonal"] or c.lower_ in closed["first_person"]) for c in cue.dependents)


def _with_source(cue: Cue, speech: Speech, among: Container[str] | None = None) -> Cue | None:
    """ "Du côté d'Athènes, on assure que …", "La radio, citant Paris, annonce que …": the source named before speaks."""
    sources = (c for c in speech.in_sentence_of(cue.token) if c.is_source and c.speakers)
    source = next((c for c in sources if among is None or c.rule in among), None)
    if source is None:
        return None
    cue.speakers, cue.speaker_token = source.speakers, source.speaker_token
    return cue


def _carries_only(verb: Token, reference: Reference) -> bool:
    """ "des propos rapportés par l'ATS", "cité par Reuters": a participle behind whose agent the words only took their way."""
    return verb.lemma_.lower() in reference.pack.closed["relay_participle"] and is_bare_passive(verb) and not children(verb, "aux")


def _is_incise(cue: Cue, clitics: list[Token], reference: Reference) -> bool:
    """Does the verb stand behind a comma or a closing mark with its subject behind it ("…, a averti Paris", "…, dit-il")?"""
    token, first = cue.token, cue.first
    doc = token.doc
    before = first - 1
    aside = reference.pack.closed["incise_aside"]
    while before >= 0 and first - before < 6 and (doc[before].pos_ == "ADV" or doc[before].is_space or doc[before].lower_ in aside):
        before -= 1
    if before < 0 or not (doc[before].text in (",", "!", "?", "…") or doc[before].text in CLOSERS or doc[before].text in DASHES):
        return False
    if clitics:
        return True
    closed = doc[before].text in CLOSERS or (doc[before].text == "," and before > 0 and doc[before - 1].text in CLOSERS)
    if not closed:
        own = next((c for c in cue.dependents if c.dep_.startswith("nsubj") and c.i < first), None)
        if own is not None and any(t.text == "," for t in doc[own.i : before]):
            return False
        if token.dep_ in ("acl:relcl", "ccomp") or not _clause_before(doc, token, before):
            return False
    return _is_finite(cue, closed, reference) and subject_behind(cue, reference, closed) is not None


def _clause_before(doc: Doc, token: Token, comma: int) -> bool:
    """Is what stands before the comma a clause of its own, no subject with its relative clause ("L'agence, dont le chef est attendu, réclame …")?"""
    subordinate = False
    floor = sentence_of(token)[0]
    at = comma - 1
    depth = 0
    while at >= floor and doc[at].text not in (":", ";") and (depth or doc[at].text not in OPENERS):
        depth += (doc[at].text in CLOSERS) - (doc[at].text in OPENERS)
        at -= 1
    for here in doc[at + 1 : comma]:
        if here.text == ",":
            subordinate = False
        elif "Rel" in here.morph.get("PronType", []) or here.pos_ == "SCONJ":
            subordinate = True
        elif "Fin" in here.morph.get("VerbForm", []) and not subordinate:
            return True
    return False


def _is_finite(cue: Cue, closed: bool, reference: Reference) -> bool:
    """Has the verb group a personal form?

    A verb that the tagger took for another word counts as one, and behind a closing mark (`closed`) one whose form is no participle's and no infinitive's.
    """
    token, doc = cue.token, cue.token.doc
    if any(
        "Fin" in t.morph.get("VerbForm", []) for t in (token, cue.verb or token, *(c for c in cue.dependents if c.dep_.startswith("aux") and c.i < token.i))
    ):
        return True
    if (
        closed
        and not is_past_participle(token)
        and token.lower_ != token.lemma_
        and not token.lower_.endswith(tuple(reference.pack.closed["participle_ending"]))
    ):
        return True
    return ("Part" not in token.morph.get("VerbForm", []) and token.pos_ not in ("VERB", "AUX")) or doc[cue.first].pos_ == "AUX"


def _status(hung: list[Token], verb: Token, first: int, reference: Reference) -> str:
    """reported, or alleged ("aurait déclaré"), or negated ("n'a pas dit")."""
    closed = reference.pack.closed
    around = verb.doc[max(first - 2, sentence_of(verb)[0]) : verb.i + 2]
    if any(t.lower_ in closed["negation_first"] for t in around) and any(t.lower_ in closed["negation_second"] for t in around):
        return "negated"
    if any("Cnd" in t.morph.get("Mood", []) for t in (verb, *(c for c in hung if c.dep_.startswith("aux")))):
        return "alleged"
    return "reported"
