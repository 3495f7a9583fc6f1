"""Did it happen, as the article tells it? reported, alleged, planned, hypothetical or negated.

The status comes from the verb's own form (negation, future, the conditional of French journalism) and from what governs it ("refuse de",
"prévoit de", "accuse … de", "en cas de"), as the pack's modality table has it.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from depeche.extraction.grammar import preposition
from depeche.extraction.verbforms import children, is_infinitive, is_passive
from depeche.language.pack import LanguagePack, Modality

_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "obj", "obl", "nmod", "csubj", "conj", "nsubj"})


@dataclass(frozen=True, slots=True)
class Standing:
    """An act's status ("skip": the governing word is the act), and the word that governs it with its modality, where one does."""

    status: str
    governor: Token | None = None
    modality: Modality | None = None


def standing_of(trigger: Token, pack: LanguagePack) -> Standing:
    """The status of the act that a word names."""
    verb: Token | None = trigger
    if trigger.pos_ in ("NOUN", "PROPN", "ADJ") and not children(trigger, "cop"):
        governed = _noun_governor(trigger, pack)
        if governed is not None:
            return governed
        verb = _carrier(trigger, pack)
        if verb is None:
            return Standing("reported")
        modality = _modality(verb, pack)
        if modality is not None and modality.inner not in ("reported", "skip"):
            return Standing(modality.inner, verb, modality)
    assert verb is not None
    own = own_status(verb, pack)
    if own == "negated":
        return Standing("negated")
    governed = _verb_governor(verb, pack)
    if governed is not None and (own == "reported" or governed.status == "skip"):
        return governed
    if own == "reported" and verb.lemma_.lower() in pack.closed["foretells"] and is_passive(verb, pack):
        return Standing("planned")
    return Standing(own)


def own_status(verb: Token, pack: LanguagePack) -> str:
    """What the verb's own form tells."""
    group = [verb, *(c for c in verb.children if c.dep_.partition(":")[0] in ("aux", "cop"))]
    negated = [c for c in verb.children if c.lower_ in pack.closed["negation"] and c.dep_ in ("advmod", "mark", "case", "cc")]
    if negated and not _only(verb, pack) and not _expletive(verb, pack):
        return "negated"
    if any(c.dep_ == "mark" and c.lower_ in pack.closed["condition"] and c.pos_ == "SCONJ" for c in verb.children):
        return "hypothetical"
    if _has_case(verb, pack):
        return "hypothetical"
    moods = {m for t in group for m in t.morph.get("Mood", [])}
    if "Cnd" in moods:
        if any(
            c.dep_.startswith("aux") and "Cnd" in c.morph.get("Mood", []) and c.lemma_ in pack.closed["perfect_auxiliary"] for c in verb.children
        ) or not _told_in_past(verb):
            return "alleged"
        return "planned"
    if any("Fut" in t.morph.get("Tense", []) for t in group):
        return "planned"
    if is_infinitive(verb) and any(c.dep_ == "mark" and c.lower_ in pack.closed["purpose"] for c in verb.children):
        return "planned"
    return "reported"


def _only(verb: Token, pack: LanguagePack) -> bool:
    """ "n'a signé que": a restriction, no negation."""
    return any(c.lower_ in pack.closed["restriction"] and c.i > verb.i and c.pos_ != "SCONJ" for c in verb.subtree if abs(c.i - verb.i) < 4) and not any(
        c.lower_ in pack.closed["negation_second"] for c in verb.children
    )


def _expletive(verb: Token, pack: LanguagePack) -> bool:
    """ "avant que la Russie n'annonce une trêve", "à moins que Paris ne cède": a "ne" that denies nothing."""
    marks = [c for c in verb.children if c.dep_ in ("mark", "advmod", "case", "fixed") and c.i < verb.i]
    opened = any(t.lower_ in pack.closed["expletive"] for c in marks for t in (c, *c.children))
    around = verb.doc[verb.i - min(verb.i, 3) : verb.i + 3]
    return opened and not any(t.lower_ in pack.closed["negation_second"] for t in around)


def _has_case(verb: Token, pack: LanguagePack) -> bool:
    """ "en cas de …" hangs on the verb: what is told holds only then."""
    return "Cnd" in verb.morph.get("Mood", []) and any(c.lemma_.lower() in pack.closed["case_noun"] and preposition(c, pack) == "en" for c in verb.subtree)


