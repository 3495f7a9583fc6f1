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
    description stands beside, for it is then a title and no mention of its own; count: how many are meant ("les deux présidents": 2);
    inner: the institution inside an office ("conseiller de la présidence azerbaïdjanaise"), as tokens.
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
    bare: str = ""
    inner: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """The words without a form of address."""
        return self.bare or self.text


def find_mentions(doc: Doc, pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Every mention, in the order of the text. A description may hold the name of whose it is ("ministre de la Défense de la Corée du Nord")."""
    words, starts = _folded_words(doc)
    names = _known_names(doc, words, starts, pack, knowledge)
    names = _with_persons(doc, names, pack)
    described = _descriptions(doc, names, pack, knowledge)
    names = _with_other_names(doc, names, described, pack, knowledge)
    names = _short_forms(doc, names, described, pack)
    taken = {i for m in (*names, *described) for i in range(m.start, m.end)}
    pronouns = [m for token in doc if token.i not in taken and (m := _pronoun(token, pack)) is not None]
    return sorted([*names, *described, *pronouns], key=lambda m: (m.start, -m.end))


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
        # A long name is itself in lower case too ("cour pénale internationale").
        return written[0].isupper() or written[0].isdigit() or (len(name.words) >= 3 and name.what == "name")
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


def _with_persons(doc: Doc, known: list[Mention], pack: LanguagePack) -> list[Mention]:
    """The base's names with the persons that the pipeline found; a form of address before a capital makes a person too."""
    kept = list(known)
    for ent in doc.ents:
        if ent.label_ != "PER":
            continue
        start, end = _trimmed(doc, ent.start, ent.end, ent.label_, pack)
        inside = [m for m in kept if m.start < end and start < m.end]
        if start >= end or any(m.start <= start and end <= m.end for m in inside):
            continue
        # "Vladirmir Poutine": a family name inside a full name tells who it may be; any other entry inside shows a wrong label.
        if any(m.start < start or m.end > end or m.kind == "people" or not all(n.what in ("family", "city") for n in m.names) for m in inside):
            continue
        kept = [m for m in kept if m not in inside]
        kept.append(make_mention(doc, start, end, "name", label="PER", names=tuple(n for m in inside for n in m.names if n.what == "family")))
    for token in doc[1:]:
        if doc[token.i - 1].text in pack.closed["honorific"] and token.text[0].isupper() and not any(m.start <= token.i < m.end for m in kept):
            end = token.i + 1
            while end < len(doc) and doc[end].text[0].isupper() and doc[end].pos_ == "PROPN":
                end += 1
            kept.append(make_mention(doc, token.i, end, "name", label="PER", honorific=True))
    return sorted(kept, key=lambda m: m.start)


def _with_other_names(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Organisations and places that only the pipeline found. Descriptions and the base's names stand against what it cut wrong."""
    kept = list(names)
    roles = {i for m in described for i in range(m.start, m.end)}
    for ent in doc.ents:
        if ent.label_ not in ("ORG", "LOC"):
            continue
        start, end = _trimmed(doc, ent.start, ent.end, ent.label_, pack)
        if start >= end or any(i in roles for i in range(start, end)):
            continue
        inside = [m for m in kept if m.start < end and start < m.end]
        if any((m.start <= start and end <= m.end) or m.start < start or m.end > end for m in inside):
            continue
        if inside and not _wins(doc, start, end, ent.label_, inside, knowledge):
            continue
        kept = [m for m in kept if m not in inside]
        found = tuple(n for n in knowledge.named(doc[start:end].text) if n.finds or ent.label_ == "LOC")
        kept.append(make_mention(doc, start, end, "name", label=ent.label_, names=found))
    return sorted(kept, key=lambda m: m.start)


def _wins(doc: Doc, start: int, end: int, label: str, inside: list[Mention], knowledge: KnowledgeBase) -> bool:
    """Does the pipeline's longer name stand ("Université de l'Île-du-Prince-Édouard") against the entries inside it?"""
    if not doc[start].text[0].isupper():
        return False
    if inside[0].start > start:
        return label == "ORG" or doc[start].pos_ == "NOUN"
    only_places = all(knowledge.entity(n.row).kind in ("place", "person") for m in inside for n in m.names)
    return label == "ORG" and only_places


def _short_forms(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack) -> list[Mention]:
    """Family names of persons whose full name the article gives, where neither base nor pipeline marked them; a form of address belongs to its name."""
    taken = {i for m in (*names, *described) for i in range(m.start, m.end)}
    last_words = {m.text.split()[-1] for m in names if m.label == "PER" and " " in m.text and m.text.split()[-1][0].isupper()}
    kept = list(names)
    for token in doc:
        if token.text in last_words and token.i not in taken:
            kept.append(make_mention(doc, token.i, token.i + 1, "name", label="PER"))
    for at, mention in enumerate(kept):
        before = mention.start - 1
        if before >= 0 and doc[before].text in pack.closed["honorific"] and (mention.label == "PER" or mention.honorific):
            longer = make_mention(doc, before, mention.end, "name", label="PER", names=mention.names, honorific=True, gender=pack.closed["honorific"][doc[before].text] or "x")
            kept[at] = replace(longer, bare=mention.text)
    return sorted(kept, key=lambda m: m.start)


def _trimmed(doc: Doc, start: int, end: int, label: str, pack: LanguagePack) -> tuple[int, int]:
    """A pipeline's name without what is no part of one: leading articles, marks at its ends, and names in no letters at all."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in pack.closed["definite"] or doc[start].pos_ in ("DET", "ADP")):
        start += 1
    if label == "LOC":  # "encerclement de Sarajevo": a common noun before "de" is no part of a place's name
        while start + 2 < end and doc[start].text[0].islower() and pack.closed["contraction"].get(doc[start + 1].lower_, doc[start + 1].lower_) == "de":
            start += 2 if doc[start + 2].pos_ != "DET" else 3
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


def _descriptions(doc: Doc, names: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Offices ("le chef de l'État russe"), institutions ("l'armée turque") and what takes up somebody named before ("les deux pays")."""
    by_start = {m.start: m for m in names}
    taken = {i for m in names for i in range(m.start, m.end)}
    found: list[Mention] = []
    until = 0
    for token in doc:
        if token.i < until or token.i in taken or token.is_space or token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        mention = _role(doc, token, by_start, pack, knowledge) or _institution(doc, token, by_start, pack, knowledge)
        mention = mention or _anaphor(doc, token, pack)
        if mention is not None:
            found.append(mention)
            until = mention.end
            if mention.inner is not None and (mention.title_of is not None or not mention.definite):
                inner = _institution(doc, doc[mention.inner[0]], by_start, pack, knowledge)
                if inner is not None:
                    found.append(inner)
    return found


def _role(doc: Doc, token: Token, by_start: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> Mention | None:
    first = fold(token.text.removeprefix("ex-").removeprefix("vice-") or token.text).split()
    start = token.i
    for role in (*pack.roles.get(first[0] if first else "", ()), *_counterpart(token, pack)):
        reached = _role_words(doc, start, role.words, knowledge)
        if reached is None:
            continue
        whose = _whose(doc, token, reached[0], by_start, knowledge, pack)
        end = whose.end
        beside = end
        while beside < len(doc) and doc[beside].pos_ == "ADJ" and doc[beside].text[0].islower():
            beside += 1
        named = by_start.get(beside) or (by_start.get(beside + 1) if beside < len(doc) and doc[beside].text == "," else None)
        title_of = named.start if named is not None and (named.label == "PER" or _is_person(named, knowledge)) else None
        behind = next((m for m in by_start.values() if m.end == start - 1 and doc[start - 1].text == "," and (m.label == "PER" or _is_person(m, knowledge))), None)
        if title_of is None and behind is not None:
            title_of = behind.start  # "Rachad Ismaïlov, porte-parole de l'état-major"
        count = next((int(pack.numbers[c.lower_][0]) for c in token.children if c.dep_ == "nummod" and c.lower_ in pack.numbers), 1)
        determiner = next(iter(children(token, "det")), None) or (doc[start - 1] if start and doc[start - 1].pos_ in ("DET", "ADP") else None)
        return make_mention(
            doc,
            start,
            end,
            "description",
            role=role,
            countries=reached[1] or whose.countries,
            organisation=whose.organisation,
            sector=role.sector,
            gender=role.gender if role.gender[0] != "x" or determiner is None else _determined_gender(determiner, role.gender),
            definite=determiner is not None and determiner.lower_ in pack.closed["definite"],
            count=count,
            title_of=title_of,
            owner=whose.owner,
            inner=whose.inner,
        )
    return None


def _counterpart(token: Token, pack: LanguagePack) -> list[Role]:
    """ "son homologue iranien": whoever holds the same office elsewhere."""
    if token.lemma_.lower() in pack.closed["counterpart"]:
        return [Role((fold(token.text),), "counterpart", "GOV", "x")]
    return []


def _determined_gender(determiner: Token, otherwise: str) -> str:
    gender = {"Masc": "m", "Fem": "f"}.get("".join(determiner.morph.get("Gender")), "x")
    return gender + otherwise[1:]


def _is_person(mention: Mention, knowledge: KnowledgeBase) -> bool:
    return any(knowledge.entity(n.row).kind == "person" for n in mention.names)


def _after_definite(doc: Doc, start: int, pack: LanguagePack) -> bool:
    return start > 0 and doc[start - 1].lower_ in pack.closed["definite"]


def _role_words(doc: Doc, start: int, wanted: tuple[str, ...], knowledge: KnowledgeBase) -> tuple[int, tuple[str, ...]] | None:
    """Match a role's words, letting adjectives stand between them ("ministre iranien sortant des Affaires étrangères"): the end, and a demonym's countries."""
    countries: tuple[str, ...] = ()
    left = list(wanted)
    at = start
    while left and at < len(doc) and at - start < len(wanted) + 6:
        text = doc[at].text
        here = fold(text.removeprefix("ex-").removeprefix("vice-") if at == start else text).split()
        if here and here == left[: len(here)]:
            left = left[len(here) :]
        elif at > start and here and (of := knowledge.adjectives.get(" ".join(here))):
            countries = of
        elif at == start or not (here and doc[at].pos_ == "ADJ" and text[0].islower()):
            return None
        at += 1
    return None if left else (at, countries)


@dataclass(slots=True)
class _Whose:
    """Whose an office or institution is: where the words end, the countries or body meant, a named person, the institution in between."""

    end: int
    countries: tuple[str, ...] = ()
    organisation: int | None = None
    owner: Token | None = None
    inner: tuple[int, int] | None = None


def _whose(doc: Doc, head: Token, end: int, by_start: dict[int, Mention], knowledge: KnowledgeBase, pack: LanguagePack) -> _Whose:
    """Whose office or institution it is, by what follows: a demonym, or "de" and a name."""
    at = end
    inner: int | None = None
    while at < len(doc) and at < end + 9 and not doc[at].is_space:
        token = doc[at]
        if at not in by_start:
            countries = knowledge.adjectives.get(fold(token.text), ())
            if countries and (token.text[0].islower() or doc[at - 1].pos_ == "NOUN"):
                return _Whose(at + 1, countries, inner=(inner, at + 1) if inner is not None else None)
            body = knowledge.body_called(fold(token.text)) if token.pos_ in ("ADJ", "NOUN") else None
            if body is not None:
                return _Whose(at + 1, organisation=body)
        if named := by_start.get(at) or (by_start.get(at + 1) if token.pos_ == "DET" else None):
            behind_de = pack.closed["contraction"].get(doc[at - 1].lower_, doc[at - 1].lower_) == "de" or (token.pos_ == "DET")
            return _named_owner(doc, named, end, inner, knowledge) if behind_de else _Whose(end, owner=doc[named.head] if named.label == "PER" and at == end else None)
        if token.lemma_.lower() in pack.institutions and inner is None and at > end:
            inner = at
        if token.is_punct or token.pos_ in ("VERB", "AUX", "CCONJ", "PRON", "SCONJ") or (token.pos_ == "ADP" and pack.closed["contraction"].get(token.lower_, token.lower_) not in ("de", "à")):
            break
        at += 1
    return _Whose(end)


def _named_owner(doc: Doc, named: Mention, end: int, inner: int | None, knowledge: KnowledgeBase) -> _Whose:
    entities = [knowledge.entity(n.row) for n in named.names if n.what != "family"]
    states = tuple(dict.fromkeys(e.country for e in entities if e.kind == "state" and e.country))
    body = next((e.row for e in entities if e.kind in ("organisation", "group")), None)
    span = (inner, named.end) if inner is not None else None
    if body is not None:
        return _Whose(named.end, organisation=body, inner=span)
    if states:
        return _Whose(named.end, states, inner=span)
    return _Whose(end, owner=doc[named.head])


def _institution(doc: Doc, token: Token, by_start: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> Mention | None:
    """ "l'armée turque", "le gouvernement du Burundi", "les agences de presse russes"."""
    institution = pack.institutions.get(token.lemma_.lower()) or pack.institutions.get(token.lower_)
    if institution is None or not institution.linked or token.pos_ not in ("NOUN", "PROPN"):
        return None
    whose = _whose(doc, token, token.i + 1, by_start, knowledge, pack)
    definite = _after_definite(doc, token.i, pack)
    if institution.press:
        named = whose.end < len(doc) and whose.end in by_start
        if not (whose.countries or (definite and token.text[-1] == "s")) or named:
            return None
        return make_mention(doc, token.i, whose.end, "press", countries=whose.countries, sector=institution.sector, gender=_gender(token))
    if whose.organisation is not None and whose.inner is None and knowledge.entity(whose.organisation).sector in ("IGO", "UNO", "EUR"):
        return make_mention(doc, token.i, whose.end, "institution", organisation=whose.organisation, sector=institution.sector) if institution.sector == "GOV" else None
    if not whose.countries and whose.owner is None and not definite:
        return None
    return make_mention(doc, token.i, whose.end, "institution", countries=whose.countries, sector=institution.sector, definite=definite, owner=whose.owner)


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
