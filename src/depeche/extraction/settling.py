"""What only the whole article tells of its names: full names of bodies, short forms of persons, persons that are places, things that are nobody."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from depeche.extraction.mention import Mention, make_mention
from depeche.extraction.standing import addresses, bare_preposition, is_of
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold


def settled_names(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """The names with what only the whole article tells: full names of bodies, short forms, persons that are places, and things that are nobody."""
    names = _titled(doc, names, described)
    kept = _bodies(doc, _joined(doc, names, knowledge), [m for m in described if m.title_of is None], pack)
    kept = _short_forms(doc, kept, described, pack)
    for at, mention in enumerate(kept):
        kept[at] = _replaced(doc, mention, kept, pack, knowledge)
    return [m for m in kept if not _a_thing(doc, m, pack)]


def _titled(doc: Doc, names: list[Mention], described: list[Mention]) -> list[Mention]:
    """An unknown name beside an office is a person's, whatever the pipeline took it for ("le général SB Moyo", "Cécile Untel, maire de Nice")."""
    titles = [m for m in described if m.role is not None and m.title_of is None and not m.gender.endswith("p")]
    before = {m.end: m for m in titles}
    behind = {m.start: m for m in titles if doc[m.head].dep_ == "appos"}
    kept = []
    for mention in names:
        unknown = mention.label in ("ORG", "LOC") and all(n.what == "family" for n in mention.names) and mention.text[0].isupper()
        title = before.get(mention.start) if doc[mention.head].dep_ in ("appos", "nmod", "flat:name") else None
        if title is None and mention.end < mention.head + 3 and " " in mention.text and doc[min(mention.end, len(doc) - 1)].text == ",":
            title = behind.get(mention.end + 1)
        if title is not None and unknown:
            title.title_of = mention.start
            kept.append(replace(mention, label="PER"))
        else:
            kept.append(mention)
    return kept


def _joined(doc: Doc, names: list[Mention], knowledge: KnowledgeBase) -> list[Mention]:
    """Names of persons that the pipeline cut in two ("Wade" "MacLauchlan") or too short ("Tamim bin Hamad" "Al Zani")."""
    kept: list[Mention] = []
    for mention in names:
        last = kept[-1] if kept else None
        if last is not None and last.end == mention.start and last.kind == mention.kind == "name" and not _firm(mention, knowledge) and not mention.honorific:
            first_name = fold(doc[last.start].text) in knowledge.given_names and not _firm(last, knowledge)
            loose = not _firm(last, knowledge) and "PER" not in (last.label, mention.label) and not (last.label == mention.label == "ORG")
            if first_name or ((last.label == "PER" or (loose and last.names)) and doc[mention.head].dep_.startswith("flat")):
                kept[-1] = make_mention(doc, last.start, mention.end, "name", label="PER", names=last.names or mention.names)
                continue
        kept.append(mention)
    taken = {i for m in kept for i in range(m.start, m.end)}
    for at, mention in enumerate(kept):
        end = mention.end
        while (
            mention.label == "PER"
            and end < len(doc)
            and end not in taken
            and doc[end].dep_ == "flat:name"
            and doc[end].pos_ == "PROPN"
            and doc[end].text[0].isupper()
        ):
            end += 1
        if end > mention.end:
            taken |= set(range(mention.end, end))
            kept[at] = make_mention(doc, mention.start, end, "name", label="PER", names=mention.names)
    for token in doc[:-1]:  # "Ioulia Sarkova", overlooked by the pipeline
        if token.pos_ != "PROPN":
            continue
        after = token.nbor()
        if token.pos_ == after.pos_ == "PROPN" and after.dep_ == "flat:name" and token.i not in taken and after.i not in taken:
            if after.text[0].isupper() and fold(token.text) in knowledge.given_names:
                kept.append(make_mention(doc, token.i, token.i + 2, "name", label="PER"))
                taken |= {token.i, after.i}
    return sorted(kept, key=lambda m: m.start)


def _firm(mention: Mention, knowledge: KnowledgeBase) -> bool:
    return any(n.finds and n.what != "family" for n in mention.names)


def _bodies(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack) -> list[Mention]:
    """ "Institut d'études de sécurité", "Agence togolaise de presse": a capitalised noun of a body with its complements is one name."""
    kept = list(names)
    roles = {i for m in described if m.kind != "press" for i in range(m.start, m.end)}
    for token in doc:
        if not token.text[0].isupper() or token.lemma_.lower() not in pack.closed["body_noun"] or token.i in roles:
            continue
        own = next((m for m in kept if m.start <= token.i < m.end), None)
        before = doc[token.i - 1] if token.i else None
        start = token.i - 1 if before is not None and before.pos_ == "ADJ" and before.text[0].isupper() else token.i  # "Haute Autorité"
        if own is not None and (own.start not in (start, token.i) or own.names or own.label == "PER"):
            continue
        end = _body_end(doc, token.i, kept, pack)
        if end <= token.i + 1 or (own is not None and end <= own.end) or any(i in roles for i in range(token.i, end)):
            continue
        kept = [m for m in kept if not (start <= m.start < end)]
        kept.append(make_mention(doc, start, end, "name", label="ORG"))
    return sorted(kept, key=lambda m: m.start)


