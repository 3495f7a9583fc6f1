"""Who said what, and through whom the words reached us.

Quotations in marks get their speaker from what the grammar of the cue tells; what no cue accounts for is no quotation unless it stands as a sentence
of its own. Reported speech (`reported`) is put on record beside them. Nobody is made up: where the text names no speaker, there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.grammar import children, preposition
from depeche.extraction.marks import Marked, find_marked
from depeche.extraction.reported import Reported, find_reported
from depeche.extraction.sides import Reference
from depeche.extraction.speech import Cue, find_cues, speakers_at
from depeche.language.cues import CueVerb
from depeche.record import Span

MIXED_FRAMES = frozenset({"np", "quote", "que", "inf", "infobj", "wish"})
# How far before a quotation, in words, a cue of the same sentence may stand when the tree does not lead to it.
NEAR = 14


@dataclass(slots=True)
class Quotation:
    """A quotation in the making; `tokens` is its range (end exclusive)."""

    content: list[Span]
    tokens: tuple[int, int]
    form: str
    cue: Cue | None = None
    speakers: list[Party] = field(default_factory=list)
    speaker_token: Token | None = None
    relays: list[Party] = field(default_factory=list)
    addressee: Party | None = None
    translated: bool = False
    rule: str = ""

    @property
    def status(self) -> str:
        return self.cue.status if self.cue else "reported"


def attribute_quotes(doc: Doc, reference: Reference) -> list[Quotation]:
    """Every quotation and every piece of reported speech, in the order of the text."""
    cues = find_cues(doc, reference)
    marked = [(m, tokens) for m in find_marked(doc.text) if (tokens := _tokens(doc, m)) is not None]
    inside = [t for _, t in marked if _is_clause(doc, *t)]
    outside_cues = [c for c in cues if not any(a <= c.token.i < b for a, b in inside) or c.incise]
    reported = find_reported(doc, [c for c in outside_cues if not any(a <= c.token.i < b for a, b in inside)], inside)
    found: list[Quotation] = []
    for mark, tokens in marked:
        quotation = _attribute(doc, mark, tokens, outside_cues, reported, found, reference)
        if quotation is not None:
            found.append(quotation)
    for piece in reported:
        found.append(Quotation(piece.spans(doc), (piece.ranges[0][0], piece.ranges[-1][1]), "indirect", piece.cue, piece.cue.speakers, piece.cue.speaker_token, rule=f"{piece.cue.rule} {piece.frame}"))
    found += _blocks(doc, found, marked, reference)
    found.sort(key=lambda q: (q.content[0].start, -q.content[0].end))
    from depeche.extraction.relays import add_relays

    add_relays(doc, found, reference)
    return found


def _tokens(doc: Doc, mark: Marked) -> tuple[int, int] | None:
    span = doc.char_span(mark.start, mark.end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else None


def _is_clause(doc: Doc, start: int, end: int) -> bool:
    """Do the words hold a clause of their own: a personal verb and more than a name?"""
    return end - start >= 4 and any("Fin" in t.morph.get("VerbForm") for t in doc[start:end])


def _attribute(
    doc: Doc, mark: Marked, tokens: tuple[int, int], cues: list[Cue], reported: list[Reported], before: list[Quotation], reference: Reference
) -> Quotation | None:
    start, end = tokens
    whole = [Span(mark.start, mark.end)]
    if _is_called(doc, mark, start, reference):
        return None
    clause = _is_clause(doc, start, end)
    # The reporter cuts in: « …, a-t-il averti, … »
    for cue in cues:
        if cue.incise and start < cue.first and cue.last < end and isinstance(cue.row, CueVerb):
            content = _around(doc, cue, start, end, mark)
            return Quotation(content, tokens, "direct", cue, cue.speakers, cue.speaker_token, rule=f"{cue.rule} incise")
    behind = _cue_behind(doc, mark, end, cues)
    if behind is not None:
        form = "direct" if clause or _fills_sentence(doc, mark, behind) else "mixed"
        return Quotation(whole, tokens, form, behind, behind.speakers, behind.speaker_token, rule=f"{behind.rule} behind")
    ahead = _colon_cue(doc, mark, cues)
    if ahead is not None:
        return Quotation(whole, tokens, "direct", ahead, ahead.speakers, ahead.speaker_token, rule=f"{ahead.rule} colon")
    if (named := _named_before_colon(doc, mark, reference)) is not None:
        return Quotation(whole, tokens, "direct", None, named[0], named[1], rule="name colon")
    governed = _governing_cue(doc, start, end, cues, reference)
    holder = _innermost(reported, start, end)
    if governed is None and holder is not None and holder.cue.speakers:
        cue = holder.cue
        return Quotation(whole, tokens, "direct" if clause and end - start > 8 else "mixed", cue, cue.speakers, cue.speaker_token, rule=f"{cue.rule} inside {holder.frame}")
    if governed is not None:
        cue = governed
        return Quotation(whole, tokens, "direct" if clause and end - start > 8 else "mixed", cue, cue.speakers, cue.speaker_token, rule=f"{cue.rule} governs")
    noun = _noun_of_speech(doc, start, end, reference)
    if noun is not None:
        return Quotation(whole, tokens, "mixed", None, noun[0], noun[1], rule=noun[2])
    signed = _signature(doc, mark, reference)
    if signed is not None:
        return Quotation(whole, tokens, "direct", None, signed[0], signed[1], rule="signature")
    if holder is not None:
        return Quotation(whole, tokens, "mixed", holder.cue, [], None, rule=f"{holder.cue.rule} inside {holder.frame}")
    if clause and _alone(doc, mark):
        speakers, token = _speaker_before(doc, start, before, cues, reference)
        return Quotation(whole, tokens, "direct", None, speakers, token, rule="stands alone")
    return None


# -- where the cue stands -------------------------------------------------------------------------


def _around(doc: Doc, cue: Cue, start: int, end: int, mark: Marked) -> list[Span]:
    """The words on both sides of the reporter's interruption."""
    comma = cue.first - 1
    while comma > start and doc[comma].text not in (",", "-", "–", "—", "!", "?"):
        comma -= 1
    first = Span(mark.start, _end_of(doc, comma - 1 if doc[comma].text not in ("!", "?") else comma))
    at = cue.last + 1
    while at < end and doc[at].text not in (",", ".", ";", ":", "–", "—"):
        at += 1
    while at < end and (doc[at].is_punct or doc[at].is_space) and doc[at].text not in ("«", "(", "["):
        at += 1
    if at >= end:
        return [first]
    return [first, Span(doc[at].idx, mark.end)]