def _told_in_past(verb: Token) -> bool:
    """Future in the past: a que-clause under a verb in a past tense ("a promis que son pays livrerait")."""
    token = verb
    for _ in range(4):
        if token.dep_ in ("ccomp", "conj", "xcomp", "acl:relcl", "parataxis") and token.head != token:
            token = token.head
            group = [token, *(c for c in token.children if c.dep_.startswith("aux"))]
            if token.dep_ == "parataxis" or any(t.morph.get("Tense", []) and t.morph.get("Tense", [])[0] in ("Past", "Imp") for t in group):
                return True
        else:
            return False
    return False


def _verb_governor(verb: Token, pack: LanguagePack) -> Standing | None:
    """The nearest word above whose complement the act stands in, if it has a modality of its own."""
    token = verb
    for _ in range(4):
        relation = token.dep_.partition(":")[0]
        if relation == "conj":
            token = token.head
            continue
        if relation not in ("xcomp", "ccomp", "acl", "advcl", "csubj", "obj", "obl", "parataxis") or token.dep_ == "acl:relcl" or token.head == token:
            return None
        head = token.head
        modality = _modality(head, pack)
        if relation == "acl" and not is_infinitive(token):
            return None
        if relation in ("advcl", "obl") and not (is_infinitive(token) and preposition(token, pack) in ("de", "à", None)):
            return None
        if modality is not None:
            above = own_status(head, pack)
            if modality.inner == "reported" and above != "reported":
                return Standing(above, head, modality)
            if head.lemma_.lower() in pack.closed["announces"] and is_infinitive(token) and not children(token, "aux"):
                return Standing("planned", head, modality)  # "annonce se rendre", but "annonce avoir tué"
            return Standing(modality.inner, head, modality)
        if head.pos_ in ("VERB", "AUX") and relation == "xcomp":
            above = own_status(head, pack)
            if above in ("planned", "negated", "alleged", "hypothetical"):
                return Standing(above, head)
        token = head
    return None


def _modality(head: Token, pack: LanguagePack) -> Modality | None:
    lemma = head.lemma_.lower()
    kind = "noun" if head.pos_ == "NOUN" else "verb"
    reflexive = any(c.lower_ in pack.closed["reflexive"] for c in head.children if c.i < head.i)
    if reflexive:
        for prefix in ("se ", "s'"):
            if (found := pack.modality.get((kind, prefix + lemma))) is not None:
                return found
    return pack.modality.get((kind, lemma))


def _noun_governor(noun: Token, pack: LanguagePack) -> Standing | None:
    """ "les accusations de livraison", "en cas d'attaque", "la menace d'une frappe", "sans signature"."""
    word = preposition(noun, pack)
    if word in pack.closed["negation"]:
        return Standing("negated")
    token = noun
    for _ in range(2):
        if token.dep_ not in ("nmod", "obl:arg", "obl:mod", "conj") or token.head == token:
            break
        if token.dep_ != "conj" and preposition(token, pack) in ("de", "à") and token.head.pos_ == "NOUN":
            modality = pack.modality.get(("noun", token.head.lemma_.lower()))
            if modality is not None:
                return Standing(modality.inner, token.head, modality)
        token = token.head
    return None


def _carrier(noun: Token, pack: LanguagePack) -> Token | None:
    """The verb that carries an event noun, so that the noun's act is as real as the verb's.

    A verb of doing or planning with the noun as its object ("Kiev organisera une rencontre"), or one of taking place ("la rencontre aura lieu");
    what is condemned or remembered has happened, whatever becomes of the condemning.
    """
    head = noun.head
    if head.pos_ != "VERB":
        return None
    lemma = head.lemma_.lower()
    does = pack.closed["carried_out"] | pack.closed["takes_place"] | pack.closed["light_verb"]
    relation = noun.dep_.partition(":")[0]
    if (relation == "obj" or noun.dep_ == "obl:arg") and (lemma in does or _modality(head, pack) is not None):
        return head
    if noun.dep_.startswith("nsubj") and (lemma in pack.closed["takes_place"] or (noun.dep_ == "nsubj:pass" and lemma in does)):
        return head
    return None
