"""Questions that every stage asks of a parsed clause, in the terms of Universal Dependencies.

Nothing here knows a language beyond the closed classes of its pack.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from depeche.extraction.verbforms import SUBJECTS, children, is_finite, is_infinitive, shared_perfect
from depeche.language.pack import LanguagePack
from depeche.record import Span

# A colon and the participle of the noun behind it are at most so many words apart.
COLON_REACH = 20
_SENTENCES = "depeche_sentence_bounds"
_TEXT = "depeche_text"


def char_span(first: Token, last: Token) -> Span:
    """The characters from one token to another, both included."""
    return Span(first.idx, last.idx + len(last.text))


def verb_group(verb: Token) -> Span:
    """The verb with its auxiliaries, clitics and negation: the words that a person would underline."""
    group = [verb, *(c for c in verb.children if c.i < verb.i and c.dep_.partition(":")[0] in ("aux", "expl") and verb.i - c.i <= 6)]
    return char_span(min(group, key=lambda t: t.i), verb)


def preposition(token: Token, pack: LanguagePack) -> str | None:
    """The bare preposition that introduces a noun or infinitive ("du" is "de"), None where there is none."""
    for child in token.lefts:
        if child.dep_ in ("case", "mark") and child.pos_ != "SCONJ":
            word = child.lower_
            return pack.closed["contraction"].get(word, word)
    return None


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it ("X, Y et Z" from X)."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjuncts(child)
    return found


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; the token itself otherwise."""
    if "Rel" in token.morph.get("PronType", []):
        clause = token
        while clause.dep_ not in ("acl:relcl", "ROOT") and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "acl:relcl":
            return clause.head
    return token


def surface_subject(verb: Token, pack: LanguagePack, depth: int = 0) -> Token | None:
    """The subject that a reader supplies: the verb's own, or the one that coordination, control or a participle takes over."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own:
        # "le président, dont le pays réclame …": the subject of a relative clause stands last.
        return next((c for c in own[1:] if c.i < verb.i and any(g.lower_ in pack.closed["relative_of"] for g in c.children)), antecedent(own[0]))
    if is_finite(verb) and (before := _right_before(verb, pack)) is not None:
        return before
    if depth > 5:
        return None
    if (perfect := shared_perfect(verb)) is not None:
        return surface_subject(perfect, pack, depth + 1)
    head, relation = verb.head, verb.dep_
    if relation == "conj" and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and (head.pos_ == "VERB" or children(head, "cop", "nsubj")):
        return surface_subject(head, pack, depth + 1)
    if relation == "acl" or (relation == "amod" and verb.pos_ == "VERB"):
        if is_infinitive(verb) and children(head, "cop"):
            return surface_subject(head, pack, depth + 1)  # "a été le premier à rompre"
        if (noun := _behind_colon(verb)) is not None:
            return noun
        # An infinitive hung on the name of whoever is accused of it ("accuse l'Iran d'avoir livré …") has that one as its subject.
        return head if not is_infinitive(verb) or head.pos_ == "PROPN" else None
    if relation in ("xcomp", "advcl", "ccomp", "obl:mod", "obl:arg", "parataxis") and not is_finite(verb) and head != verb:
        if relation == "xcomp":
            controlled = _controller(head, verb, pack)
            if controlled is not None:
                return controlled
        return surface_subject(head, pack, depth + 1)
    return None


def _right_before(verb: Token, pack: LanguagePack) -> Token | None:
    """The noun phrase that stands right before a finite verb and that the parser took for an adverbial ("L'envoyé de Paris doit y rencontrer …")."""
    for child in verb.lefts:
        if child.dep_ == "obl:mod" and child.pos_ in ("NOUN", "PROPN") and preposition(child, pack) is None and children(child, "det"):
            after = verb.doc[child.right_edge.i + 1]
            if after == verb or (after.head == verb and after.dep_.partition(":")[0] in ("aux", "expl", "iobj", "cop")):
                return child
    return None


def _behind_colon(verb: Token) -> Token | None:
    """ "Yémen : des soldats tués par …": the noun behind the colon, where the parser hung a participle on the rubric before it."""
    colon = next((t for t in verb.doc[max(verb.head.i, verb.i - COLON_REACH) : verb.i] if t.text == ":"), None)
    return next((c for c in reversed(list(verb.head.rights)) if colon and colon.i < c.i < verb.i and c.pos_ in ("NOUN", "PROPN")), None)


def _controller(governor: Token, infinitive: Token, pack: LanguagePack) -> Token | None:
    """The object that an infinitive's subject is ("exhorte Paris à agir", "demande à Paris d'agir"); None for a verb of one's own doing."""
    if not any(c.dep_ == "mark" for c in infinitive.children):
        return None
    direct = [
        c for c in governor.children if c.i < infinitive.i and ((c.dep_ == "obj" and c.pos_ in ("NOUN", "PROPN", "PRON")) or _misread_object(c, governor, pack))
    ]
    addressed = [c for c in direct if "Yes" not in c.morph.get("Reflex", [])]
    # Whoever is asked or ordered acts; whoever is promised does not: the cue table tells which verbs have the addressee act.
    if not addressed and any("infobj" in cue.frames for cue in pack.cue_verbs.get(governor.lemma_.lower(), ())):
        addressed = [c for c in governor.children if c.dep_ in ("iobj", "obl:arg") and c.i < infinitive.i and c.pos_ in ("NOUN", "PROPN", "PRON")]
    return antecedent(addressed[-1]) if addressed else None


def _misread_object(child: Token, governor: Token, pack: LanguagePack) -> bool:
    """A bare noun behind its verb that the parser took for a predicate or a second subject ("accusent Kim Jong-un de …")."""
    return child.i > governor.i and child.pos_ in ("NOUN", "PROPN") and child.dep_ in ("xcomp", "nsubj") and preposition(child, pack) is None


def subtree_tokens(token: Token) -> Iterator[Token]:
    """The words under a token, blanks left out, in the order of the text."""
    return (t for t in token.subtree if not t.is_space)


def sentence_of(token: Token) -> tuple[int, int]:
    """The tokens of the sentence that a word stands in (end exclusive). spaCy's own `sent` looks the whole text over at each call."""
    doc = token.doc
    bounds = doc.user_data.get(_SENTENCES)
    if bounds is None:
        bounds = [(0, len(doc))] * len(doc)
        for sentence in doc.sents if doc.has_annotation("SENT_START") else ():
            bounds[sentence.start : sentence.end] = [(sentence.start, sentence.end)] * (sentence.end - sentence.start)
        doc.user_data[_SENTENCES] = bounds
    return bounds[token.i]  # type: ignore[no-any-return]


def text_of(doc: Doc) -> str:
    """The text of a doc, put together once: `doc.text` joins all words anew at each call."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def paragraph_of(doc: Doc, offset: int) -> tuple[int, int]:
    """The characters of the line that an offset stands in."""
    text = text_of(doc)
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end