def _end_of(doc: Doc, at: int) -> int:
    return doc[at].idx + len(doc[at].text)


def _after(doc: Doc, mark: Marked) -> int:
    """The first token behind the closing mark."""
    at = doc.char_span(mark.outer_end - 1, mark.outer_end, alignment_mode="expand")
    return at.end if at is not None else len(doc)


def _cue_behind(doc: Doc, mark: Marked, end: int, cues: list[Cue]) -> Cue | None:
    """The cue right behind the closing mark: an incise, or a source."""
    after = _after(doc, mark)
    at = after
    while at < len(doc) and doc[at].text in (",", "(", "–", "—") and at < after + 2:
        at += 1
    window = 6
    for cue in cues:
        if at <= cue.first <= at + window and not any(doc[i].text in (".", "«", ";") or (doc[i].is_space and "\n" in doc[i].text) for i in range(at, cue.first)):
            if cue.incise or ("source" in cue.frames and cue.first <= at + 1):
                return cue
    return None


def _fills_sentence(doc: Doc, mark: Marked, cue: Cue) -> bool:
    """Is the quotation all that the sentence says before its cue ("« Affabulation », a rétorqué …")?"""
    before = doc.text[: mark.outer_start].rstrip(" \u00a0\u202f")
    return not before or before[-1] in ".!?\n:»”…"


