"""Which words are names: the pipeline and the knowledge base correct each other.

The base knows names that the pipeline missed or cut wrong; the pipeline knows that "Florence" is a person here.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from depeche.extraction.mention import Mention, make_mention
from depeche.extraction.standing import is_of
from depeche.knowledge.base import KnowledgeBase, Name
from depeche.knowledge.names import is_acronym
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold
from depeche.record import Span


def first_names(doc: Doc, pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """The names that stand before descriptions are read: those the base knows, and persons."""
    return _with_persons(doc, _known_names(doc, pack, knowledge), pack)


def other_names(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Organisations and places that only the pipeline found. Descriptions and the base's names stand against what it cut wrong."""
    kept = list(names)
    roles = {i for m in described for i in range(m.start, m.end)}
    for ent in doc.ents:
        if ent.label_ not in ("ORG", "LOC"):
            continue
        start, end = _trimmed(doc, ent.start, ent.end, ent.label_, pack, {m.start for m in kept if m.names})
        if start >= end or any(i in roles for i in range(start, end)):
            continue
        inside = [m for m in kept if m.start < end and start < m.end]
        if inside and inside[-1].end == end and inside[-1].start > start + 1 and is_of(doc[inside[-1].start - 1], pack) and _is_person(inside[-1], knowledge):
            if doc[start : inside[-1].start].text.islower():
                continue  # "la libération de Ioulia Timochenko"
            end = inside.pop().start - 1  # "le Parti libéral-démocrate de Shinzō Abe"
        known = knowledge.named(doc[start].text) if end == start + 1 and not inside else []
        if known and _adjective_use(doc[start], end, doc) and all(n.what == "people" for n in known):
            continue
        if any((m.start <= start and end <= m.end) or m.start < start or m.end > end for m in inside):
            continue
        if inside and not _wins(doc, start, end, ent.label_, inside, knowledge):
            continue
        kept = [m for m in kept if m not in inside]
        found = tuple(n for n in knowledge.named(doc[start:end].text) if n.finds or ent.label_ == "LOC")
        kept.append(make_mention(doc, start, end, "name", label=ent.label_, names=found))
    return sorted(kept, key=lambda m: m.start)


# -- what the base knows --------------------------------------------------------------------------


def _folded_words(doc: Doc) -> tuple[list[tuple[str, int]], list[int]]:
    """The text's folded words with their token, and where each token's first word stands among them."""
    words: list[tuple[str, int]] = []
    starts: list[int] = []
    for token in doc:
        starts.append(len(words))
        if not token.is_space:
            words += [(word, token.i) for word in fold(token.text).split()]
        elif "\n" in token.text:
            words.append(("\n", token.i))  # no name runs on over the end of a line
    return words, starts


def _match_words(words: list[tuple[str, int]], at: int, wanted: tuple[str, ...]) -> int | None:
    """The token after the last of the wanted words if they stand at `at`, ending with a whole token; else None."""
    if at + len(wanted) > len(words):
        return None
    for offset, word in enumerate(wanted):
        if words[at + offset][0] != word:
            return None
    last = words[at + len(wanted) - 1][1]
    after = at + len(wanted)
    return None if after < len(words) and words[after][1] == last else last + 1


