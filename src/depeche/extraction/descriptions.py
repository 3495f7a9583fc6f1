"""Which words describe somebody: offices ("le chef de l'État russe"), institutions ("l'armée turque") and what takes up somebody named before."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from depeche.extraction.callings import first_callings, takes_up_a_person
from depeche.extraction.grammar import preposition
from depeche.extraction.institutions import field_end, find_institution, is_plural, whose_is
from depeche.extraction.mention import Mention, grammatical_gender, make_mention
from depeche.extraction.standing import is_of
from depeche.extraction.verbforms import children
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack, Role
from depeche.ontology.spelling import fold

_ELIDING = frozenset("aeiouyhéèêàâîôAEIOUYHÉÈÊ")  # before these a feminine noun has the masculine possessive


def find_descriptions(doc: Doc, names: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """Every description, the longest at each place; what stands inside a name is none."""
    by_start = {m.start: m for m in names}
    persons_by_end = {m.end: m for m in names if m.label == "PER" or _is_person(m, knowledge)}
    taken = {i for m in names for i in range(m.start, m.end)}
    so_called = first_callings(doc, names)
    found: list[Mention] = []
    until = 0
    for token in doc:
        if token.i < until or token.i in taken or token.is_space or token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        mention = _role(doc, token, by_start, persons_by_end, pack, knowledge) or find_institution(doc, token, by_start, pack, knowledge)
        mention = mention or _anaphor(doc, token, by_start, pack, knowledge)
        if mention is None and takes_up_a_person(doc, token, so_called, pack):
            mention = make_mention(doc, token.i, token.i + 1, "called", gender=grammatical_gender(token), definite=True)
        if mention is not None:
            found.append(mention)
            until = mention.end
            if mention.inner is not None and (mention.title_of is not None or not mention.definite):
                inner = find_institution(doc, doc[mention.inner[0]], by_start, pack, knowledge)
                if inner is not None:
                    found.append(inner)
    return found


def _role(
    doc: Doc, token: Token, by_start: dict[int, Mention], persons_by_end: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase
) -> Mention | None:
    prefix = _former_prefix(token, pack)
    first = fold(token.text[len(prefix) :]).split()
    roles = (*pack.roles.get(first[0] if first else "", ()), *_counterpart(token, pack))
    if not roles:
        return None
    if token.pos_ == "VERB" and children(token, "aux"):
        return None  # "a envoyé", "s'est insurgée": a verb, whatever noun looks like it
    if token.lower_ in pack.closed["held"]:
        return None  # "l'ancien président": the office is the noun
    # "la résidence officielle", "la base militaire": a noun's adjective is no office, unless it opens one ("Premier ministre")
    adjective = token.pos_ == "ADJ" and token.dep_ == "amod" and token.head.pos_ in ("NOUN", "PROPN")
    start = token.i
    for role in roles:
        reached = _role_words(doc, start, first, role.words, knowledge)
        if reached is None or (adjective and len(role.words) == 1):
            continue
        whose = whose_is(doc, token, reached[0], by_start, knowledge, pack)
        field = (
            field_end(doc, doc[whose.end - 1], by_start, pack)
            if role.words[0].rstrip("s") in pack.closed["with_field"] and whose.end <= token.i + 3
            else whose.end
        )
        count = next((int(pack.numbers[c.lower_][0]) for c in token.children if c.dep_ == "nummod" and c.lower_ in pack.numbers), 1)
        determiner = _determiner(doc, token, pack)
        return make_mention(
            doc,
            start,
            max(field, whose.end),
            "description",
            role=role,
            countries=reached[1] or whose.countries,
            organisation=whose.organisation,
            sector=role.sector,
            gender=role.gender if role.gender[0] != "x" or determiner is None else _determined_gender(determiner, token, role.gender, pack),
            definite=determiner is not None and determiner.lower_ in pack.closed["definite"],
            count=count,
            title_of=_named_beside(doc, start, max(field, whose.end), by_start, persons_by_end, pack, knowledge),
            owner=whose.owner,
            inner=whose.inner or _inner(doc, start, reached, pack),
            held="former" if prefix else _held(doc, token, pack),
            words_end=reached[0],
        )
    return None


def _inner(doc: Doc, start: int, reached: tuple[int, tuple[str, ...]], pack: LanguagePack) -> tuple[int, int] | None:
    """The institution among a role's own words ("porte-parole du ministère israélien des affaires étrangères")."""
    if not reached[1]:
        return None
    for token in doc[start + 1 : reached[0]]:
        institution = pack.institutions.get(token.lemma_.lower())
        if institution is not None and institution.linked and token.lemma_.lower() in pack.closed["with_field"]:
            return (token.i, reached[0])
    return None


