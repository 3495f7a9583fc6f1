"""Institutions that act for a state ("l'armée turque", "le ministère libanais de la Santé"), and whose an office or institution is."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depeche.extraction.mention import Mention, grammatical_gender, make_mention
from depeche.extraction.standing import bare_preposition, is_of
from depeche.knowledge.base import KnowledgeBase
from depeche.language.pack import LanguagePack
from depeche.ontology.spelling import fold


@dataclass(slots=True)
class Whose:
    """Whose an office or institution is: where the words end, the countries or body meant, a named person or place (and where a
    place's name ends), the institution in between.
    """

    end: int
    countries: tuple[str, ...] = ()
    organisation: int | None = None
    owner: Token | None = None
    inner: tuple[int, int] | None = None
    owner_end: int = 0


def whose_is(doc: Doc, head: Token, end: int, by_start: dict[int, Mention], knowledge: KnowledgeBase, pack: LanguagePack) -> Whose:
    """Whose office or institution it is, by what follows: a demonym, or "de" and a name."""
    at = end
    inner: int | None = None
    while at < len(doc) and at < end + 9 and not doc[at].is_space:
        token = doc[at]
        if at not in by_start:
            countries = knowledge.adjectives.get(fold(token.text), ())
            if countries and (token.text[0].islower() or doc[at - 1].pos_ == "NOUN"):
                return Whose(at + 1, countries, inner=(inner, at + 1) if inner is not None else None)
            body = knowledge.body_called(fold(token.text)) if token.pos_ in ("ADJ", "NOUN") else None
            if body is not None:
                return Whose(at + 1, organisation=body)
        if named := by_start.get(at) or (by_start.get(at + 1) if token.pos_ == "DET" else None):
            if is_of(doc[at - 1], pack):
                return _named_owner(doc, named, end, inner, knowledge)
            if named.label == "PER" and at - end >= 2 and doc[at - 1].pos_ == "NOUN" and is_of(doc[at - 2], pack):
                return Whose(end, owner=doc[named.head])  # "la junte du capitaine Traoré"
            return Whose(end, owner=doc[named.head] if named.label == "PER" and at == end else None)  # "le régime Assad"
        if token.lemma_.lower() in pack.institutions and inner is None and at > end:
            inner = at
        if (
            token.is_punct
            or token.pos_ in ("VERB", "AUX", "CCONJ", "PRON", "SCONJ")
            or (token.pos_ == "ADP" and not is_of(token, pack) and bare_preposition(token, pack) not in pack.closed["dative"])
        ):
            break
        at += 1
    return Whose(end)


def _named_owner(doc: Doc, named: Mention, end: int, inner: int | None, knowledge: KnowledgeBase) -> Whose:
    entities = [knowledge.entity(n.row) for n in named.names if n.what != "family"]
    states = tuple(dict.fromkeys(e.country for e in entities if e.kind == "state" and e.country))
    body = next((e.row for e in entities if e.kind in ("organisation", "group")), None)
    span = (inner, named.end) if inner is not None else None
    if body is not None:
        return Whose(named.end, organisation=body, inner=span)
    if states:
        return Whose(named.end, states, inner=span)
    located = any(e.kind == "place" for e in entities)
    return Whose(end, owner=doc[named.head], owner_end=named.end if located and named.label != "PER" else 0, inner=span if located else None)


def find_institution(doc: Doc, token: Token, by_start: dict[int, Mention], pack: LanguagePack, knowledge: KnowledgeBase) -> Mention | None:
    """ "l'armée turque", "le gouvernement du Burundi", "les agences de presse russes"."""
    institution = pack.institutions.get(token.text) or pack.institutions.get(token.lemma_.lower()) or pack.institutions.get(token.lower_)
    if institution is None or not institution.linked or token.pos_ not in ("NOUN", "PROPN"):
        return None
    field = _behind_state_adjectives(doc, field_end(doc, token, by_start, pack), pack)
    whose = whose_is(doc, token, field, by_start, knowledge, pack)
    definite = token.i > 0 and doc[token.i - 1].lower_ in pack.closed["definite"]
    gender = grammatical_gender(token)
    if institution.press:
        if token.text[0].isupper() and not token.is_sent_start:
            return None  # "l'Agence togolaise de presse" is a name
        named = whose.end < len(doc) and whose.end in by_start
        if not (whose.countries or (definite and token.text[-1] == "s")) or named:
            return None
        return make_mention(doc, token.i, whose.end, "press", countries=whose.countries, sector=institution.sector, gender=gender)
    if whose.organisation is not None and whose.inner is None:
        if institution.sector == "GOV" and knowledge.entity(whose.organisation).sector in ("IGO", "UNO", "EUR"):
            return make_mention(doc, token.i, whose.end, "institution", organisation=whose.organisation, sector=institution.sector)
        return None
    if whose.end in by_start and token.lemma_.lower() in pack.closed["kind_noun"]:
        return None  # "la force Takuba"
    if token.i and doc[token.i - 1].lower_ in pack.closed["possessive"] and whose.end > field and is_of(doc[field], pack):
        return None  # "retirer ses forces d'Ukraine"
    if not whose.countries and whose.owner is None and (not definite or _needs_demonym(token, field, pack)):
        return None
    end = max(whose.end, whose.owner_end)
    if token.lemma_.lower() in pack.closed["with_field"] and whose.countries and field == token.i + 1:
        end = field_end(doc, doc[end - 1], by_start, pack)  # "ministère libanais de la Santé"
    return make_mention(
        doc, token.i, max(end, field), "institution", countries=whose.countries, sector=institution.sector, definite=definite, owner=whose.owner, gender=gender
    )


def _behind_state_adjectives(doc: Doc, end: int, pack: LanguagePack) -> int:
    """Where an institution's words end behind the adjectives that every state's may bear ("l'assemblée nationale", "le gouvernement fédéral")."""
    while end < len(doc) and doc[end].pos_ == "ADJ" and doc[end].lemma_.lower() in pack.closed["state_adjective"]:
        end += 1
    return end


def _needs_demonym(noun: Token, field: int, pack: LanguagePack) -> bool:
    """Is the noun alone no state's ("le service", "la force"), nor with its field ("le service d'entretien", unlike "les forces de sécurité")?"""
    if noun.lemma_.lower() not in pack.closed["needs_demonym"]:
        return False
    adjective = field > noun.i + 1 and noun.doc[field - 1].lemma_.lower() in pack.closed["state_adjective"]
    return not adjective and not (field > noun.i + 1 and is_plural(noun))


def field_end(doc: Doc, last: Token, by_start: dict[int, Mention], pack: LanguagePack) -> int:
    """Where an institution's field ends behind its noun ("ministère de la Santé", "forces de défense et de sécurité"): common nouns behind "de"."""
    end = last.i + 1
    if last.lemma_.lower() not in pack.closed["with_field"] and last.pos_ != "ADJ":
        return end
    at = end
    while at < len(doc) and is_of(doc[at], pack):
        at += 1
        if at < len(doc) and doc[at].lower_ in pack.closed["definite"]:
            at += 1
        if at >= len(doc) or at in by_start or doc[at].pos_ not in ("NOUN", "PROPN"):
            break
        at = end = at + 1
        while (
            at < len(doc)
            and doc[at].pos_ == "ADJ"
            and doc[at].text[0].islower()
            and "Plur" in doc[at].morph.get("Number", [])
            and fold(doc[at - 1].text)[-1:] in "sx"
        ):
            at = end = at + 1
        if at + 1 < len(doc) and doc[at].pos_ == "CCONJ" and is_of(doc[at + 1], pack):
            at += 1
    return end


def is_plural(noun: Token) -> bool:
    """Is the noun in the plural, by the article that stands right before it ("le pays", "les pays")?"""
    return "Plur" in noun.doc[noun.i - 1].morph.get("Number", noun.morph.get("Number", []))
