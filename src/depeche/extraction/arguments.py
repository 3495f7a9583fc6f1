"""What stands around a verb or an event noun, as if every clause were active and whole: subject, object, complements by their prepositions."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from depeche.extraction.grammar import antecedent, preposition, surface_subject
from depeche.extraction.verbforms import SUBJECTS, children, is_finite, is_infinitive, is_passive, is_past_participle
from depeche.language.pack import LanguagePack

Arguments = dict[str, list[Token]]
# A date between a verb and its object is at most so many words long.
DATE_REACH = 12
_PHRASE = frozenset({"obj", "nmod", "obl", "attr", "xcomp", "appos"})


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
        found["obj"] += _object_elsewhere(verb, found, pack)
    return found


def _object_elsewhere(verb: Token, found: Arguments, pack: LanguagePack) -> list[Token]:
    """The object where the parser gave a verb none: it took it for a predicate ("a menacé Israël de …"), for a complement behind "des" ("pris en otage
    des diplomates") or hung it on a date ("a appelé mercredi Minsk à …"); or it is the noun on which the relative clause hangs.
    """
    behind = [c for c in found["bare"] if c.i > verb.i]
    months, weekdays = pack.calendar["month"], pack.calendar["weekday"]
    return (
        [c for c in found["attr"] if c.pos_ in ("NOUN", "PROPN")]
        or [c for c in verb.children if c.dep_ == "dep" and c.i > verb.i and c.pos_ == "NOUN" and children(c, "det")]
        or [g for c in behind if c.lower_ in weekdays for g in c.children if g.dep_ == "nmod" and g.pos_ == "PROPN" and preposition(g, pack) is None]
        or [c for c in found["de"] if _partitive(c) and c.i > verb.i]
        or [c for c in behind if c.dep_ == "obl:arg" and children(c, "det")]
        or [c for c in behind if c.pos_ == "NUM" and any(g.dep_ == "nmod" and preposition(g, pack) == "de" for g in c.children)]
        or [c for c in verb.doc[verb.i + 1 : verb.i + DATE_REACH] if c.dep_ == "nmod" and c.head.lower_ in months and c.head.i > verb.i and _partitive(c)]
        or _relative_head(verb, pack)
    )


def _relative_head(verb: Token, pack: LanguagePack) -> list[Token]:
    """ "Le traité que les deux pays venaient de signer": the noun whose relative clause a verb or its infinitive stands in, as its object."""
    clause = verb
    while clause.dep_ == "xcomp" and clause.head.pos_ == "VERB":
        clause = clause.head
    opening = [c for c in clause.children if c.i < clause.i and c.lower_ in pack.closed["relative_object"] and c.dep_ in ("mark", "obj", "xcomp")]
    if not opening or (opening[0].dep_ == "obj" and clause == verb):
        return []
    if clause.dep_ == "acl:relcl":
        return [clause.head]
    before = opening[0].nbor(-1) if opening[0].i else None
    if clause.dep_ == "advcl" and before is not None and before.text == "," and before.i:
        noun = before.nbor(-1)
        return [noun.head if noun.pos_ == "ADJ" else noun] if noun.pos_ in ("NOUN", "PROPN", "ADJ") else []
    return []


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
            if doc[at].dep_ == "fixed" or any(c.dep_ in SUBJECTS and c.i > at for c in verb.children):
                return None  # "ainsi que"; or the verb has a subject of its own
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
        if child.pos_ == "NOUN" and (word := preposition(child, pack)):
            found[word].append(child)  # "appelle les deux pays à la retenue"
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
        elif base == "acl" and child.lemma_.lower() in pack.closed["aims"] and not is_past_participle(child):
            found["contre"] += [c for c in child.children if c.dep_ == "obj"]  # "des frappes visant les talibans"
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