def _determiner(doc: Doc, token: Token, pack: LanguagePack) -> Token | None:
    """The article that belongs to a noun, by the parse or by standing before it and its adjectives."""
    found = next(iter(children(token, "det")), None)
    at = token.i - 1
    while found is None and at >= 0 and token.i - at <= 3:
        if doc[at].pos_ in ("DET", "ADP") or doc[at].lower_ in pack.closed["definite"]:
            return doc[at]
        if doc[at].pos_ not in ("ADJ", "NUM"):
            break
        at -= 1
    return found


def _former_prefix(token: Token, pack: LanguagePack) -> str:
    """What a word has before it to tell that an office is held no more ("ex-président"), as long as it is; "" where nothing."""
    if "-" not in token.text:
        return ""
    return next((p for p in pack.closed["former_prefix"] if token.lower_.startswith(p) and len(token.text) > len(p)), "")


def _held(doc: Doc, token: Token, pack: LanguagePack) -> str:
    """Is the office held no more ("l'ancien président"), not yet ("le futur président"), or was it another's ("le premier dirigeant")?"""
    around = [*doc[max(0, token.i - 2) : token.i], *doc[token.i + 1 : token.i + 2]]
    for word in (t.lower_ for t in around):
        if word in pack.closed["held"]:
            return pack.closed["held"][word]
    before = doc[token.i - 1] if token.i else None
    if before is not None and before.lower_ in pack.closed["ordinal"]:
        return "other"
    return ""


def _counterpart(token: Token, pack: LanguagePack) -> list[Role]:
    """ "son homologue iranien": whoever holds the same office elsewhere."""
    if token.lemma_.lower() in pack.closed["counterpart"]:
        return [Role((fold(token.text),), "counterpart", "GOV", "xp" if token.text.endswith("s") else "x")]
    return []


def _determined_gender(determiner: Token, noun: Token, otherwise: str, pack: LanguagePack) -> str:
    """By the determiner, unless its form would be the same ("son homologue"); else by an adjective ("homologue polonaise")."""
    tells = determiner.lower_ not in pack.closed["possessive"] or noun.text[0] not in _ELIDING
    for word in (*([determiner] if tells else []), *children(noun, "amod")):
        if (gender := grammatical_gender(word))[0] != "x":
            return gender[0] + otherwise[1:]
    return otherwise


def _is_person(mention: Mention, knowledge: KnowledgeBase) -> bool:
    return any(knowledge.entity(n.row).kind == "person" for n in mention.names)


def _named_beside(
    doc: Doc, start: int, end: int, by_start: dict[int, Mention], persons_by_end: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase
) -> int | None:
    """The start of the person's name that an office stands beside ("le président russe Vladimir Poutine", "X, ministre de la Défense")."""
    at = end
    while at < len(doc) and doc[at].pos_ == "ADJ" and doc[at].text[0].islower():
        at += 1
    if (named := _person_at(doc, at, by_start, knowledge)) is not None:
        return named
    # "la secrétaire d'État rwandaise à la Coopération régionale, Espérance Uwimbabazi": its field stands between office and name.
    if at < len(doc) and doc[at].lower_ in pack.closed["field_link"]:
        while at < min(len(doc), end + 12) and (at in by_start or doc[at].pos_ in ("ADP", "DET", "NOUN", "ADJ", "CCONJ", "PROPN") or at == end):
            if at in by_start and (by_start[at].label == "PER" or _is_person(by_start[at], knowledge)):
                break
            at = by_start[at].end if at in by_start else at + 1
        if at < len(doc) and doc[at].text == "," and (named := _person_at(doc, at, by_start, knowledge)) is not None:
            return named
    # "Rachad Ismaïlov, porte-parole de l'état-major", "Joseph Butore, second vice-président"
    behind = start - 1
    while behind > 0 and (
        doc[behind].pos_ in ("ADJ", "DET", "NUM") or doc[behind].lower_ in pack.closed["held"] or doc[behind].lower_ in pack.closed["ordinal"]
    ):
        behind -= 1
    if behind > 0 and doc[behind].text == "," and behind in persons_by_end and not doc[start].dep_.startswith("nsubj"):
        return persons_by_end[behind].start
    return None


