"""To whom a quotation in marks belongs: by an incise, a cue behind or before it, a colon, a noun of speech, a signature, or the sentence before.

Each way is tried in turn, the surest first. Words that no cue accounts for are no quotation unless they stand as a sentence of their own.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.grammar import sentence_of
from depeche.extraction.layout import fills_sentence, is_called, stands_alone
from depeche.extraction.quotations import Place, Quotation
from depeche.extraction.reported import Reported
from depeche.extraction.sides import Reference
from depeche.extraction.speakers import noun_row, speakers_at, voice_of
from depeche.extraction.speech import DASHES, OPENERS, Cue, Speech
from depeche.language.cues import CueVerb
from depeche.record import Span

MIXED_FRAMES = frozenset({"np", "quote", "que", "inf", "infobj", "wish"})
# How far before a quotation, in words, a cue of the same sentence may stand when the tree does not lead to it.
NEAR = 16
# How far behind the closing mark an incise may begin.
BEHIND = 6
# How far back the speaker of a quotation that stands alone may have spoken, in words.
CARRY = 80


def attribute(place: Place, speech: Speech, reported: list[Reported], before: Quotation | None, reference: Reference) -> Quotation | None:
    """The quotation that marked words are, with its speaker; None where they are nobody's words. `reported`: the reported speech of its sentence."""
    doc = speech.doc
    if is_called(doc, place, reference):
        return None
    cutting = _cutting_in(place, speech)
    if cutting is not None:
        return _by(cutting, place, "incise", "direct", _around(doc, cutting, place))
    behind = _cue_behind(doc, place, speech)
    if behind is not None and not behind.is_source and not (_only_agencies(behind.speakers) and _spoken_by_another(place, speech)):
        return _by(behind, place, "behind", "direct" if place.clause or fills_sentence(speech.text, place) else "mixed")
    colon = _before_colon(place, speech, reference)
    if colon is not None:
        return colon
    governor = _governing_cue(place, speech)
    ahead = _source_ahead(place, speech) if place.clause else None
    if ahead is not None and (governor is None or governor.first < ahead.first):
        return _by(ahead, place, "ahead", "direct")
    if behind is not None and behind.speakers and (governor is None or not governor.speakers or not _only_agencies(behind.speakers)):
        return _by(behind, place, "behind", "direct" if place.clause or fills_sentence(speech.text, place) else "mixed")
    holder = _innermost(reported, place)
    if governor is None and holder is not None and holder.cue.speakers:
        return _by(holder.cue, place, f"inside {holder.frame}", place.form)
    if governor is not None and governor.speakers:
        return _by(governor, place, "governs", place.form)
    noun = _noun_of_speech(place, speech, reference, sentence_of(doc[place.opening])[0])
    if noun is not None:
        return Quotation(place.whole, (place.start, place.end), "mixed", None, noun[0], noun[1], rule=noun[2])
    if governor is not None:
        return _by(governor, place, "governs", place.form)
    signed = _signature(doc, place, reference)
    if signed is not None:
        return Quotation(place.whole, (place.start, place.end), "direct", None, signed[0], signed[1], rule="signature")
    own = _speaks_inside(place, speech, reference)
    if own is not None:
        return own
    if holder is not None:
        return Quotation(place.whole, (place.start, place.end), "mixed", holder.cue, rule=f"{holder.cue.rule} inside {holder.frame}")
    if place.clause and stands_alone(speech.text, place.mark):
        speakers, token = _speaker_before(place, speech, before)
        return Quotation(place.whole, (place.start, place.end), "direct", None, speakers, token, rule="stands alone", carried=True)
    return None


def _by(cue: Cue, place: Place, how: str, form: str, content: list[Span] | None = None) -> Quotation:
    return Quotation(
        content or place.whole, (place.start, place.end), form, cue, cue.speakers, cue.speaker_token, rule=f"{cue.rule} {how}", carried=cue.carried
    )


def _spoken_by_another(place: Place, speech: Speech) -> bool:
    """ "Alger juge la décision « nulle », a annoncé l'agence APS": the agency behind carried the words of the one who speaks before them."""
    governor = _governing_cue(place, speech)
    return governor is not None and bool(governor.speakers) and not _only_agencies(governor.speakers)


def _only_agencies(speakers: list[Party]) -> bool:
    return bool(speakers) and all(p.kind == "agency" for p in speakers)


# -- cues inside and behind -----------------------------------------------------------------------


