"""What was agreed: treaties, truces and contracts, between whom, and how far they got; `terms` reads what they oblige to.

Every noun that names an agreement is a mention; mentions that fit together are one agreement.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Token

from depeche.extraction.actors import Party
from depeche.extraction.acts import Act
from depeche.extraction.arguments import noun_arguments
from depeche.extraction.dates import DateMention
from depeche.extraction.facing import main_pair
from depeche.extraction.grammar import char_span, preposition, sentence_of, subtree_tokens, surface_subject
from depeche.extraction.pacts import GENERAL, AgreementWords, Pact, as_state
from depeche.extraction.sides import Reference
from depeche.extraction.status import own_status
from depeche.extraction.terms import own_terms, read_duty, read_term
from depeche.extraction.timing import date_of, is_long_past
from depeche.extraction.verbforms import children

_SPECIFICITY = (
    "mutual_defence",
    "ceasefire",
    "peace",
    "arms_control",
    "non_aggression",
    "neutrality",
    "trade",
    "consultation",
    "strategic_partnership",
    "cooperation",
    "other",
)
_BARE_PARTIES = 2
_IN_THE_MAKING = frozenset({"announced", "proposed"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
# What enemies conclude: where the text names no parties, those whom the article is about.
_BETWEEN_ENEMIES = frozenset({"ceasefire", "peace", "arms_control", "non_aggression"})
# CAMEO's code of signing: whoever otherwise praises or votes for an agreement is no party.
_SIGNING = "057"
_AGREEING = frozenset({"SUPPORT", "AGREE", "CONCEDE", "RETREAT", "SANCTION", "REJECT"})


def read_agreements(doc: Doc, acts: list[Act], dates: list[DateMention], named: set[int], reference: Reference, published: str | None) -> list[Pact]:
    """Every agreement that the text tells of with at least one party.

    `acts`: the events, whose sides tell who agreed where the noun's own phrase does not; `named`: tokens inside names of other things; `published`: the
    day that tells an agreement of long ago from the one in the news.
    """
    pacts: list[Pact] = []
    words = AgreementWords(reference)
    dated = {i for d in dates for i in range(d.start, d.end)}
    for token in doc:
        kind = _kind(token, words, reference) if token.pos_ in ("NOUN", "PROPN") and token.i not in named else None
        if kind is not None and not _belongs_to_mention(token, words) and not _is_denied(token, reference):
            pact = _mention(token, kind, dates, dated, words, reference)
            pact.introduced = any(c.lower_ in reference.pack.closed["indefinite"] for c in _top(token, words).children)
            pact.recalled = any(is_long_past(d.interval, published) for d in pact.dates.values())
            if len(pact.parties) < _BARE_PARTIES:
                pact.parties += [p for p in _agreeing(token, acts, reference) if p not in pact.parties]
            known = _same(pacts, pact)
            if known is None:
                pacts.append(pact)
            else:
                _merge(known, pact)
    for token in doc if pacts else ():
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in words.terms:
            read_term(token, pacts, words, reference)
        elif token.pos_ == "VERB":
            read_duty(token, pacts, words, reference)
    enemies = main_pair(acts) or _opponents(acts)
    for pact in pacts:
        if pact.kind in _BETWEEN_ENEMIES:
            between = [p for p in pact.parties if p not in pact.announcers]
            if len(between) >= _BARE_PARTIES:
                pact.parties = between  # whoever announces a truce between two others is no party to it
            elif not pact.parties:
                pact.parties = [as_state(p, reference) for p in enemies]
        own_terms(pact)
    return [p for p in pacts if _between_bodies(p)]


def _between_bodies(pact: Pact) -> bool:
    """Is a state, an organisation or an armed group bound? What a person signs with a club or a firm is no agreement of these."""
    kinds = {p.kind for p in pact.parties}
    return bool(kinds) and ("person" not in kinds or bool(kinds & {"state", "group"}))


def _top(noun: Token, words: AgreementWords) -> Token:
    """ "Une déclaration de partenariat": the noun that carries the article."""
    return noun.head if noun.dep_ == "nmod" and noun.head.pos_ == "NOUN" and noun.head.lemma_.lower() not in words.nouns and noun.i - noun.head.i <= 2 else noun


def _kind(noun: Token, words: AgreementWords, reference: Reference) -> str | None:
    """The kind of agreement that a noun names by itself; "le texte conclu entre Paris et Berlin" names one as well."""
    lemma = noun.lemma_.lower()
    if lemma in reference.pack.closed["agreement_text"]:
        concluded = any(c.dep_ == "acl" and c.lemma_.lower() in words.statuses for c in noun.children)
        return "other" if concluded and noun_arguments(noun, reference.pack).get("entre") else None
    if noun.i == sentence_of(noun)[0]:
        lemma = reference.pack.lemma(noun.lower_, "NOUN")  # "Ententes signées entre …": its capital made a name of it
    return words.nouns.get(lemma)


def _opponents(acts: list[Act]) -> list[Party]:
    """The two whom charges and force set against each other more often than any others, where that is so more than once."""
    faced: Counter[frozenset[str]] = Counter()
    by_camp: dict[str, Party] = {}
    for act in acts:
        against = [p for p, stance, _ in act.positions if stance == "alleges"] + [f.party for f in act.target if act.row.type in _FORCE]
        for one in (f.party for f in act.source):
            for other in against:
                if one.camp != other.camp and other.kind != "agency":
                    by_camp.setdefault(one.camp, one), by_camp.setdefault(other.camp, other)
                    faced[frozenset((one.camp, other.camp))] += 1
    ranked = faced.most_common(2)
    if not ranked or ranked[0][1] < _BARE_PARTIES or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return []
    return [by_camp[camp] for camp in sorted(ranked[0][0])]


def _belongs_to_mention(token: Token, words: AgreementWords) -> bool:
    """ "accord de cessez-le-feu", "accord de partenariat": the second noun only tells the first one's kind."""
    return token.dep_ == "nmod" and token.head.lemma_.lower() in words.nouns and token.head.i < token.i <= token.head.i + 3


