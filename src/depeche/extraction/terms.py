"""What an agreement obliges to: by a word of providing ("prévoit", "s'engagent à"), by duties told of its text, and by its kind alone."""

from __future__ import annotations

from spacy.tokens import Token

from depeche.extraction.actors import Party
from depeche.extraction.grammar import char_span, paragraph_of, preposition, sentence_of, subtree_tokens, surface_subject, text_of
from depeche.extraction.pacts import GENERAL, AgreementWords, Clause, Pact, as_state
from depeche.extraction.sides import Reference
from depeche.extraction.status import own_status
from depeche.extraction.verbforms import is_infinitive

# How many words before a duty the agreement may be spoken of.
REACH = 150
# How many words open a sentence ("Aux termes de l'accord, …").
OPENING = 6
# The strongest obligation decides the kind.
_KIND_OF_OBLIGATION = {"cease_fire": "ceasefire", "limit_arms": "arms_control", "stay_neutral": "neutrality", "refrain_from_aggression": "non_aggression"}
# What an agreement obliges to by being what it is, and what sets the obligation off.
_OWN_OBLIGATION = {
    "ceasefire": ("cease_fire", "unconditional"),
    "cooperation": ("cooperate", "unconditional"),
    "mutual_defence": ("assist", "aggression_against_party"),
    "arms_control": ("limit_arms", "unconditional"),
    "neutrality": ("stay_neutral", "unconditional"),
    "non_aggression": ("refrain_from_aggression", "unconditional"),
    "consultation": ("consult", "unconditional"),
    "trade": ("supply", "unconditional"),
}


def read_term(verb: Token, pacts: list[Pact], words: AgreementWords, reference: Reference) -> None:
    """A verb of providing: its subject is an agreement ("le traité prévoit"), or parties who bind themselves ("les deux camps s'engagent à")."""
    subject = surface_subject(verb, reference.pack)
    if subject is None:
        return
    pact = next((p for p in pacts if subject.i in p.tokens), None)
    obliged: list[Party] = []
    if pact is None and subject.lemma_.lower() in reference.pack.closed["agreement_text"] | reference.pack.closed["agreement_part"]:
        pact = _spoken_of(subject.i, pacts)
    if pact is None:
        obliged = [as_state(f.party, reference) for f in reference.fillers(subject)]
        value = words.terms[verb.lemma_.lower()]
        if value == "must" and _about_text(verb, pacts, reference):
            pact = _spoken_of(verb.i, pacts)
        elif value == "binds" and obliged:
            theirs = [p for p in pacts if not p.parties or {q.key for q in p.parties} & {q.key for q in obliged}]
            pact = _spoken_of(verb.i, theirs) or next(iter(theirs), None)
            if pact is not None:
                pact.parties += [p for p in obliged if p not in pact.parties]
        if pact is None:
            return
    parts = [c for c in verb.children if c.i > verb.i and c.dep_.partition(":")[0] in ("obj", "xcomp", "ccomp", "obl", "advcl")]
    for part in dict.fromkeys([*(p for c in parts for p in (c, *(d for d in c.children if d.dep_ == "conj"))), *_enumerated(verb, parts, reference)]):
        _add_clause(pact, part, verb, words, obliged)


def read_duty(verb: Token, pacts: list[Pact], words: AgreementWords, reference: Reference) -> None:
    """A duty told without a word of providing: behind "aux termes de l'accord, …", or to come ("une commission se réunira") where its terms are told."""
    pact = _under_terms(verb, pacts, reference)
    if pact is None:
        if verb.lemma_.lower() not in words.obligations or own_status(verb, reference.pack) != "planned":
            return
        pact = _terms_told_before(verb, pacts)
        if pact is None:
            return
    subject = surface_subject(verb, reference.pack)
    obliged = [as_state(f.party, reference) for f in reference.fillers(subject)] if subject is not None else []
    _add_clause(pact, verb, verb, words, [p for p in obliged if p in pact.parties])