def _cutting_in(place: Place, speech: Speech) -> Cue | None:
    """The reporter cuts in: « …, a-t-il averti, … »."""
    for cue in speech.between(place.start + 1, place.end):
        if cue.incise and cue.last < place.end and isinstance(cue.row, CueVerb) and "quote" in cue.frames and cue.speakers:
            return cue
    return None


def _around(doc: Doc, cue: Cue, place: Place) -> list[Span]:
    """The words on both sides of the reporter's interruption."""
    comma = cue.first - 1
    while comma > place.start and doc[comma].text not in (",", "!", "?") and doc[comma].text not in DASHES:
        comma -= 1
    last = comma if doc[comma].text in ("!", "?") else comma - 1
    first = Span(place.mark.start, doc[last].idx + len(doc[last].text))
    at = cue.last + 1
    while at < place.end and doc[at].text not in (",", ".", ";", ":") and doc[at].text not in DASHES:
        at += 1
    while at < place.end and (doc[at].is_punct or doc[at].is_space) and doc[at].text not in OPENERS and doc[at].text not in ("(", "["):
        at += 1
    return [first] if at >= place.end else [first, Span(doc[at].idx, place.mark.end)]


def goes_on_from(place: Place, before: Quotation | None, speech: Speech) -> bool:
    """ "« … », a lancé Paris, « … »": the second part of a quotation in whose middle the reporter names the speaker outside the marks."""
    if before is None or before.cue is None or not before.cue.incise or before.cue.first < before.tokens[1] or place.opening < 1:
        return False
    doc = speech.doc
    if doc[place.opening - 1].text != ",":
        return False
    between = doc[before.cue.last + 1 : place.opening]
    if any(t.text in (".", ";", ":") or (t.is_space and "\n" in t.text) for t in between):
        return False
    return not any(c.speakers and not c.is_source for c in speech.between(before.cue.first + 1, place.opening))


def _cue_behind(doc: Doc, place: Place, speech: Speech) -> Cue | None:
    """The cue right behind the closing mark: an incise, or a source."""
    at = place.after
    while at < len(doc) and (doc[at].text in (",", "(") or doc[at].text in DASHES) and at < place.after + 2:
        at += 1
    for cue in speech.between(at, at + BEHIND + 1):
        if any(t.text in (".", ";") or t.text in OPENERS or (t.is_space and "\n" in t.text) for t in doc[at : cue.first]):
            return None
        if cue.incise or (cue.is_source and cue.first <= at + 1):
            return cue
    return None


# -- cues before ----------------------------------------------------------------------------------


def _before_colon(place: Place, speech: Speech, reference: Reference) -> Quotation | None:
    """ "X a déclaré : « … »", "La réponse de X fut brève : « … »", "Vladimir Poutine : « … »"."""
    doc = speech.doc
    colon = place.opening - 1
    while colon > 0 and doc[colon].is_space:
        colon -= 1
    if colon < 1 or doc[colon].text != ":":
        return None
    near = [c for c in speech.between(sentence_of(doc[colon])[0], colon) if c.speakers and c.frames != {"np"}]
    if near:
        return _by(near[-1], place, "colon", "direct")
    named = reference.cast.at(doc[colon - 1])
    if named and any(p.kind == "person" for p in named):
        return Quotation(place.whole, (place.start, place.end), "direct", None, named, doc[colon - 1], rule="name colon")
    noun = _noun_of_speech(place, speech, reference, sentence_of(doc[colon])[0])
    if noun is not None:
        return Quotation(place.whole, (place.start, place.end), "direct", None, noun[0], noun[1], rule=f"{noun[2]} colon")
    subject = next((t for t in doc[sentence_of(doc[colon])[0] : colon] if t.dep_.startswith("nsubj") and t.head.dep_ == "ROOT" and t.head.i < colon), None)
    speakers = [p for p in speakers_at(subject, reference) if p.kind != "place"] if place.clause and subject is not None and subject.pos_ != "PRON" else []
    return Quotation(place.whole, (place.start, place.end), "direct", None, speakers, subject, rule="subject colon") if speakers else None