def _opening_token(doc: Doc, mark: Marked) -> int:
    span = doc.char_span(mark.outer_start, mark.outer_start + 1, alignment_mode="expand")
    return span.start if span is not None else 0


def _colon_cue(doc: Doc, mark: Marked, cues: list[Cue]) -> Cue | None:
    """ "X a déclaré : « … »": the last cue of the clause before the colon."""
    colon = _opening_token(doc, mark) - 1
    while colon > 0 and doc[colon].is_space:
        colon -= 1
    if colon < 1 or doc[colon].text != ":":
        return None
    line = max(doc[colon].sent.start, 0)
    near = [c for c in cues if line <= c.token.i < colon and c.speakers and not (c.frames == {"np"})]
    return near[-1] if near else None


def _named_before_colon(doc: Doc, mark: Marked, reference: Reference) -> tuple[list[Party], Token] | None:
    """ "Vladimir Poutine : « … »": a name, right before the colon."""
    colon = _opening_token(doc, mark) - 1
    if colon < 1 or doc[colon].text != ":":
        return None
    token = doc[colon - 1]
    parties = reference.cast.at(token)
    return (parties, token) if parties and any(p.kind == "person" for p in parties) else None


def _governing_cue(doc: Doc, start: int, end: int, cues: list[Cue], reference: Reference) -> Cue | None:
    """The cue above the quoted words in the tree, or right before them in their clause."""
    by_token = {c.token.i: c for c in cues}
    root = doc[start:end].root
    token = root
    for _ in range(10):
        if token.head is token:
            break
        token = token.head
        cue = by_token.get(token.i)
        if cue is not None and not start <= token.i < end and not cue.incise and cue.frames & MIXED_FRAMES and token.i < start + 1:
            return cue if cue.speakers or cue.speaker_token is not None else None
    at = start - 1
    while at >= 0 and start - at <= NEAR and not doc[at].is_sent_start and doc[at].text not in (".", ";", "»"):
        cue = by_token.get(at)
        if cue is not None and cue.frames & MIXED_FRAMES and not cue.incise and cue.speakers:
            return cue
        at -= 1
    return None


def _innermost(reported: list[Reported], start: int, end: int) -> Reported | None:
    holders = [r for r in reported if r.holds(start, end)]
    return min(holders, key=lambda r: r.ranges[0][1] - r.ranges[0][0]) if holders else None


def _noun_of_speech(doc: Doc, start: int, end: int, reference: Reference) -> tuple[list[Party], Token, str] | None:
    """ "les propos « … » de X", "son « plein soutien »", "dans un texte de l'UE": a noun of speech above or before the words."""
    token = doc[start:end].root
    seen: list[Token] = []
    for _ in range(6):
        if token.head is token:
            break
        token = token.head
        seen.append(token)
    sentence = doc[start].sent
    seen += [t for t in doc[max(sentence.start, start - 25) : start] if t not in seen]
    for noun in seen:
        row = reference.pack.cue_nouns.get(noun.lemma_.lower())
        if row is None or noun.pos_ != "NOUN" or row.kind not in ("noun", "medium"):
            continue
        for child in noun.children:
            if (child.dep_.startswith(("nmod", "obl")) and preposition(child, reference.pack) in ("de", "par")) or child.dep_ == "obl:agent":
                speakers = speakers_at(child, reference)
                if speakers:
                    return speakers, child, f"{row.expression} de"
            if child.dep_ == "acl":
                for agent in children(child, "obl"):
                    if preposition(agent, reference.pack) == "par" and (speakers := speakers_at(agent, reference)):
                        return speakers, agent, f"{row.expression} par"
        demonym = reference.demonym(noun)
        if demonym:
            return [demonym[0].party], demonym[0].token, f"{row.expression} adj"
        possessor = reference.possessor(noun)
        if possessor:
            return [possessor[0].party], possessor[0].token, f"{row.expression} poss"
    return None


