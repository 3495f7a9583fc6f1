"""Which words are names: the pipeline and the knowledge base correct each other.

The base knows names that the pipeline missed or cut wrong; the pipeline knows that "Florence" is a person here.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from depeche.extraction.mention import Mention, make_mention
from depeche.extraction.standing import addresses, bare_preposition
from depeche.knowledge.base import KnowledgeBase, Name
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold


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
    for token in doc:
        if token.i < until or token.is_space or starts[token.i] >= len(words) or words[starts[token.i]][1] != token.i:
            continue
        at = starts[token.i]
        candidates = knowledge.names_starting(words[at][0], words[at + 1][0] if at + 1 < len(words) else "")
        best: list[Name] = []
        end = token.i
        for name in candidates:
            if best and len(name.words) < len(best[0].words):
                break
            stop = _match_words(words, starts[token.i], name.words)
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
    if name.what == "people" and end == start + 1 and written[0].islower():
        return True
    if name.spelt is None:
        # A long name is itself in lower case too ("cour pénale internationale").
        return written[0].isupper() or written[0].isdigit() or (len(name.words) >= 3 and name.what == "name")
    return written.replace("’", "'") == name.spelt


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
        inside = [m for m in kept if m.start < end and start < m.end]
        if start >= end or any(m.start <= start and end <= m.end for m in inside):
            continue
        if len(inside) == 1 and inside[0].start == start and inside[0].end < end and doc[inside[0].end].dep_ == "flat:name" and _given_like(inside[0]):
            kept = [m for m in kept if m not in inside]  # "France Gall"
            kept.append(make_mention(doc, start, end, "name", label="PER"))
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


def _given_like(mention: Mention) -> bool:
    """Could a known name be somebody's first name: one word that is a state's or a place's?"""
    return " " not in mention.text and mention.text.istitle() and all(n.what in ("name", "capital", "city", "region", "island") for n in mention.names)


def _trimmed(doc: Doc, start: int, end: int, label: str, pack: LanguagePack, known: set[int] | None = None) -> tuple[int, int]:
    """A pipeline's name without what is no part of one: leading articles and common nouns, marks at its ends, names in no letters at all."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in pack.closed["definite"] or doc[start].pos_ in ("DET", "ADP")):
        start += 1
    start = _behind_common_noun(doc, start, end, pack, known or set())
    if label == "LOC":  # "encerclement de Sarajevo": a common noun before "de" is no part of a place's name
        while start + 2 < end and doc[start].text[0].islower() and bare_preposition(doc[start + 1], pack) == "de":
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


def _wins(doc: Doc, start: int, end: int, label: str, inside: list[Mention], knowledge: KnowledgeBase) -> bool:
    """Does the pipeline's longer name stand ("Université de l'Île-du-Prince-Édouard") against the entries inside it?"""
    if not doc[start].text[0].isupper():
        return False
    if inside[0].start > start:
        return label == "ORG" or doc[start].pos_ == "NOUN"
    if inside[0].start == start and inside[0].end < end and doc[inside[0].end].dep_ == "flat:name" and _given_like(inside[0]):
        return True  # "France Télévisions"
    only_places = all(knowledge.entity(n.row).kind in ("place", "person") for m in inside for n in m.names)
    return (label == "ORG" or inside[0].end < end and doc[inside[0].end].pos_ == "PROPN") and only_places


# -- what the whole article tells -----------------------------------------------------------------