def _mention(token: Token, kind: str, dates: list[DateMention], dated: set[int], words: AgreementWords, reference: Reference) -> Pact:
    phrase = [token]
    for t in subtree_tokens(token):
        if (
            t.i > token.i
            and t.i == phrase[-1].i + 1
            and t.i not in dated
            and t.pos_ in ("ADJ", "ADP", "NOUN", "DET", "PROPN", "PUNCT")
            and t.text not in (",", "(", ")", ";", ":")
        ):
            phrase.append(t)
    while phrase[-1].pos_ in ("ADP", "DET", "PUNCT"):
        phrase.pop()
    if any(t.text == "«" for t in phrase) and phrase[-1].i + 1 < len(token.doc) and token.doc[phrase[-1].i + 1].text == "»":
        phrase.append(token.doc[phrase[-1].i + 1])  # "accord de « défense mutuelle »"
    told = [words.kinds[w] for t in phrase[1:7] for w in (t.lemma_.lower(), t.lower_) if w in words.kinds]
    if told:
        kind = min([kind, *told], key=_SPECIFICITY.index)
    status, verb = _status(token, words)
    parties, announcers = _parties(token, verb, status, reference)
    name = token.doc[token.i : phrase[-1].i + 1].text
    proper = next((t.text for t in phrase if t.pos_ == "PROPN" and not reference.cast.at(t)), None)
    pact = Pact(name, kind, parties, status, [token.i], [char_span(token, phrase[-1])], {token.lemma_.lower()}, proper, announcers)
    date = date_of(verb, dates, {verb.i}) if verb is not None else None
    if date is not None and status is not None and date.interval:
        pact.dates[status] = date
    return pact


def _is_denied(token: Token, reference: Reference) -> bool:
    """ "Ce document n'est pas un traité de paix": said to be none."""
    return bool(children(token, "cop")) and own_status(token, reference.pack) == "negated"


def _agreeing(token: Token, acts: list[Act], reference: Reference) -> list[Party]:
    """Whoever the act of agreeing has on its sides: the act that the noun names, or that its verb does."""
    for act in acts:
        near = act.token in (token, token.head) or any(c == act.token for c in token.children)
        if near and act.row.type in _AGREEING and (act.row.type != "SUPPORT" or (act.row.cameo or "").startswith(_SIGNING)):
            return [as_state(f.party, reference) for f in (*act.source, *act.target) if f.party.kind != "agency" and f.via != "rubric"]
    return []