def _signature(doc: Doc, mark: Marked, reference: Reference) -> tuple[list[Party], Token] | None:
    """ "« … » — Federica Mogherini, …": a dash and a name behind the quotation, on its line or the next."""
    at = _after(doc, mark)
    while at < len(doc) and doc[at].is_space:
        at += 1
    if at + 1 < len(doc) and doc[at].text in ("—", "–", "--"):
        token = doc[at + 1]
        parties = reference.cast.at(token)
        if parties:
            return parties, token
    return None


def _is_called(doc: Doc, mark: Marked, start: int, reference: Reference) -> bool:
    """Are the words what something is called ("l'opération « Bouclier du Caucase »", "baptisées « … »")? Those are nobody's words."""
    before = _opening_token(doc, mark) - 1
    if before < 0:
        return False
    here = doc[before]
    called = reference.pack.closed["called"]
    if here.pos_ == "VERB" and here.lemma_.lower() in called:
        return True
    return here.pos_ == "NOUN" and here.lemma_.lower() in called and doc[start].text[0].isupper()


def _alone(doc: Doc, mark: Marked) -> bool:
    """Does the quotation stand as a sentence or paragraph of its own?"""
    before = doc.text[: mark.outer_start].rstrip(" \u00a0\u202f")
    after = doc.text[mark.outer_end :].lstrip(" \u00a0\u202f")
    inside_end = doc.text[mark.end - 1]
    opens = not before or before[-1] in ".!?\n»”…"
    closes = not after or after[0] in ".\n!?" or (inside_end in ".!?…" and (after[0].isupper() or after[0] in "«“\"—–"))
    return opens and closes


def _speaker_before(doc: Doc, start: int, before: list[Quotation], cues: list[Cue], reference: Reference) -> tuple[list[Party], Token | None]:
    """Who spoke last, as far as a reader carries it over: in the sentence before, or by the quotation before in the same or last paragraph."""
    sentence = doc[start].sent
    floor = sentence.start
    for _ in range(2):
        if floor > 0:
            floor = doc[floor - 1].sent.start
    for cue in reversed([c for c in cues if floor <= c.token.i < start and c.speakers]):
        return cue.speakers, cue.speaker_token
    if before and before[-1].speakers and start - before[-1].tokens[1] < 60:
        return before[-1].speakers, None
    return [], None


# -- speeches without marks -----------------------------------------------------------------------


def _blocks(doc: Doc, found: list[Quotation], marked: list[tuple[Marked, tuple[int, int]]], reference: Reference) -> list[Quotation]:
    """Paragraphs in the first person, without marks, that follow a quotation: its speaker goes on."""
    blocks: list[Quotation] = []
    first_person = reference.pack.closed["first_person"]
    possessive = reference.pack.closed["first_person_possessive"]
    starts = [0, *(t.i + 1 for t in doc if t.is_space and "\n" in t.text)]
    for at, start in enumerate(starts):
        end = starts[at + 1] - 1 if at + 1 < len(starts) else len(doc)
        while end > start and doc[end - 1].is_space:
            end -= 1
        if end - start < 8 or any(a < end and start < b for _, (a, b) in marked):
            continue
        spoken = [t for t in doc[start:end] if (t.lower_ in first_person and t.pos_ == "PRON") or (t.lower_ in possessive and t.pos_ == "DET")]
        previous = [q for q in found + blocks if q.tokens[1] <= start and q.form in ("direct", "block") and q.speakers]
        if spoken and previous:
            last = max(previous, key=lambda q: q.tokens[1])
            line_before = starts[at - 1] if at else 0
            if last.tokens[1] > line_before:
                span = Span(doc[start].idx, _end_of(doc, end - 1))
                blocks.append(Quotation([span], (start, end), "block", None, last.speakers, None, rule="speech goes on"))
    return blocks