def _known_names(doc: Doc, pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Names that the base knows, the longest at each place."""
    words, starts = _folded_words(doc)
    found: list[Mention] = []
    until = 0
    labelled = {i: e.label_ for e in doc.ents for i in range(e.start, e.end)}
    words.append(("", -1))  # a word that none is, so that each has a next one
    for index, at in enumerate(starts):
        if index < until or words[at][1] != index:
            continue
        candidates = knowledge.names_starting(words[at][0], words[at + 1][0])
        if not candidates and words[at + 1][1] != index:
            continue
        token = doc[index]
        best: list[Name] = []
        end = token.i
        for name in candidates:
            if best and len(name.words) < len(best[0].words):
                break
            stop = _match_words(words, at, name.words)
            if stop is not None and _spelt_right(doc, token.i, stop, name) and _may_find(doc, token, stop, name, labelled, pack):
                best.append(name)
                end = stop
        if not best and "-" in token.text and token.text[0].isupper():
            found += _states_joined(doc, token, knowledge)
        if any(knowledge.entity(n.row).kind == "agency" for n in best if n.finds):
            best = [n for n in best if n.finds]  # "Xinhua": no small town before an agency
        if best:
            kind = "people" if all(n.what == "people" for n in best) else "name"
            full = all(n.what == "name" and knowledge.entity(n.row).kind == "person" for n in best)
            found.append(make_mention(doc, token.i, end, kind, names=tuple(best), label="PER" if full else labelled.get(token.i, "")))
            until = end
    return found


def _states_joined(doc: Doc, token: Token, knowledge: KnowledgeBase) -> list[Mention]:
    """ "RDC-Rwanda", "Iran-Israël": a mention of each state in one word; none where a part is no state's name."""
    found: list[Mention] = []
    at = token.idx
    for part in token.text.split("-"):
        names = tuple(n for n in knowledge.named(part) if n.what == "name" and (n.spelt is None or n.spelt == part) and part[:1].isupper())
        if not any(knowledge.entity(n.row).kind == "state" for n in names):
            return []
        mention = make_mention(doc, token.i, token.i + 1, "name", names=names)
        found.append(replace(mention, span=Span(at, at + len(part)), text=part, joined=True))
        at += len(part) + 1
    return found if len(found) > 1 else []


def _spelt_right(doc: Doc, start: int, end: int, name: Name) -> bool:
    written = doc[start].text if end == start + 1 else doc[start:end].text
    if name.what == "people" and end == start + 1 and written[0].islower():
        return True
    if name.spelt is None:
        # A long name is itself in lower case too ("cour pénale internationale").
        return written[0].isupper() or written[0].isdigit() or (len(name.words) >= 3 and name.what == "name")
    written = written.replace("’", "'")
    # What the table writes in lower case may have the capital of a sentence's start or of an official name.
    return name.spelt in (written, written[0].lower() + written[1:])


def _may_find(doc: Doc, token: Token, end: int, name: Name, labelled: dict[int, str], pack: LanguagePack) -> bool:
    """May the base's name stand for these words? A city or family name needs the pipeline's word, or a form of address."""
    label = labelled.get(token.i)
    if token.i and doc[token.i - 1].lower_ in pack.closed["currency"]:
        return False  # "125 000 $US"
    if end == token.i + 1 and token.lower_ in pack.numbers:  # "les Six", but not "Six soldats"
        after = doc[end] if end < len(doc) else None
        return token.i > 0 and doc[token.i - 1].lower_ in pack.closed["definite"] and (after is None or after.pos_ not in ("NOUN", "ADJ"))
    if name.what == "family":
        if label == "PER" or _addressed(doc, token.i, pack):
            return True
        return label is None and token.pos_ == "PROPN" and not token.is_sent_start
    if name.what == "people":
        if token.text[0].islower():
            return _people_in_lower_case(token, pack)
        return label != "PER" and token.pos_ in ("NOUN", "PROPN", "ADJ") and not _adjective_use(token, end, doc)
    if not name.finds:
        return label == "LOC"
    return True


def _people_in_lower_case(token: Token, pack: LanguagePack) -> bool:
    """ "les américains sont habitués à …": a people without its capital, behind an article and with no noun of its own."""
    before = token.doc[token.i - 1] if token.i else None
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        before is not None
        and before.lower_ in pack.closed["definite"]
        and token.text[-1] in "sx"
        and token.pos_ in ("NOUN", "ADJ")
        and token.dep_ in ("nsubj", "nsubj:pass", "obl:agent")
        and token.head.pos_ in ("VERB", "ADJ")
        and (after is None or after.pos_ not in ("NOUN", "ADJ", "PROPN"))
    )


def _adjective_use(token: Token, end: int, doc: Doc) -> bool:
    """Is a capitalised demonym an adjective all the same ("Premier ministre Belge", "le territoire Syrien")?"""
    before = doc[token.i - 1] if token.i else None
    return end == token.i + 1 and before is not None and before.pos_ == "NOUN" and before.text[0].islower()


def _addressed(doc: Doc, at: int, pack: LanguagePack) -> bool:
    return at > 0 and doc[at - 1].text in pack.closed["honorific"]


# -- what the pipeline knows ----------------------------------------------------------------------