def _body_end(doc: Doc, start: int, names: list[Mention], pack: LanguagePack) -> int:
    """Where a body's name ends: behind its adjectives and its complements; a city's name only as the first of these."""
    by_start = {m.start: m for m in names}
    end = at = start + 1
    complements = 0
    while at < len(doc):
        if doc[at].pos_ == "ADJ" and doc[at - 1].pos_ in ("NOUN", "ADJ", "PROPN"):
            at = end = at + 1
            continue
        word = bare_preposition(doc[at], pack)
        joined = doc[at].pos_ == "CCONJ" and complements and doc[at + 1 : at + 2].text[:1].islower()
        if not (joined or word in pack.closed["name_link"]):
            break
        at += 1
        if at < len(doc) and doc[at].lower_ in pack.closed["definite"]:
            at += 1
        if at >= len(doc):
            break
        named = by_start.get(at)
        if named is not None:
            if named.label == "PER":
                break
            if complements and pack.closed["preposition"].get(word or "") == "head" and any(n.what in ("city", "capital") for n in named.names):
                break
            at = end = named.end
        elif doc[at].pos_ in ("NOUN", "PROPN"):
            at = end = at + 1
        else:
            break
        complements += 1
    if (
        end + 1 < len(doc)
        and complements
        and doc[start].lemma_.lower() in pack.closed["sent_body"]
        and bare_preposition(doc[end], pack) in pack.closed["sent_to"]
    ):
        named = by_start.get(end + 1)  # "Opération des Nations unies au Burundi"
        end = named.end if named is not None and named.names else end
    return end


def _short_forms(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack) -> list[Mention]:
    """Family names of persons whose full name the article gives, whatever base and pipeline made of them; a form of address belongs to its name."""
    last_words = {m.text.split()[-1] for m in names if m.label == "PER" and " " in m.text and m.text.split()[-1][0].isupper()}
    kept = [replace(m, label="PER") if m.text in last_words and m.label != "PER" and not any(n.finds for n in m.names) else m for m in names]
    taken = {i for m in (*kept, *described) for i in range(m.start, m.end)}
    for token in doc if last_words else ():
        if token.text in last_words and token.i not in taken:
            kept.append(make_mention(doc, token.i, token.i + 1, "name", label="PER"))
    for at, mention in enumerate(kept):
        before = mention.start - 1
        if before >= 0 and doc[before].text in pack.closed["honorific"] and mention.kind == "name":
            longer = make_mention(
                doc, before, mention.end, "name", label="PER", names=mention.names, honorific=True, gender=pack.closed["honorific"][doc[before].text] or "x"
            )
            kept[at] = replace(longer, bare=mention.text)
    return sorted(kept, key=lambda m: m.start)


