"""Which words name or describe somebody or some place: names, peoples, institutions, offices, pronouns.

A mention says what its words are and which entries of the knowledge base they could lead to; who it is, `actors` decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from depeche.extraction.grammar import children, preposition
from depeche.knowledge.base import KnowledgeBase, Name
from depeche.language.pack import LanguagePack, Role
from depeche.ontology.spelling import fold
from depeche.record import Span


@dataclass(slots=True)
class Mention:
    """Words `start` to `end` (tokens, end exclusive) with their head.

    kind: name | people | institution | description | pronoun | group
    label: what the pipeline took a name for (PER, ORG, LOC), or ""
    names: entries of the base that the words match; countries, organisation: whose office or institution it is; title_of: the name that a
    description stands beside, for it is then a title and no mention of its own; count: how many are meant ("les deux présidents": 2).
    """

    start: int
    end: int
    head: int
    kind: str
    span: Span
    text: str
    label: str = ""
    names: tuple[Name, ...] = ()
    role: Role | None = None
    countries: tuple[str, ...] = ()
    organisation: int | None = None
    sector: str | None = None
    gender: str = "x"
    honorific: bool = False
    definite: bool = False
    count: int = 1
    title_of: int | None = None
    owner: Token | None = field(default=None, repr=False)


def find_mentions(doc: Doc, pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Every mention, in the order of the text; names, descriptions and institutions do not overlap, pronouns stand apart."""
    words, starts = _folded_words(doc)
    named = _known_names(doc, words, starts, pack, knowledge)
    names = _with_pipeline_names(doc, named, knowledge)
    taken = {i for m in names for i in range(m.start, m.end)}
    described = _descriptions(doc, words, starts, names, taken, pack, knowledge)
    swallowed = {(m.start, m.end) for m in names for d in described if d.start <= m.start and m.end <= d.end}
    names = [m for m in names if (m.start, m.end) not in swallowed]
    taken = {i for m in (*names, *described) for i in range(m.start, m.end)}
    pronouns = [m for token in doc if token.i not in taken and (m := _pronoun(token, pack)) is not None]
    return sorted([*names, *described, *pronouns], key=lambda m: (m.start, m.end))


def make_mention(doc: Doc, start: int, end: int, kind: str, **fields: object) -> Mention:
    """A mention of tokens `start` to `end`, its head found by the grammar."""
    span = doc[start:end]
    mention = Mention(start, end, span.root.i, kind, Span(span.start_char, span.end_char), span.text)
    return replace(mention, **fields)  # type: ignore[arg-type]


def _folded_words(doc: Doc) -> tuple[list[tuple[str, int]], list[int]]:
    """The text's folded words with their token, and where each token's first word stands among them."""
    words: list[tuple[str, int]] = []
    starts: list[int] = []
    for token in doc:
        starts.append(len(words))
        if not token.is_space:
            words += [(word, token.i) for word in fold(token.text).split()]
    return words, starts


def match_words(words: list[tuple[str, int]], at: int, wanted: tuple[str, ...]) -> int | None:
    """The token after the last of the wanted words if they stand at `at`, ending with a whole token; else None."""
    if at + len(wanted) > len(words):
        return None
    for offset, word in enumerate(wanted):
        if words[at + offset][0] != word:
            return None
    last = words[at + len(wanted) - 1][1]
    after = at + len(wanted)
    return None if after < len(words) and words[after][1] == last else last + 1