def _with_persons(doc: Doc, known: list[Mention], pack: LanguagePack) -> list[Mention]:
    """The base's names with the persons that the pipeline found; a form of address before a capital makes a person too."""
    kept = list(known)
    for ent in doc.ents:
        if ent.label_ != "PER":
            continue
        start, end = _trimmed(doc, ent.start, ent.end, ent.label_, pack)
        if end - start > 2 and is_acronym(doc[start].text):
            start += 1  # "le député LR Éric Ciotti"
        inside = [m for m in kept if m.start < end and start < m.end]
        if start >= end or any(m.start <= start and end <= m.end for m in inside):
            continue
        if len(inside) == 1 and inside[0].start == start and inside[0].end < end and doc[inside[0].end].pos_ == "PROPN" and _given_like(inside[0]):
            kept = [m for m in kept if m not in inside]  # "France Gall"
            kept.append(make_mention(doc, start, end, "name", label="PER"))
            continue
        # "Vladirmir Poutine": a family name inside a full name tells who it may be; any other entry inside shows a wrong label.
        if any(m.start < start or m.end > end or m.kind == "people" or not all(n.what in ("family", "city") for n in m.names) for m in inside):
            continue
        kept = [m for m in kept if m not in inside]
        kept.append(make_mention(doc, start, end, "name", label="PER", names=tuple(n for m in inside for n in m.names if n.what == "family")))
    for title in doc[:-1]:
        if title.text not in pack.closed["honorific"]:
            continue
        token = title.nbor()
        if token.text[0].isupper() and not any(m.start <= token.i < m.end for m in kept):
            end = token.i + 1
            while end < len(doc) and doc[end].text[0].isupper() and doc[end].pos_ == "PROPN":
                end += 1
            kept.append(make_mention(doc, token.i, end, "name", label="PER", honorific=True))
    return sorted(kept, key=lambda m: m.start)


def _given_like(mention: Mention) -> bool:
    """Could a known name be somebody's first name: one word that is a state's or a place's?"""
    return " " not in mention.text and mention.text.istitle() and all(n.what in ("name", "capital", "city", "region", "island") for n in mention.names)


def _trimmed(doc: Doc, start: int, end: int, label: str, pack: LanguagePack, known: set[int] | None = None) -> tuple[int, int]:
    """A pipeline's name without what is no part of one: leading articles and common nouns, marks at its ends, names in no letters at all."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in pack.closed["definite"] or doc[start].pos_ in ("DET", "ADP")):
        start += 1
    start = _behind_common_noun(doc, start, end, pack, known or set())
    if label == "LOC":  # "encerclement de Sarajevo": a common noun before "de" is no part of a place's name
        while start + 2 < end and doc[start].text[0].islower() and is_of(doc[start + 1], pack):
            start += 2 if doc[start + 2].pos_ != "DET" else 3
    while start < end and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ in ("DET", "ADP", "CCONJ")) and doc[end - 1].text != ".":
        end -= 1
    line_end = next((t.i for t in doc[start:end] if "\n" in t.text), end)
    end = min(end, line_end)
    if not any(c.isalpha() and c.isupper() for t in doc[start:end] for c in t.text):
        return start, start
    return start, end


def _behind_common_noun(doc: Doc, start: int, end: int, pack: LanguagePack, known: set[int]) -> int:
    """ "agence Ria Novosti", "quotidien britannique The Guardian", "compte Twitter": what a noun of a kind stands before is the name."""
    if start >= end or not doc[start].text[0].islower():
        return start
    capital = next((t.i for t in doc[start + 1 : end] if t.text[0].isupper() or t.text[0].isdigit()), end)
    between = doc[start + 1 : capital]
    if capital == end or not all(t.pos_ == "ADJ" or t.is_punct for t in between):
        return start
    lemma = doc[start].lemma_.lower()
    institution = pack.institutions.get(lemma)
    press = institution is not None and institution.press
    return capital if press or lemma in pack.closed["kind_noun"] or capital in known else start


def _is_person(mention: Mention, knowledge: KnowledgeBase) -> bool:
    return bool(mention.names) and all(knowledge.entity(n.row).kind == "person" for n in mention.names)


def _wins(doc: Doc, start: int, end: int, label: str, inside: list[Mention], knowledge: KnowledgeBase) -> bool:
    """Does the pipeline's longer name stand ("Université de l'Île-du-Prince-Édouard") against the entries inside it?"""
    if not doc[start].text[0].isupper():
        return False
    if inside[0].start > start:
        return label == "ORG" or doc[start].pos_ == "NOUN"
    if inside[0].start == start and inside[0].end < end and doc[inside[0].end].dep_ == "flat:name" and _given_like(inside[0]):
        return True  # "France Télévisions"
    only_places = all(knowledge.entity(n.row).kind in ("place", "person") for m in inside for n in m.names)
    return (label == "ORG" or (inside[0].end < end and doc[inside[0].end].pos_ == "PROPN")) and only_places