def _replaced(doc: Doc, mention: Mention, names: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> Mention:
    """A supposed person that the grammar shows to be a place or body ("au bord du Léman", "au camp de Kanyaruchinya"), under its right label."""
    loose = all(n.what in ("family", "city", "region", "site", "area") for n in mention.names) and mention.end == mention.start + 1
    if loose and mention.kind == "name" and not mention.honorific and _beside_places(doc, mention, names, pack):
        return replace(mention, label="LOC", names=tuple(n for n in mention.names if n.what != "family"))
    if mention.label == "ORG" and not mention.names and mention.kind == "name":
        return _site(doc, mention, pack)
    if mention.label != "PER" or mention.honorific or mention.kind != "name" or any(knowledge.entity(n.row).kind == "person" for n in mention.names):
        return mention
    if fold(doc[mention.start].text) in knowledge.given_names or _full_name_of(mention, names):
        return mention
    if any(n.finds and n.what not in ("family", "name", "people") for n in mention.names) or _located(doc, mention, names, pack):
        return replace(mention, label="LOC", names=mention.names or tuple(knowledge.named(mention.text)))
    before = doc[mention.start - 1] if mention.start else None
    noun = before
    while noun is not None and noun.pos_ == "ADJ" and noun.i:
        noun = noun.nbor(-1)
    if noun is not None and noun.pos_ == "NOUN" and noun.lemma_.lower() in pack.closed["kind_noun"]:
        return replace(mention, label="ORG")  # "la compagnie aérienne Flydubai"
    if before is not None and before.lower_ in pack.closed["definite"] and "Sing" in before.morph.get("Number", ["Sing"]) and before.text[0].islower():
        return replace(mention, label="ORG")
    return mention


def _site(doc: Doc, mention: Mention, pack: LanguagePack) -> Mention:
    """An airport or hotel is a place, its noun part of the name ("l'hôtel Intercontinental", "l'aéroport d'Istanbul-Atatürk")."""
    start = mention.start
    if start and is_of(doc[start - 1], pack):
        start -= 1
    if start and doc[start - 1].lemma_.lower() in pack.closed["site_noun"]:
        return make_mention(doc, start - 1, mention.end, "name", label="LOC")
    return replace(mention, label="LOC") if doc[mention.start].lemma_.lower() in pack.closed["site_noun"] else mention


def _full_name_of(mention: Mention, names: list[Mention]) -> bool:
    return any(m.label == "PER" and m is not mention and len(m.text) > len(mention.text) and mention.text in m.text.split() for m in names)


def _located(doc: Doc, mention: Mention, names: list[Mention], pack: LanguagePack) -> bool:
    """Does the name stand where a place does, by itself or beside places?"""
    word = bare_preposition(doc[mention.start - 1], pack) if mention.start else None
    governor = doc[mention.head].head
    if word is None and mention.start and doc[mention.start - 1].lower_ in pack.closed["definite"] and mention.start > 1:
        word = bare_preposition(doc[mention.start - 2], pack)
    kind = pack.closed["preposition"].get(word or "", "")
    if kind == "place" or (word in pack.closed["dative"] and not addresses(doc[mention.head], word or "", pack, capital=True)):
        return True
    # A full name behind "de" is sooner a person's ("en présence de …"): only a noun of place right before it tells otherwise.
    single = mention.end == mention.start + 1
    right_before = mention.start >= 2 and governor.i == mention.start - 2 and pack.closed["of_place"].get(governor.lemma_.lower()) == ""
    if kind == "head" and (
        right_before or (single and (governor.lemma_.lower() in pack.closed["of_place"] or governor.lemma_.lower() in pack.closed["from_place"]))
    ):
        return True
    if (
        word is None
        and governor.lemma_.lower() in pack.closed["of_place"]
        and doc[mention.head].dep_ in ("nmod", "appos", "flat:name")
        and governor.i == mention.start - 1
    ):
        return True  # "les monts Mandara"
    first = doc[mention.head]
    while first.dep_ == "conj":
        first = first.head
    if not single:
        return False
    if first.i == mention.head:
        return any(c.dep_ == "conj" and any(m.head == c.i and m.label == "LOC" for m in names) for c in first.children)
    beside = next((m for m in names if m.start <= first.i < m.end), None)
    return (
        beside is not None
        and beside is not mention
        and (beside.label == "LOC" or (beside.label == "PER" and not beside.names and _located(doc, beside, [], pack)))
    )


def _beside_places(doc: Doc, mention: Mention, names: list[Mention], pack: LanguagePack) -> bool:
    """Does the name go on a list of places ("les quartiers de Zabdiyé, Salaheddine et al-Ansari")?"""
    before = next((m for m in names if m.end == mention.start - 1), None)
    joint = doc[mention.start - 1] if mention.start else None
    if before is None or joint is None or not (joint.text == "," or joint.pos_ == "CCONJ"):
        return False
    if before.label != "LOC" or any(n.what in ("name", "capital", "people", "seat") for n in before.names):
        return False
    after = doc[mention.end] if mention.end < len(doc) else None
    word = bare_preposition(doc[before.start - 1], pack) if before.start else None
    listed = any(m.end == before.start - 1 and m.label == "LOC" for m in names) or word is not None
    return listed and (after is None or after.pos_ != "VERB")


def _inside_a_title(doc: Doc, mention: Mention, pack: LanguagePack) -> bool:
    """Is a known name part of what something is called ("des manœuvres baptisées « Bouclier du Caucase »")?"""
    at = mention.start - 1
    while at > 0 and mention.start - at < 5 and doc[at].text not in '«“"':
        at -= 1
    closed = any(t.text in '»”"' for t in doc[mention.end : mention.end + 3])
    return at > 0 and doc[at].text in '«“"' and closed and mention.start - at > 1 and doc[at - 1].lemma_.lower() in pack.closed["called"]


def _no_name(token: Token, pack: LanguagePack) -> bool:
    """A word that only the start of a sentence gave its capital, or "anti-EI"."""
    if token.is_sent_start and token.pos_ in ("ADV", "VERB", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "AUX", "INTJ"):
        return True
    return "-" in token.text and token.lower_.partition("-")[0] in pack.closed["adjective_prefix"]


def _a_thing(doc: Doc, mention: Mention, pack: LanguagePack) -> bool:
    """Makes and models ("CF-18", "missiles Tomahawk") and names of operations in marks ("l'opération « Rempart bleu »") act for nobody."""
    if mention.kind != "name" or mention.honorific:
        return False
    if mention.names:
        return _inside_a_title(doc, mention, pack)
    if mention.end == mention.start + 1 and _no_name(doc[mention.start], pack):
        return True
    if (any(c.isdigit() for c in mention.text) and " " not in mention.text) or "_" in mention.text or "://" in mention.text:
        return True
    at = mention.start - 1
    marked = False
    while at >= 0 and (doc[at].is_punct or doc[at].pos_ == "ADJ") and doc[at].text not in (".", ",", ";", ":"):
        marked = marked or doc[at].is_punct
        at -= 1
    if at < 0:
        return False
    noun = doc[at].lemma_.lower()
    if is_of(doc[at], pack) and at and doc[at - 1].lemma_.lower() in pack.closed["named_after"]:
        return True
    return noun in pack.closed["thing_noun"] or (marked and noun in pack.closed["called"])