def _status(token: Token, words: AgreementWords) -> tuple[str | None, Token | None]:
    """How far the agreement got, and the word that tells."""
    for child in token.children:
        # "le traité qu'ils ont signé", "qu'ils venaient de signer"
        for told in (child, *children(child, "xcomp")) if child.dep_ in ("acl", "amod", "acl:relcl") else ():
            if (status := words.statuses.get(told.lemma_.lower())) is not None:
                return status, told
    above = token
    for _ in range(3):
        if above.head == above:
            break
        above = above.head
        if (status := words.statuses.get(above.lemma_.lower())) is not None:
            return status, above
        if above.pos_ in ("VERB", "AUX"):
            if any(words.statuses.get(c.lemma_.lower()) == "in_force" for c in above.children):
                return "in_force", above
            break
    return None, None


def _parties(token: Token, verb: Token | None, status: str | None, reference: Reference) -> tuple[list[Party], list[Party]]:
    """Between whom the agreement is, and who of them only announces or proposes it."""
    found: list[Party] = []

    def take(tokens: list[Token]) -> None:
        for t in tokens:
            for filler in reference.fillers(t):
                if filler.party.kind not in ("agency",) and filler.party not in found:
                    found.append(filler.party)

    announcers: list[Party] = []
    arguments = noun_arguments(token, reference.pack)
    take(arguments.get("entre", []))
    if len(found) < _BARE_PARTIES:
        take(arguments.get("avec", []))
        bound = status not in _IN_THE_MAKING or not found
        if bound and verb is not None and verb.pos_ in ("VERB", "AUX"):
            subject = surface_subject(verb, reference.pack)
            if subject is not None and subject != token:
                before = len(found)
                take([subject])
                announcers = found[before:] if status in _IN_THE_MAKING else []
            take([c for c in children(verb, "obl") if preposition(c, reference.pack) in ("avec", "par", "entre")])
    if not found:
        for filler in reference.demonym(token):
            if filler.party not in found:
                found.append(filler.party)
    return [as_state(p, reference) for p in found], [as_state(p, reference) for p in announcers]


def _same(pacts: list[Pact], other: Pact) -> Pact | None:
    """The agreement already read that a mention takes up: kinds and parties fit."""
    for pact in reversed(pacts):
        kinds_fit = pact.kind == other.kind or pact.kind in GENERAL or other.kind in GENERAL
        bound = [{p.key for p in one.parties if p not in one.announcers} for one in (pact, other)]
        parties_fit = not all(bound) or bool(bound[0] & bound[1])
        dates_fit = not any(s in pact.dates and pact.dates[s].interval != d.interval for s, d in other.dates.items())
        # "la charte du Liptako-Gourma" is not the pact spoken of before.
        names_fit = other.proper in (None, pact.proper) or (pact.proper is None and other.nouns <= pact.nouns)
        if kinds_fit and parties_fit and dates_fit and names_fit and not _of_two_times(pact, other):
            return pact
    return None


def _of_two_times(pact: Pact, other: Pact) -> bool:
    """Is one of them of long ago and the other not?

    "Une trêve est annoncée … L'accord de 2020 avait mis fin aux combats": what is in the making was not signed long ago. "Le traité … En mai, ils avaient
    signé une déclaration": an indefinite article brings in another one.
    """
    if other.recalled and not pact.recalled and other.introduced:
        return True
    return any(old.recalled and not new.recalled and new.status in _IN_THE_MAKING for old, new in ((pact, other), (other, pact)))


def _merge(pact: Pact, other: Pact) -> None:
    if _SPECIFICITY.index(other.kind) < _SPECIFICITY.index(pact.kind):
        pact.kind, pact.name = other.kind, other.name
    pact.announcers = [p for p in pact.announcers if p in other.announcers or p not in other.parties]
    pact.announcers += [p for p in other.announcers if p not in pact.parties]
    pact.parties += [p for p in other.parties if p not in pact.parties]
    pact.recalled = pact.recalled and other.recalled
    pact.tokens += other.tokens
    pact.nouns |= other.nouns
    pact.proper = pact.proper or other.proper
    pact.evidence += other.evidence
    pact.dates |= {s: d for s, d in other.dates.items() if s not in pact.dates}
    order = ("proposed", "announced", "signed", "ratified", "in_force", "suspended", "terminated")
    if other.status is not None and (pact.status is None or order.index(other.status) > order.index(pact.status)):
        pact.status = other.status
