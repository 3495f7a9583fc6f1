"""Pronouns that stand for nobody: "il faut que …", "il y a …", "il est possible de …", and "l'a dit", where a whole sentence is taken up."""

from __future__ import annotations

from spacy.tokens import Token

from depeche.extraction.verbforms import SUBJECTS, children, is_infinitive, is_passive, is_past_participle
from depeche.language.pack import LanguagePack

_CLAUSES = ("csubj", "ccomp", "xcomp", "advcl", "acl")
_MANY = 4  # words between a verb and the one that tells


def stands_for_nobody(token: Token, pack: LanguagePack) -> bool:
    """Does a pronoun take up nobody? The parser's word that it is empty counts only where the verb may have an empty subject."""
    if token.lower_ in pack.closed["object_pronoun"]:
        return token.dep_ != "obj" or _takes_up_a_sentence(token, pack)
    if token.lower_ in pack.closed["stressed"]:
        return _stressed(token)
    if token.lower_ not in pack.closed["impersonal_subject"]:
        return token.dep_ == "expl:subj"
    doc = token.doc
    if any(
        doc[at].lower_ in pack.closed["there"] and doc[at + 1].lemma_.lower() in pack.closed["there_verb"]
        for at in range(token.i + 1, min(token.i + 3, len(doc) - 1))
    ):
        return not is_past_participle(token.head)  # "il y a deux jours", but "il y a vu un signe"
    if token.i > 1 and doc[token.i - 2].lower_ in pack.closed["there"] and doc[token.i - 1].lemma_.lower() in pack.closed["there_verb"]:
        return True  # "y aurait-il"
    if token.dep_ not in SUBJECTS and token.dep_ != "expl:subj":
        return False
    if any(t.pos_ == "NOUN" and t.lemma_.lower() in pack.closed["impersonal_predicate"] for t in (token.head, *children(token.head, "xcomp", "obj"))):
        return True
    verbs = [token.head, *(v for c in children(token.head, "xcomp") for v in (c, *children(c, "xcomp")) if c.i - token.head.i <= _MANY)]
    if any(v.lemma_.lower() in pack.closed["impersonal"] or _there_is(v, pack) for v in verbs):
        return True
    if any(v.lemma_.lower() in pack.closed["impersonal_reflexive"] and any("Yes" in c.morph.get("Reflex", []) for c in v.lefts) for v in verbs):
        return True
    at_times = [v for v in verbs if v.lemma_.lower() in pack.closed["impersonal_at_times"]]
    if at_times and (token.dep_ == "expl:subj" or any(c.i > v.i and is_infinitive(c) for v in at_times for c in v.children)):
        return True  # "il reste deux otages"; "il appartient à Paris d'agir"
    return _holds_for_a_clause(token, pack)


def _stressed(token: Token) -> bool:
    """ "Lui aussi", "lui qui …", "est lui porté": said of the one named beside it; neither behind a preposition nor before its verb."""
    if children(token, "case"):
        return False
    clitic = token.dep_ in ("iobj", "obl:arg", "obj") and 0 < token.head.i - token.i <= _MANY
    return not clitic or any(c.i < token.i for c in children(token.head, "aux"))


def _there_is(verb: Token, pack: LanguagePack) -> bool:
    """ "Il y a", "il pourrait y avoir"; the parser may call the verb an auxiliary or a copula."""
    return any(c.lower_ in pack.closed["there"] and abs(verb.i - c.i) <= 2 for c in verb.lefts) and verb.lemma_.lower() in pack.closed["there_verb"]


def _holds_for_a_clause(token: Token, pack: LanguagePack) -> bool:
    """ "Il est possible de …", "il a été décidé que …": the clause behind is the subject."""
    head = token.head
    behind = [c for c in head.children if c.i > head.i and c.dep_.partition(":")[0] in _CLAUSES]
    empty = token.dep_ == "expl:subj"
    if head.pos_ in ("ADJ", "NOUN"):
        return any(c.dep_.partition(":")[0] in ("csubj", "ccomp", "xcomp") or (empty and c.dep_ in ("advcl", "acl")) for c in behind)
    return empty and is_passive(head, pack) and any(c.dep_.partition(":")[0] in ("csubj", "ccomp", "obj") for c in head.children if c.i > head.i)


def _takes_up_a_sentence(token: Token, pack: LanguagePack) -> bool:
    """ "Comme l'a annoncé Moscou", "il le sait": with a verb of speech the object is what was said."""
    verb = token.head
    if any(c.pos_ == "ADJ" or is_past_participle(c) for c in children(verb, "xcomp")):
        return False  # "l'a trouvé ouvert"
    speaks = verb.lemma_.lower() in pack.cue_verbs and verb.lemma_.lower() not in pack.closed["addressing"]
    return speaks and pack.closed["object_pronoun"].get(token.lower_) == "sentence"
