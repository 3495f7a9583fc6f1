"""Questions that every stage asks of a parsed clause, in the terms of Universal Dependencies.

Nothing here knows a language beyond the closed classes of its pack.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from depeche.language.pack import LanguagePack
from depeche.record import Span

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer"})
Arguments = dict[str, list[Token]]
_PHRASE = frozenset({"obj", "nmod", "obl", "attr", "xcomp", "appos"})
_SENTENCES = "depeche_sentence_bounds"
_TEXT = "depeche_text"


def children(token: Token, *relations: str) -> list[Token]:
    """The dependents under one of the relations (subtypes counted under their base), in the order of the text."""
    return [c for c in token.children if c.dep_ in relations or c.dep_.partition(":")[0] in relations]


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


def is_passive(verb: Token, pack: LanguagePack) -> bool:
    """A passive verb group, or a past participle that modifies a noun; never a verb that makes its perfect with "be" ("sont entrés")."""
    if verb.lemma_.lower() in pack.closed["be_perfect"] or any(c.lower_ in pack.closed["reflexive"] for c in verb.children if c.i < verb.i):
        return False
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        # The parser takes some subjects for passive ones; the auxiliary alone decides.
        return any(c.dep_ == "aux:pass" for c in verb.children) or not any(c.dep_.startswith(("aux", "expl")) for c in verb.children)
    return verb.dep_ in ("acl", "amod") and is_past_participle(verb) and not children(verb, "aux")


def is_infinitive(verb: Token) -> bool:
    """An infinitive, present or perfect ("livrer", "avoir livré")."""
    return any("Inf" in t.morph.get("VerbForm", []) for t in (verb, *children(verb, "aux", "cop")))


def is_past_participle(verb: Token) -> bool:
    morph = verb.morph
    return "Part" in morph.get("VerbForm", []) and "Past" in morph.get("Tense", [])


def is_finite(verb: Token) -> bool:
    """Has the verb, or an auxiliary or copula of it, a personal form?"""
    return any("Fin" in t.morph.get("VerbForm", []) for t in (verb, *children(verb, "aux", "cop")))


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
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return antecedent(child)
    if depth > 5:
        return None
    head, relation = verb.head, verb.dep_
    if relation == "conj" and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and (head.pos_ == "VERB" or children(head, "cop", "nsubj")):
        return surface_subject(head, pack, depth + 1)
    if relation == "acl" or (relation == "amod" and verb.pos_ == "VERB"):
        # An infinitive hung on the name of whoever is accused of it ("accuse l'Iran d'avoir livré …") has that one as its subject.
        return head if not is_infinitive(verb) or head.pos_ == "PROPN" else None
    if relation in ("xcomp", "advcl", "ccomp", "obl:mod", "obl:arg", "parataxis") and not is_finite(verb) and head != verb:
        if relation == "xcomp":
            controlled = _controller(head, verb, pack)
            if controlled is not None:
                return controlled
        return surface_subject(head, pack, depth + 1)
    return None


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


def verb_arguments(verb: Token, pack: LanguagePack) -> Arguments:
    """What stands where around a verb, as if it were active: subj, obj, inf, que, and each preposition."""
    found: Arguments = defaultdict(list)
    passive = is_passive(verb, pack)
    subject = _behind_que(verb, pack) or surface_subject(verb, pack)
    if subject is not None:
        found["obj" if passive else "subj"].append(subject)
        # "Washington et Téhéran négocient": coordinated subjects that the parser hung on the verb one by one
        found["obj" if passive else "subj"] += [c for c in verb.children if c.dep_ in SUBJECTS and subject.i < c.i < verb.i and c.head == subject.head]
    if subject is not None and subject.i > verb.i and subject.head == verb and verb.dep_ == "conj" and not passive:
        # "sont en place et ont rencontré le président": a coordinated verb whose subject stands before its first verb has an object behind it.
        before = surface_subject(verb.head, pack)
        if before is not None and before.i < verb.i:
            found["obj"], found["subj"] = [subject], [before]
    for child in verb.children:
        _file_argument(found, child, passive, pack)
        if child.dep_ in SUBJECTS and child.i > verb.i and child != subject and subject is not None and subject.i < verb.i and not passive:
            found["obj"].append(child)  # a second subject behind the verb is its object
    if passive and not found["subj"]:
        found["subj"] = complements_near(verb, "par", pack)  # "frappé de sanctions par Washington"
    if not found["obj"] and not passive:
        # What the parser took for a predicate ("a menacé Israël de …") or, behind "des", for a complement ("pris en otage des diplomates").
        if verb.dep_ == "acl:relcl" and any(c.dep_ == "mark" and c.lower_ in pack.closed["relative_object"] for c in verb.children):
            found["obj"].append(verb.head)  # "le carburant que Minsk livrerait": a relative pronoun that the parser took for a conjunction
        found["obj"] += [c for c in found["attr"] if c.pos_ in ("NOUN", "PROPN")] or [c for c in found["de"] if _partitive(c) and c.i > verb.i]
    return found


def _behind_que(verb: Token, pack: LanguagePack) -> Token | None:
    """The subject between "que" and its verb in a relative clause that the parser missed ("allégations que Moscou et Pyongyang ont démenties")."""
    if verb.dep_ not in ("conj", "parataxis", "ROOT", "acl", "advcl", "ccomp") or not is_finite(verb):
        return None
    doc = verb.doc
    at = min([verb.i, *(c.i for c in verb.children if c.dep_.startswith("aux") and c.i < verb.i)]) - 1
    last = doc[at] if at >= 0 and doc[at].pos_ in ("PROPN", "NOUN") else None
    while last is not None and at > 0 and verb.i - at < 10:
        at -= 1
        if doc[at].lower_ in pack.closed["relative_object"]:
            if any(c.dep_ in SUBJECTS and c.i > at for c in verb.children):
                return None
            first = doc[at + 1 : last.i + 1].root
            return first if first.pos_ in ("PROPN", "NOUN") else last
        if doc[at].pos_ not in ("PROPN", "NOUN", "DET", "CCONJ", "ADJ", "ADP"):
            return None
    return None


def _partitive(noun: Token) -> bool:
    """Could the word that introduces the noun be an article as well as a preposition?"""
    return any(c.dep_ == "case" and "Plur" in noun.morph.get("Number", []) and c.pos_ == "ADP" and len(c.text) == 3 for c in noun.lefts)


def _file_argument(found: Arguments, child: Token, passive: bool, pack: LanguagePack) -> None:
    relation = child.dep_
    base = relation.partition(":")[0]
    if relation == "obl:agent" or (passive and base == "obl" and preposition(child, pack) == "par"):
        found["subj" if passive else "par"].append(child)
    elif child.lower_ in pack.closed["complex_preposition"] and base in ("advmod", "obl", "advcl", "xcomp", "obj"):
        found[child.lower_] += [antecedent(c) for c in child.children if c.dep_.startswith(("nmod", "obl"))]
    elif base == "obl" or (base == "nmod" and child.pos_ != "VERB"):
        found[preposition(child, pack) or "bare"].append(antecedent(child))
    elif base == "obj":
        if child.lower_ not in pack.closed["reflexive"]:
            found["obj"].append(antecedent(child))
    elif base == "iobj":
        found["à"].append(antecedent(child))
    elif base in ("xcomp", "advcl", "ccomp") and is_infinitive(child):
        found["inf"].append(child)
    elif base == "xcomp":
        found["attr"].append(child)
    elif base == "ccomp":
        found["que"].append(child)


def noun_arguments(noun: Token, pack: LanguagePack) -> Arguments:
    """What stands around a noun: each preposition, `adj` for its adjectives, `poss` for its possessive, `subj` where a verb carries it."""
    found: Arguments = defaultdict(list)
    for child in noun.children:
        base = child.dep_.partition(":")[0]
        if base == "amod":
            found["adj"].append(child)
        elif base == "det" and child.lower_ in pack.closed["possessive"]:
            found["poss"].append(child)
        elif child.lower_ in pack.closed["complex_preposition"]:
            found[child.lower_] += [antecedent(c) for c in child.children if c.dep_.startswith(("nmod", "obl"))]
        elif base in ("nmod", "obl", "acl", "appos") and (word := preposition(child, pack)):
            found[word].append(antecedent(child))
            if base == "acl" and is_infinitive(child):
                found["inf"].append(child)
        elif base == "acl" and child.pos_ in ("VERB", "ADJ") and is_past_participle(child):
            found["adj"].append(child)
            for complement in child.children:  # "l'opération lancée par la Russie en Ukraine"
                if complement.dep_.startswith("obl"):
                    found["par" if complement.dep_ == "obl:agent" else preposition(complement, pack) or "bare"].append(antecedent(complement))
    head = noun.head
    if noun.dep_.partition(":")[0] in ("obj", "obl", "xcomp") and head.pos_ == "VERB":
        for child in head.children:
            if child.i > noun.i and child.dep_.startswith("obl") and (word := preposition(child, pack)) and word != "par":
                found[word].append(antecedent(child))
        subject = surface_subject(head, pack)
        if subject is not None and not is_passive(head, pack):
            found["subj"].append(subject)
        elif is_passive(head, pack):
            found["subj"] += [c for c in head.children if c.dep_ == "obl:agent"]
    elif noun.dep_ == "nsubj:pass" or (noun.dep_ == "nsubj" and is_passive(head, pack)):
        found["subj"] += [c for c in head.children if c.dep_ == "obl:agent"]
    elif noun.dep_ == "nmod" and head.pos_ == "NOUN":
        found["par"] += [c for c in head.children if c.i > noun.i and preposition(c, pack) == "par"]
    return found


def complements_near(token: Token, word: str, pack: LanguagePack) -> list[Token]:
    """Complements behind a preposition that the parser hung on a noun of the same phrase ("livrer des chars à Kiev": à Kiev on chars)."""
    found: list[Token] = []
    holders = [token, *(c for c in token.children if c.dep_ == "acl" and is_past_participle(c))]
    nearer = [c for h in holders for c in h.children if c.dep_.partition(":")[0] in _PHRASE and c.i > token.i and c.pos_ in ("NOUN", "PROPN", "NUM")]
    for _ in range(3):
        deeper: list[Token] = []
        for noun in nearer:
            for child in noun.children:
                if child.i > noun.i and child.dep_.partition(":")[0] in ("nmod", "obl", "appos"):
                    if preposition(child, pack) == word:
                        found.append(antecedent(child))
                    elif child.lower_ in pack.closed["complex_preposition"] and child.lower_ == word:
                        found += [c for c in child.children if c.dep_.startswith(("nmod", "obl"))]
                    deeper.append(child)
        if found:
            return found
        nearer = deeper
    return found


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