def _source_ahead(place: Place, speech: Speech) -> Cue | None:
    """ "Selon X, « … »", "la Maison-Blanche, pour laquelle « … »": a source in the same sentence, nothing but its name between."""
    doc = speech.doc
    sources = [c for c in speech.between(max(sentence_of(doc[place.opening])[0], place.opening - NEAR), place.opening) if c.is_source and c.speakers]
    if not sources:
        return None
    cue = sources[-1]
    between = doc[cue.last + 1 : place.opening]
    return None if any((t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", [])) or t.text in (".", ";", ":") for t in between) else cue


def _governing_cue(place: Place, speech: Speech) -> Cue | None:
    """The cue above the quoted words in the tree, or right before them in their clause."""
    doc = speech.doc
    token = doc[place.start : place.end].root
    for _ in range(10):
        if token.head == token:
            break
        token = token.head
        cue = speech.by_token.get(token.i)
        if (
            cue is not None
            and not speech.quoted[token.i]
            and not place.start <= token.i < place.end
            and not cue.incise
            and cue.frames & MIXED_FRAMES
            and token.i <= place.start
        ):
            return cue if cue.speakers or cue.speaker_token is not None else None
    floor = sentence_of(doc[place.opening])[0]
    at = place.start - 1
    while at >= floor and place.start - at <= NEAR and doc[at].text not in (".", ";", "»"):
        cue = speech.by_token.get(at)
        if cue is not None and cue.frames & MIXED_FRAMES and not cue.incise and cue.speakers and not speech.quoted[at]:
            return cue
        at -= 1
    return None


def _innermost(reported: list[Reported], place: Place) -> Reported | None:
    holders = [r for r in reported if r.holds(place.start, place.end)]
    return min(holders, key=lambda r: sum(b - a for a, b in r.ranges)) if holders else None


# -- nouns, signatures, sentences of their own ----------------------------------------------------


def _noun_of_speech(place: Place, speech: Speech, reference: Reference, floor: int) -> tuple[list[Party], Token, str] | None:
    """ "les propos « … » de X", "son « plein soutien »", "dans un texte de l'UE": a noun of speech above or before the words."""
    doc = speech.doc
    seen: list[Token] = []
    token = doc[place.start : place.end].root
    for _ in range(6):
        if token.head == token:
            break
        token = token.head
        seen.append(token)
    seen += [t for t in doc[max(floor, place.start - 2 * NEAR) : place.start] if t not in seen]
    if place.end - place.start <= 3:
        seen += [t for t in doc[place.start : place.end] if t.pos_ == "NOUN"]
    for noun in seen:
        row = noun_row(noun, reference.pack)
        if row is None or row.kind not in ("noun", "medium"):
            continue
        voice = voice_of(noun, reference)
        if voice is not None and not place.start <= voice[1].i < place.end:
            return voice[0], voice[1], f"{row.expression} {voice[2]}"
    return None


def _signature(doc: Doc, place: Place, reference: Reference) -> tuple[list[Party], Token] | None:
    """ "« … » — Federica Mogherini, …": a dash and a name behind the quotation, on its line or the next."""
    at = place.after
    while at < len(doc) and doc[at].is_space:
        at += 1
    if at + 1 < len(doc) and (doc[at].text in ("—", "–", "--")):
        parties = reference.cast.at(doc[at + 1])
        if parties:
            return parties, doc[at + 1]
    return None


def _speaks_inside(place: Place, speech: Speech, reference: Reference) -> Quotation | None:
    """ "Les deux pays « condamnent toute ingérence »": the verb of speech is among the quoted words, its subject right before them."""
    first = speech.by_token.get(place.start) or speech.by_token.get(place.start + 1)
    if first is None or not isinstance(first.row, CueVerb) or place.opening < 1:
        return None
    subject = next((c for c in first.token.children if c.dep_.startswith("nsubj") and c.i < place.opening), None)
    speakers = speakers_at(subject, reference) if subject is not None else []
    if subject is None:
        return None
    return Quotation(place.whole, (place.start, place.end), "mixed", None, speakers, subject, rule=f"{first.rule} quoted")


def _speaker_before(place: Place, speech: Speech, before: Quotation | None) -> tuple[list[Party], Token | None]:
    """Who spoke last, as far as a reader carries it over: in the two sentences before, or by the quotation before them."""
    doc = speech.doc
    floor = sentence_of(doc[place.opening])[0]
    for _ in range(2):
        if floor > 0:
            floor = sentence_of(doc[floor - 1])[0]
    for cue in reversed(speech.between(floor, place.start)):
        if cue.speakers and (cue.incise or not speech.quoted[cue.token.i]) and not _only_agencies(cue.speakers):
            return cue.speakers, cue.speaker_token
    if before is not None and before.speakers and place.start - before.tokens[1] < CARRY:
        return before.speakers, None
    return [], None