def _person_at(doc: Doc, at: int, by_start: dict[int, Mention], knowledge: KnowledgeBase) -> int | None:
    named = by_start.get(at) or (by_start.get(at + 1) if at < len(doc) and doc[at].text == "," else None)
    if named is None and at + 2 < len(doc) and doc[at].text == ",":  # "le président, M. Poutine"
        named = by_start.get(at + 2) if doc[at + 1].text.endswith(".") else None
    return named.start if named is not None and (named.label == "PER" or _is_person(named, knowledge)) else None


def _role_words(doc: Doc, start: int, first: list[str], wanted: tuple[str, ...], knowledge: KnowledgeBase) -> tuple[int, tuple[str, ...]] | None:
    """Match a role's words, letting adjectives stand between them ("ministre iranien sortant des Affaires étrangères"): the end, and a demonym's countries."""
    countries: tuple[str, ...] = ()
    left = list(wanted)
    at = start
    while left and at < len(doc) and at - start < len(wanted) + 6:
        here = first if at == start else fold(doc[at].text).split()
        if here and here == left[: len(here)]:
            left = left[len(here) :]
        elif at > start and here and (of := knowledge.adjectives.get(" ".join(here))):
            countries = of
        elif at == start or not (here and doc[at].pos_ == "ADJ" and doc[at].text[0].islower()):
            return None
        at += 1
    return None if left else (at, countries)


def _anaphor(doc: Doc, token: Token, by_start: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> Mention | None:
    """ "les deux hommes", "ce dernier", "le pays", "l'organisation": a noun that takes up somebody named before."""
    lemma = token.lemma_.lower()
    if not any(lemma in words or token.lower_ in words for words in (pack.closed["latter"], pack.closed["body_anaphor"], pack.closed["anaphor"])):
        return None
    definite = token.i > 0 and doc[token.i - 1].lower_ in pack.closed["definite"]
    if token.lower_ in pack.closed["latter"] or lemma in pack.closed["latter"]:
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        noun = token.dep_ == "amod" and token.head.i == token.i + 1 and token.head.pos_ != "VERB"
        if definite and not noun and (after is None or (after.pos_ not in ("NOUN", "PROPN", "NUM") and not after.text[0].isupper())):
            return make_mention(doc, token.i, token.i + 1, "pronoun", gender=grammatical_gender(token), definite=True)
        return None
    if lemma in pack.closed["body_anaphor"] and definite and token.pos_ in ("NOUN", "PROPN") and not is_plural(token):
        return _body_anaphor(doc, token, by_start, pack, knowledge)
    what = pack.closed["anaphor"].get(lemma)
    if what is None or token.pos_ != "NOUN":
        return None
    if lemma in pack.closed["pair"] and definite:
        return make_mention(doc, token.i, token.i + 1, "group", count=2, label=what)
    numbers = [pack.numbers[c.lower_][0] for c in token.children if c.dep_ == "nummod" and c.lower_ in pack.numbers]
    numbers += [float(c.text) for c in token.children if c.dep_ == "nummod" and c.text.isdigit()]
    if numbers and 2 <= numbers[0] <= 6:
        return make_mention(doc, token.i, token.i + 1, "group", count=int(numbers[0]), label=what)
    if (
        what == "state"
        and definite
        and not is_plural(token)
        and not any(c.dep_ == "amod" or (c.i in by_start and pack.closed["preposition"].get(preposition(c, pack) or "") == "head") for c in token.children)
    ):
        kind = "capital" if lemma in pack.closed["capital_noun"] else "group"
        return make_mention(doc, token.i, token.i + 1, kind, count=1, label=what)
    return None


def _body_anaphor(doc: Doc, token: Token, by_start: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> Mention | None:
    """ "L'organisation", "l'agence onusienne", "le parti chiite": its adjective may tell whose, a name behind it would be the body's own."""
    end = token.i + 1
    organisation: int | None = None
    if end < len(doc) and doc[end].pos_ == "ADJ" and doc[end].text[0].islower() and end not in by_start:
        organisation = knowledge.body_called(fold(doc[end].text))
        if knowledge.adjectives.get(fold(doc[end].text)):
            return None
        if organisation is None and fold(doc[end].text) not in {fold(w) for w in pack.closed["body_adjective"]}:
            return None
        end += 1
    if end < len(doc) and (end in by_start or is_of(doc[end], pack) or doc[end].text in ("«", '"') or doc[end].text[0].isupper()):
        return None
    return make_mention(doc, token.i, end, "body", organisation=organisation, gender=grammatical_gender(token), label=token.lemma_.lower())
