"""Offices, institutions and the press of a country: whom "le chef de l'État russe", "l'armée turque", "les agences russes" stand for."""

from __future__ import annotations

from spacy.tokens import Token

from depeche.extraction.callings import called
from depeche.extraction.cast import Party, entity_party
from depeche.extraction.mention import Mention
from depeche.extraction.scene import Scene, genders_agree
from depeche.extraction.standing import is_of
from depeche.extraction.takeup import bind_last
from depeche.ontology.spelling import fold, slug

# An office of a state by what the same word means in an international body.
_OFFICES_OF_BODIES = {"head_of_state": ("president",), "leader": ("leader", "president", "secretary_general"), "foreign_minister": ("high_representative",)}
# A president comes before another head of state (Iran's Guide); where there is neither, whoever governs is meant.
_HEADS: tuple[str, ...] = ("president", "head_of_state", "head_of_government")
# Whom a head meets as a counterpart: a head of government meets a head of state where there is no other.
_SAME_RANK = {"head_of_government": ("head_of_government", "head_of_state"), "head_of_state": _HEADS, "president": _HEADS}
# Words that say what somebody does, not which one office: these lead to nobody by date alone.
_MANY_HOLD = frozenset({"minister", "other", "spokesman", "ambassador", "opposition_leader"})

# Whom the bare word for a minister may mean.
_MINISTERS = frozenset({"foreign_minister", "defence_minister", "minister"})
# Offices of which each state has one.
_OF_A_STATE = frozenset({"head_of_state", "head_of_government", "foreign_minister", "defence_minister"})


def read_institution(scene: Scene, mention: Mention) -> None:
    """ "L'armée turque" is Turkey; "l'armée" the army of the state that the article, or the place that opens the sentence, is about."""
    if mention.organisation is not None:
        body = scene.knowledge.entity(mention.organisation)
        scene.note(mention, [scene.cast.introduce(entity_party(body))])
        return
    country = scene.country(mention.countries) or _country_of(scene, mention.owner)
    if country and (party := scene.cast.state(country, scene.knowledge)):
        scene.note(mention, [party])
    elif not mention.countries and mention.definite and (state := scene.state_here(mention.start)) is not None:
        scene.note(mention, [state])


def _country_of(scene: Scene, owner: Token | None) -> str | None:
    """The country of the person or place whose government it is ("le gouvernement de Justin Trudeau", "la police de Chicago")."""
    if owner is None:
        return None
    mention = next((m for m in scene.mentions if m.start <= owner.i < m.end and m.kind == "name"), None)
    if mention is None:
        return None
    parties = [p for p in scene.cast.parties.values() if fold(mention.name) in p.names or any(fold(mention.name) == n.split()[-1] for n in p.names if n)]
    if parties:
        return parties[-1].country
    found = {e.country for n in mention.names if (e := scene.knowledge.entity(n.row)).country}
    if len(found) > 1:
        near = {c for c in found if c in scene.countries}
        sizes = sorted((scene.knowledge.entity(n.row) for n in mention.names), key=lambda e: -e.size)
        return near.pop() if len(near) == 1 else (sizes[0].country if mention.label == "LOC" else None)
    return found.pop() if found else None


def read_press(scene: Scene, mention: Mention) -> None:
    """ "les agences de presse russes", and "les agences" once they are named."""
    if mention.countries:
        country = scene.country(mention.countries)
        party = scene.cast.introduce(Party("press:" + slug(mention.text), mention.text, "agency", country, "JRN", None, None, mention.gender))
        scene.note(mention, [party])
        return
    first = fold(mention.text).split()[0]
    before = next((p for _, p in reversed(scene.recent) if p.kind == "agency" and fold(p.name).startswith(first)), None)
    if before is not None:
        scene.note(mention, [before])


def read_description(scene: Scene, mention: Mention) -> None:
    """Lead a description by office to whom the base has in it on the article's date, or to whom the article introduced with it."""
    if mention.role is None:
        return
    if mention.title_of is not None:
        scene.covered = mention.words_end  # "secrétaire au Foreign Office": a name among a title's own words is none
        if mention.title_of < mention.start and mention.definite:  # "Kim Jong-un, le dirigeant actuel": said of him anew
            named = scene.cast.at(mention.title_of)
            if named:
                scene.note(mention, named)
        return
    if mention.count > 1 or mention.gender.endswith("p"):
        if mention.count > 1 and not mention.countries:
            bind_last(scene, mention, mention.count, "person")
        return
    country = (scene.country(mention.countries) if mention.countries else None) or _country_of(scene, mention.owner)
    party = _counterpart(scene, mention, country) if mention.role.office == "counterpart" else _holder(scene, mention, country)
    if party is None and country is None and mention.owner is None and mention.definite and not mention.held:
        party = called(scene, mention)
    if party is not None:
        party.role = party.role or mention.text
        scene.note(mention, [party])
    elif (country or mention.organisation is not None) and mention.definite and mention.role.office != "counterpart":
        body = scene.knowledge.entity(mention.organisation) if mention.organisation is not None else None
        of = country or (body.country if body else None)
        scene.note(
            mention,
            [scene.cast.introduce(Party(f"person:{slug(mention.text)}", mention.text, "person", of, mention.sector, mention.text, None, mention.gender))],
        )