def _enumerated(verb: Token, parts: list[Token], reference: Reference) -> list[Token]:
    """Further infinitives of an enumeration behind the first, wherever the parser hung them ("devaient se consulter, mettre en commun …, livrer …")."""
    first = next((p for p in parts if is_infinitive(p)), None)
    if first is None:
        return []
    doc, word = verb.doc, preposition(first, reference.pack)
    found = []
    for token in doc[first.i + 1 : sentence_of(verb)[1]]:
        if token.pos_ != "VERB" or not is_infinitive(token) or preposition(token, reference.pack) != word:
            continue
        before = token.i - 1
        while before > first.i and (doc[before].pos_ in ("ADP", "PRON", "ADV") and doc[before].head == token):
            before -= 1
        if doc[before].text == "," or doc[before].pos_ == "CCONJ":
            found.append(token)
    return found


def _under_terms(verb: Token, pacts: list[Pact], reference: Reference) -> Pact | None:
    """The agreement whose terms open the verb's sentence ("Aux termes de l'accord, …", "en vertu du traité, …")."""
    if verb.dep_ != "ROOT":
        return None
    first = sentence_of(verb)[0]
    opening = verb.doc[first : min(first + OPENING, verb.i)]
    at = next((t.i for t in opening if t.lower_ in reference.pack.closed["terms_of"]), None)
    return next((p for p in pacts if at is not None and any(at < t < at + OPENING for t in p.tokens)), None)


def _terms_told_before(verb: Token, pacts: list[Pact]) -> Pact | None:
    """The agreement of which the verb's paragraph has told a term already."""
    start = paragraph_of(verb.doc, verb.idx)[0]
    return next((p for p in pacts if any(start <= c.evidence.start < verb.idx for c in p.clauses)), None)


def _spoken_of(at: int, pacts: list[Pact]) -> Pact | None:
    """The agreement last mentioned before a word."""
    return max((p for p in pacts if p.tokens[0] < at), key=lambda p: max(t for t in p.tokens if t < at), default=None)


def _about_text(verb: Token, pacts: list[Pact], reference: Reference) -> bool:
    """Does the paragraph speak of an agreement before the verb ("Le texte prévoit … Ils devront aussi …")?"""
    start = paragraph_of(verb.doc, verb.idx)[0]
    mentioned = {t for p in pacts for t in p.tokens}
    for at in range(verb.i - 1, max(-1, verb.i - REACH), -1):
        token = verb.doc[at]
        if token.idx < start:
            return False
        if at in mentioned or token.lemma_.lower() in reference.pack.closed["agreement_text"]:
            return True
    return False


def _add_clause(pact: Pact, part: Token, verb: Token, words: AgreementWords, obliged: list[Party]) -> None:
    inside = [t for t in subtree_tokens(part) if t.i >= part.i - 3]
    for conjunct in (c for c in part.children if c.dep_ == "conj"):
        own = {t.i for t in conjunct.subtree}
        inside = [t for t in inside if t.i not in own]
    if not inside:
        return
    told = [words.obligations[t.lemma_.lower()] for t in inside if t.lemma_.lower() in words.obligations]
    found = next((o for o in told if o != "other"), next(iter(told), None))  # the word that tells more decides
    binding = words.terms.get(verb.lemma_.lower(), "binds") == "binds" and part.pos_ == "VERB"
    if found is None and not binding:
        return
    obligation = found or "other"
    around = inside + [t for t in verb.subtree if t.i > part.i]
    case = next((words.cases[t.lemma_.lower()] for t in around if t.lemma_.lower() in words.cases), "unconditional")
    trigger = case if obligation in ("assist", "consult") else "unconditional"
    span = char_span(inside[0], inside[-1])
    if all((c.obligation, c.trigger) != (obligation, trigger) for c in pact.clauses):
        pact.clauses.append(Clause(obligation, trigger, span.of(text_of(verb.doc)), span, obliged))


def own_terms(pact: Pact) -> None:
    """What an agreement obliges to by its kind alone, and the kind that its terms make it."""
    obligations = {c.obligation for c in pact.clauses}
    own = _OWN_OBLIGATION.get(pact.kind)
    if own is not None and own[0] not in obligations:
        pact.clauses.insert(0, Clause(*own, pact.name, pact.evidence[0], []))
    if any(c.obligation == "assist" and c.trigger == "aggression_against_party" for c in pact.clauses):
        pact.kind = "mutual_defence"
    elif pact.kind in GENERAL:
        pact.kind = next((k for o, k in _KIND_OF_OBLIGATION.items() if o in obligations), pact.kind)
