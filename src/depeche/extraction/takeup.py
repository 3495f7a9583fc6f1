"""Nouns that take up somebody named before: "les deux pays", "la capitale", "l'organisation"."""

from __future__ import annotations

from depeche.extraction.cast import Party, entity_party
from depeche.extraction.mention import Mention
from depeche.extraction.scene import Scene
from depeche.ontology.spelling import fold, slug

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
    if (state := scene.main_state() or scene.state_here(mention.start)) is not None:
        scene.note(mention, [state])


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
