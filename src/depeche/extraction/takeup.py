"""Nouns that take up somebody named before: "les deux pays", "la capitale", "l'organisation"."""

from __future__ import annotations

from depeche.extraction.cast import Party, entity_party
from depeche.extraction.mention import Mention
from depeche.extraction.scene import Scene
from depeche.ontology.spelling import fold, slug

# The two states that an article is about are named so many times as often as any third.
_STANDS_OUT = 1.5
_CAN_ACT = ("person", "state", "organisation", "group")


def read_group(scene: Scene, mention: Mention) -> None:
    """ "les deux présidents", "les deux pays", "le pays"."""
    if mention.count > 1:
        bind_last(scene, mention, mention.count, mention.label)
        return
    if (named := scene.pack.closed["realm"].get(scene.doc[mention.head].lemma_.lower())) is not None:
        states = [p for _, p in scene.recent if p.kind == "state" and p.country in named.split("|")]
        places = [c for _, c in scene.named_places if c in named.split("|")]
        state = states[-1] if states else scene.cast.state(places[-1], scene.knowledge) if places else None
        if state is not None:
            scene.note(mention, [state])
        return
    if (state := _antecedent_state(scene, mention) or _pointed_at(scene, mention) or scene.main_state() or scene.state_here(mention.start)) is not None:
        scene.note(mention, [state])


def _antecedent_state(scene: Scene, mention: Mention) -> Party | None:
    """ "Le président ukrainien, dont le pays …": the state of whoever was named right before."""
    if mention.start < 2 or scene.doc[mention.start - 2].lower_ not in scene.pack.closed["relative_of"] or not scene.recent:
        return None
    last = scene.recent[-1][1]
    return scene.cast.state(last.country, scene.knowledge) if last.country else None


def _pointed_at(scene: Scene, mention: Mention) -> Party | None:
    """ "Dans ce pays": the state or place named last."""
    before = scene.doc[mention.start - 1] if mention.start else None
    return scene.last_state(mention.start) if before is not None and "Dem" in before.morph.get("PronType", []) else None


def read_capital(scene: Scene, mention: Mention) -> None:
    """ "la capitale": the capital last named, as a place, else that of the state spoken of."""
    state = scene.state_here(mention.start)
    if state is None or state.country is None:
        return
    named = (
        m
        for m in reversed(scene.mentions)
        if m.start < mention.start and any(n.what == "capital" and n.row == state.entity.row for n in m.names if state.entity)
    )
    name = next(named, mention).text
    scene.note_place(mention, Party(f"place:{slug(name)}:{state.country}", name, "place", state.country, entity=state.entity))


def read_body(scene: Scene, mention: Mention) -> None:
    """ "L'organisation", "l'agence onusienne", "le parti chiite": the body last named that the noun can mean."""
    meant = scene.pack.closed["body_anaphor"].get(mention.label, "").split("|")
    noun = fold(mention.label)
    bodies = [p for _, p in reversed(scene.recent) if p.kind in ("organisation", "group")]
    called = next((p for p in bodies if noun in fold(p.name).split() or any(noun in n.split() for n in (*p.names, *_other_names(scene, p)))), None)
    if called is None and mention.organisation is not None:  # "l'organisation européenne"
        called = scene.cast.introduce(entity_party(scene.knowledge.entity(mention.organisation)))
    party = called or next((p for p in bodies if (p.sector or p.kind) in meant or p.kind in meant), None)
    if party is not None:
        scene.note(mention, [party])


def _other_names(scene: Scene, party: Party) -> tuple[str, ...]:
    return scene.knowledge.names_of(party.entity.row) if party.entity is not None else ()


def bind_last(scene: Scene, mention: Mention, count: int, kind: str) -> None:
    """As many as are meant: the pair most often named together, else those last named."""
    if count == 2 and scene.doc[mention.head].lemma_.lower() in scene.pack.closed["facing"] and (facing := _both_of_the_article(scene, mention)):
        scene.note(mention, facing)
        return
    pairs = _pairs(scene, kind) if count == 2 else []
    if pairs:
        scene.note(mention, list(_most_often(pairs)))
        return
    found: list[Party] = []
    for _, party in reversed(scene.recent):
        one = _as_kind(scene, party, kind)
        if one is not None and one not in found:
            found.append(one)
        if len(found) == count:
            scene.note(mention, list(reversed(found)))
            return


def _both_of_the_article(scene: Scene, mention: Mention) -> list[Party]:
    """ "Les deux voisins", "les deux ennemis": the two states that the article names most, where they stand out and both were named before."""
    ranked = sorted(scene.countries.items(), key=lambda c: -c[1])
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[1][1] < _STANDS_OUT * ranked[2][1]):
        return []
    named = {p.country for at, p in scene.recent if at < mention.head} | {c for at, c in scene.named_places if at < mention.head}
    states = [scene.cast.state(country, scene.knowledge) for country, _ in ranked[:2] if country in named]
    return [s for s in states if s is not None] if len(states) == 2 else []


def _most_often(pairs: list[tuple[Party, Party]]) -> tuple[Party, Party]:
    return max(pairs, key=lambda pair: (pairs.count(pair), pairs.index(pair)))


def _as_kind(scene: Scene, party: Party, kind: str) -> Party | None:
    """The party as what is meant: "les deux pays" of two presidents are their states."""
    if party.kind == kind or (kind == "any" and party.kind in _CAN_ACT):
        return party
    if kind == "state" and party.kind == "person" and party.country:
        return scene.cast.state(party.country, scene.knowledge)
    return None


def _pairs(scene: Scene, kind: str) -> list[tuple[Party, Party]]:
    """Parties of a kind that were named side by side ("l'Arménie et l'Azerbaïdjan"), in the order of the text."""
    pairs = []
    heads = dict(scene.recent)
    for at, party in scene.recent:
        token = scene.doc[at]
        if token.dep_ == "conj" and token.head.i in heads:
            one, other = _as_kind(scene, heads[token.head.i], kind), _as_kind(scene, party, kind)
            if one is not None and other is not None and one is not other:
                pairs.append((one, other))
    return pairs