def _known_names(doc: Doc, words: list[tuple[str, int]], starts: list[int], pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Names that the base knows, the longest at each place."""
    found: list[Mention] = []
    until = 0
    labelled = {i: e.label_ for e in doc.ents for i in range(e.start, e.end)}
    for token in doc:
        if token.i < until or token.is_space or starts[token.i] >= len(words) or words[starts[token.i]][1] != token.i:
            continue
        candidates = knowledge.names_starting(words[starts[token.i]][0])
        best: list[Name] = []
        end = token.i
        for name in candidates:
            if best and len(name.words) < len(best[0].words):
                break
            stop = match_words(words, starts[token.i], name.words)
            if stop is not None and _spelt_right(doc, token.i, stop, name) and _may_find(doc, token, stop, name, labelled, pack):
                best.append(name)
                end = stop
        if best:
            kind = "people" if all(n.what == "people" for n in best) else "name"
            found.append(make_mention(doc, token.i, end, kind, names=tuple(best), label=labelled.get(token.i, "")))
            until = end
    return found


def _spelt_right(doc: Doc, start: int, end: int, name: Name) -> bool:
    written = doc[start:end].text
    if name.spelt is None:
        return written[0].isupper() or written[0].isdigit()
    return written == name.spelt


def _may_find(doc: Doc, token: Token, end: int, name: Name, labelled: dict[int, str], pack: LanguagePack) -> bool:
    """May the base's name stand for these words? A city or family name needs the pipeline's word, or a form of address."""
    label = labelled.get(token.i)
    if name.what == "family":
        if label == "PER" or _addressed(doc, token.i, pack):
            return True
        return label is None and token.pos_ == "PROPN" and not token.is_sent_start
    if name.what == "people":
        return label != "PER" and token.pos_ in ("NOUN", "PROPN", "ADJ") and not _adjective_use(token, end, doc)
    if not name.finds:
        return label == "LOC"
    return True


def _adjective_use(token: Token, end: int, doc: Doc) -> bool:
    """Is a capitalised demonym an adjective all the same ("Premier ministre Belge")?"""
    before = doc[token.i - 1] if token.i else None
    return end == token.i + 1 and before is not None and before.pos_ == "NOUN" and before.text[0].islower() and token.dep_ == "amod"


def _addressed(doc: Doc, at: int, pack: LanguagePack) -> bool:
    return at > 0 and doc[at - 1].text in pack.closed["honorific"]


def _with_pipeline_names(doc: Doc, known: list[Mention], knowledge: KnowledgeBase) -> list[Mention]:
    """The base's names and the pipeline's together: the longer span wins, and each corrects the other."""
    kept = list(known)
    for ent in doc.ents:
        start, end = _trimmed(doc, ent.start, ent.end)
        if start >= end:
            continue
        inside = [m for m in kept if m.start < end and start < m.end]
        if any(m.start <= start and end <= m.end for m in inside):
            continue
        if any(m.start < start or m.end > end for m in inside) or ent.label_ == "LOC" and inside:
            continue
        if ent.label_ == "PER":
            # "Vladirmir Poutine": a family name inside a full name tells who it may be; any other entry inside shows a wrong label.
            if any(m.kind == "people" or not all(n.what in ("family", "city") for n in m.names) for m in inside):
                continue
            names = tuple(n for m in inside for n in m.names if n.what == "family")
        elif len(inside) > 1 or any(doc[m.start - 1].i >= start and m.start == start for m in inside):
            if ent.label_ != "ORG" or any(m.start == start for m in inside):
                continue
            names = ()
        elif inside and ent.label_ == "ORG" and inside[0].start == start:
            continue
        else:
            names = ()
        kept = [m for m in kept if m not in inside]
        if not names:
            names = tuple(n for n in knowledge.named(doc[start:end].text) if n.finds or ent.label_ == "LOC")
        kept.append(make_mention(doc, start, end, "name", label=ent.label_, names=names))
    return sorted(kept, key=lambda m: m.start)


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A pipeline's name without what is no part of one: leading articles, marks at its ends, and names in no letters at all."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].pos_ in ("DET", "ADP")) and not doc[start].text[0].isupper():
        start += 1
    while start < end and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ in ("DET", "ADP", "CCONJ")) and doc[end - 1].text != ".":
        end -= 1
    if not any(c.isalpha() and c.isupper() for t in doc[start:end] for c in t.text):
        return start, start
    return start, end


def _pronoun(token: Token, pack: LanguagePack) -> Mention | None:
    gender = pack.closed["pronoun"].get(token.lower_)
    if gender is not None and token.pos_ == "PRON" and token.dep_ not in ("expl:subj", "expl:pass", "expl:pv"):
        return make_mention(token.doc, token.i, token.i + 1, "pronoun", gender=gender)
    return None


def _descriptions(
    doc: Doc, words: list[tuple[str, int]], starts: list[int], names: list[Mention], taken: set[int], pack: LanguagePack, knowledge: KnowledgeBase
) -> list[Mention]:
    """Offices ("le chef de l'État russe"), institutions ("l'armée turque") and what takes up somebody named before ("les deux pays")."""
    by_start = {m.start: m for m in names}
    found: list[Mention] = []
    until = 0
    for token in doc:
        if token.i < until or token.i in taken or token.is_space or token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        mention = _role(doc, token, words, starts, by_start, pack, knowledge) or _institution(doc, token, by_start, pack, knowledge)
        mention = mention or _anaphor(doc, token, pack)
        if mention is not None:
            found.append(mention)
            until = mention.end
    return found


def _role(
    doc: Doc, token: Token, words: list[tuple[str, int]], starts: list[int], by_start: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase
) -> Mention | None:
    first = fold(token.text.removeprefix("ex-").removeprefix("vice-") or token.text).split()
    for role in pack.roles.get(first[0] if first else "", ()):
        reached = _role_words(doc, token.i, role.words, knowledge)
        if reached is None:
            continue
        end, countries = reached
        end, more, organisation, owner = _whose(doc, token, end, by_start, knowledge, pack)
        start = token.i
        beside = next((m.start for m in (by_start.get(end), by_start.get(end + 1) if end < len(doc) and doc[end].text == "," else None) if m and m.label == "PER" or m and _is_person(m, knowledge)), None)
        count = next((int(pack.numbers[c.lower_][0]) for c in token.children if c.dep_ == "nummod" and c.lower_ in pack.numbers), 1)
        definite = any(c.lower_ in pack.closed["definite"] for c in children(token, "det")) or _after_definite(doc, start, pack)
        return make_mention(
            doc,
            start,
            end,
            "description",
            role=role,
            countries=countries or more,
            organisation=organisation,
            sector=role.sector,
            gender=role.gender,
            definite=definite,
            count=count,
            title_of=beside,
            owner=owner,
        )
    return None


def _is_person(mention: Mention, knowledge: KnowledgeBase) -> bool:
    return any(knowledge.entity(n.row).kind == "person" for n in mention.names)


def _after_definite(doc: Doc, start: int, pack: LanguagePack) -> bool:
    return start > 0 and doc[start - 1].lower_ in pack.closed["definite"]


def _role_words(doc: Doc, start: int, wanted: tuple[str, ...], knowledge: KnowledgeBase) -> tuple[int, tuple[str, ...]] | None:
    """Match a role's words, letting a demonym stand between them ("ministre iranien des Affaires étrangères"): the end, and the demonym's countries."""
    countries: tuple[str, ...] = ()
    left = list(wanted)
    at = start
    while left and at < len(doc) and at - start < len(wanted) + 6:
        text = doc[at].text
        here = fold(text.removeprefix("ex-").removeprefix("vice-") if at == start else text).split()
        if here == left[: len(here)] and here:
            left = left[len(here) :]
        elif at > start and here and (of := knowledge.adjectives.get(" ".join(here))):
            countries = of
        elif here or at == start:
            return None
        at += 1
    return None if left else (at, countries)


def _whose(
    doc: Doc, head: Token, end: int, by_start: dict[int, Mention], knowledge: KnowledgeBase, pack: LanguagePack
) -> tuple[int, tuple[str, ...], int | None, Token | None]:
    """Whose office or institution it is, by what follows: a demonym, or "de" and a name. (end, countries, organisation's row, named owner)"""
    at = end
    while at < len(doc) and not doc[at].is_space:
        token = doc[at]
        if (countries := knowledge.adjectives.get(fold(token.text))) and token.text[0].islower() or (countries and doc[at - 1].pos_ == "NOUN"):
            return at + 1, countries, None, None
        reached = at
        if pack.closed["contraction"].get(token.lower_, token.lower_) == "de":
            reached += 1
            if reached < len(doc) and doc[reached].pos_ == "DET":
                reached += 1
            if owner := by_start.get(reached):
                entities = [knowledge.entity(n.row) for n in owner.names if n.what != "family"]
                states = tuple(dict.fromkeys(e.country for e in entities if e.kind == "state" and e.country))
                body = next((e.row for e in entities if e.kind in ("organisation", "group")), None)
                if states and body is None:
                    return owner.end, states, None, None
                if body is not None:
                    return owner.end, (), body, None
                return end, (), None, doc[owner.head]
        # Pass over what may stand between the noun and its owner ("ministère des Affaires étrangères chinois"), within the noun's own phrase.
        if not (token.pos_ in ("ADJ", "ADP", "DET", "NOUN", "PROPN") and at in range(end, end + 5) and (token.is_ancestor(head) or head.is_ancestor(token)) and at not in by_start):
            break
        at += 1
    return end, (), None, None


def _institution(doc: Doc, token: Token, by_start: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> Mention | None:
    institution = pack.institutions.get(token.lemma_.lower()) or pack.institutions.get(token.lower_)
    if institution is None or not institution.linked or token.pos_ not in ("NOUN", "PROPN"):
        return None
    end, countries, organisation, _ = _whose(doc, token, token.i + 1, by_start, knowledge, pack)
    if organisation is not None:
        return None
    definite = _after_definite(doc, token.i, pack)
    if not countries and not definite:
        return None
    return make_mention(doc, token.i, end, "institution", countries=countries, sector=institution.sector, definite=definite)


def _anaphor(doc: Doc, token: Token, pack: LanguagePack) -> Mention | None:
    """ "les deux hommes", "ce dernier", "le pays": a noun that takes up somebody named before."""
    lemma = token.lemma_.lower()
    if token.lower_ in pack.closed["latter"] or lemma in pack.closed["latter"]:
        if token.i and doc[token.i - 1].lower_ in pack.closed["definite"] and not any(c.pos_ in ("NOUN", "PROPN") for c in [token.head] if token.dep_ == "amod"):
            return make_mention(doc, token.i, token.i + 1, "pronoun", gender=_gender(token))
        return None
    what = pack.closed["anaphor"].get(lemma)
    if what is None or token.pos_ != "NOUN":
        return None
    numbers = [pack.numbers[c.lower_][0] for c in token.children if c.dep_ == "nummod" and c.lower_ in pack.numbers]
    numbers += [float(c.text) for c in token.children if c.dep_ == "nummod" and c.text.isdigit()]
    if numbers and 2 <= numbers[0] <= 6:
        return make_mention(doc, token.i, token.i + 1, "group", count=int(numbers[0]), label=what)
    if what == "state" and _after_definite(doc, token.i, pack) and not any(c.dep_ in ("amod", "nmod") and preposition(c, pack) for c in token.children):
        return make_mention(doc, token.i, token.i + 1, "group", count=1, label=what)
    return None


def _gender(token: Token) -> str:
    morph = token.morph
    gender = {"Masc": "m", "Fem": "f"}.get("".join(morph.get("Gender")), "x")
    return gender + ("p" if "Plur" in morph.get("Number") else "")