def settled_names(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> list[Mention]:
    """The names with what only the whole article tells: full names of bodies, short forms, persons that are places, and things that are nobody."""
    names = _titled(doc, names, described)
    kept = _bodies(doc, _joined(doc, names, knowledge), [m for m in described if m.title_of is None], pack)
    kept = _short_forms(doc, kept, described, pack)
    for at, mention in enumerate(kept):
        kept[at] = _replaced(doc, mention, kept, pack, knowledge)
    return [m for m in kept if not _a_thing(doc, m, pack)]


def _titled(doc: Doc, names: list[Mention], described: list[Mention]) -> list[Mention]:
    """An unknown name right behind an office is a person's, whatever the pipeline took it for ("le général SB Moyo")."""
    titles = {m.end: m for m in described if m.role is not None and m.title_of is None and not m.gender.endswith("p")}
    kept = []
    for mention in names:
        title = titles.get(mention.start)
        if title is not None and mention.label in ("ORG", "LOC") and all(n.what == "family" for n in mention.names) and mention.text[0].isupper() and doc[mention.head].dep_ in ("appos", "nmod", "flat:name"):
            title.title_of = mention.start
            mention = replace(mention, label="PER")
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
        while mention.label == "PER" and end < len(doc) and end not in taken and doc[end].dep_ == "flat:name" and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
            end += 1
        if end > mention.end:
            taken |= set(range(mention.end, end))
            kept[at] = make_mention(doc, mention.start, end, "name", label="PER", names=mention.names)
    for token in doc[:-1]:  # "Ioulia Sarkova", overlooked by the pipeline
        after = doc[token.i + 1]
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
    roles = {i for m in described for i in range(m.start, m.end)}
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
            if complements and word == "de" and any(n.what in ("city", "capital") for n in named.names):
                break
            at = end = named.end
        elif doc[at].pos_ in ("NOUN", "PROPN"):
            at = end = at + 1
        else:
            break
        complements += 1
    if end + 1 < len(doc) and complements and doc[start].lemma_.lower() in pack.closed["sent_body"] and bare_preposition(doc[end], pack) in pack.closed["sent_to"]:
        named = by_start.get(end + 1)  # "Opération des Nations unies au Burundi"
        end = named.end if named is not None and named.names else end
    return end


def _short_forms(doc: Doc, names: list[Mention], described: list[Mention], pack: LanguagePack) -> list[Mention]:
    """Family names of persons whose full name the article gives, whatever base and pipeline made of them; a form of address belongs to its name."""
    last_words = {m.text.split()[-1] for m in names if m.label == "PER" and " " in m.text and m.text.split()[-1][0].isupper()}
    kept = [replace(m, label="PER") if m.text in last_words and m.label != "PER" and not any(n.finds for n in m.names) else m for m in names]
    taken = {i for m in (*kept, *described) for i in range(m.start, m.end)}
    for token in doc:
        if token.text in last_words and token.i not in taken:
            kept.append(make_mention(doc, token.i, token.i + 1, "name", label="PER"))
    for at, mention in enumerate(kept):
        before = mention.start - 1
        if before >= 0 and doc[before].text in pack.closed["honorific"] and (mention.label == "PER" or mention.honorific):
            longer = make_mention(doc, before, mention.end, "name", label="PER", names=mention.names, honorific=True, gender=pack.closed["honorific"][doc[before].text] or "x")
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
    if before is not None and before.lower_ in pack.closed["definite"] and "Sing" in before.morph.get("Number", ["Sing"]) and before.text[0].islower():
        return replace(mention, label="ORG")
    return mention


def _site(doc: Doc, mention: Mention, pack: LanguagePack) -> Mention:
    """An airport or hotel is a place, its noun part of the name ("l'hôtel Intercontinental", "l'aéroport d'Istanbul-Atatürk")."""
    start = mention.start
    if start and bare_preposition(doc[start - 1], pack) == "de":
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
    if kind == "place" or (word == "à" and not addresses(doc[mention.head], "à", pack, capital=True)):
        return True
    if kind == "head" and (governor.lemma_.lower() in pack.closed["of_place"] or governor.lemma_.lower() in pack.closed["from_place"]):
        return True
    if word is None and governor.lemma_.lower() in pack.closed["of_place"] and doc[mention.head].dep_ in ("nmod", "appos", "flat:name") and governor.i == mention.start - 1:
        return True  # "les monts Mandara"
    first = doc[mention.head]
    while first.dep_ == "conj":
        first = first.head
    if first.i == mention.head:
        return any(c.dep_ == "conj" and any(m.head == c.i and m.label == "LOC" for m in names) for c in first.children)
    beside = next((m for m in names if m.start <= first.i < m.end), None)
    return beside is not None and beside is not mention and (beside.label == "LOC" or (beside.label == "PER" and not beside.names and _located(doc, beside, [], pack)))


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
    while at > 0 and mention.start - at < 5 and doc[at].text not in "«“\"":
        at -= 1
    closed = any(t.text in "»”\"" for t in doc[mention.end : mention.end + 3])
    return at > 0 and doc[at].text in "«“\"" and closed and mention.start - at > 1 and doc[at - 1].lemma_.lower() in pack.closed["called"]


def _a_thing(doc: Doc, mention: Mention, pack: LanguagePack) -> bool:
    """Makes and models ("CF-18", "missiles Tomahawk") and names of operations in marks ("l'opération « Rempart bleu »") act for nobody."""
    if mention.kind != "name" or mention.honorific:
        return False
    if mention.names:
        return _inside_a_title(doc, mention, pack)
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
    if bare_preposition(doc[at], pack) == "de" and at and doc[at - 1].lemma_.lower() in pack.closed["named_after"]:
        return True
    return noun in pack.closed["thing_noun"] or (marked and noun in pack.closed["called"])