def _counterpart(scene: Scene, mention: Mention, country: str | None) -> Party | None:
    """ "son homologue iranien": who holds there the office of the person last named, or is named in the article with that country."""
    if not country:
        return None
    for _, party in reversed(scene.recent):
        if party.kind != "person" or party.country == country:
            continue
        offices = scene.offices_of(party.entity) if party.entity is not None else []
        offices = ["foreign_minister" if o == "high_representative" else o for o in offices] or _offices_by_role(scene, party)
        for office in offices:
            # A head of government meets whoever governs, which is the head of state where there is no other.
            for meant in _SAME_RANK.get(office, (office,)):
                entity = scene.knowledge.holder(country, meant, scene.on)
                if entity is not None and office != "other":
                    return scene.cast.introduce(scene.party(entity))
        break
    return next((p for _, p in reversed(scene.recent) if p.kind == "person" and p.country == country), None)


def _offices_by_role(scene: Scene, party: Party) -> list[str]:
    """The office that somebody's role in the article means ("ministre iranien de la Défense")."""
    words = fold(party.role or "").split()
    for role in scene.pack.roles.get(words[0], ()) if words else ():
        if set(role.words) <= set(words) and role.office not in _MANY_HOLD:
            return [role.office]
    return []


def _holder(scene: Scene, mention: Mention, country: str | None) -> Party | None:
    """Who is meant by an office: whom the base has in it on the article's date, or whom the article introduced with it."""
    role = mention.role
    assert role is not None
    if mention.held:
        return _introduced_with(scene, mention, country) or (_coming(scene, country, role.office) if mention.held == "coming" else None)
    if not country and mention.organisation is None:
        if not mention.definite:
            return None
        if role.office == "leader" and is_of(scene.doc[min(mention.end, len(scene.doc) - 1)], scene.pack):
            return None  # "le leader du groupe": of what, no office tells
        return _introduced_with(scene, mention, None) or _of_the_state_here(scene, mention)
    offices = _HEADS if role.office == "head_of_state" else (role.office,)
    organisation = None
    if mention.organisation is not None:
        organisation = scene.knowledge.entity(mention.organisation).id
        offices = _OFFICES_OF_BODIES.get(role.office, (role.office,))
    if role.office not in _MANY_HOLD:
        for office in offices:
            entity = scene.knowledge.holder(country if organisation is None else None, office, scene.on, organisation)
            if entity is not None and genders_agree(entity.gender, mention.gender):
                return scene.cast.introduce(scene.party(entity))
    return _introduced_with(scene, mention, country)


def _of_the_state_here(scene: Scene, mention: Mention) -> Party | None:
    """ "Le président", nobody with that office being named: the one of the state that the article, or the place that opens the sentence, is about."""
    office = mention.role.office if mention.role is not None else ""
    if office not in _OF_A_STATE or is_of(scene.doc[min(mention.end, len(scene.doc) - 1)], scene.pack):
        return None
    state = scene.state_here(mention.start)
    for meant in _HEADS if office == "head_of_state" else (office,):
        entity = scene.knowledge.holder(state.country, meant, scene.on) if state is not None else None
        if entity is not None and genders_agree(entity.gender, mention.gender):
            return scene.cast.introduce(scene.party(entity))
    return None


def _coming(scene: Scene, country: str | None, office: str) -> Party | None:
    """Who takes the office next ("le futur président américain"), by the base."""
    on = scene.on
    if country is None or on is None:
        return None
    after = sorted((t.start, t.holder) for t in scene.knowledge.holders(country, None, office) if t.start and t.start > on)
    return scene.cast.introduce(scene.party(scene.knowledge.entity(after[0][1]))) if after else None


def _introduced_with(scene: Scene, mention: Mention, country: str | None) -> Party | None:
    """Somebody named before whose role has the same words, or holds (held, will hold) the office that the words mean."""
    role = mention.role
    assert role is not None
    words = " ".join(role.words)
    held = {fold(word) for word in scene.pack.closed["held"]}
    for _, party in reversed(scene.recent):
        if party.kind != "person" or not genders_agree(party.gender, mention.gender) or (country and party.country and party.country != country):
            continue
        if not mention.held and party.role and f" {words} " in f" {fold(party.role)} " and fold(party.role).split()[0] not in held:
            return party
        if party.entity is not None and _held_so(scene, party, mention):
            return party
        if mention.held in ("former", "coming") and party.role and role.words[-1] in fold(party.role).split():
            return party
    return None


def _held_so(scene: Scene, party: Party, mention: Mention) -> bool:
    """Does (did, will) the person hold the described office at the article's date?"""
    role, on = mention.role, scene.on
    assert role is not None and party.entity is not None
    for tenure in scene.knowledge.tenures_of(party.entity.row):
        minister = role.office == "minister" and tenure.office in _MINISTERS and mention.words_end == mention.start + 1
        fits = tenure.office == role.office or (role.office == "leader" and tenure.office != "other") or minister
        if not fits or role.office == "other":
            continue
        if role.office == "opposition_leader":
            return True
        if mention.held == "former":
            if on is None or (tenure.until and tenure.until <= on):
                return True
        elif mention.held == "coming":
            if on is not None and tenure.start and tenure.start > on:
                return True
        elif not mention.held and (on is None or tenure.on(on)):
            return True
    return False
