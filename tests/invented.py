"""Invented articles, and article records made by hand, for what is about keeping and merging rather than about reading French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from depeche.record import (
    Actor,
    Agreement,
    Article,
    ArticleRecord,
    Bounds,
    Event,
    Figure,
    Place,
    Position,
    Quote,
    ReaderVersion,
    Side,
    Span,
    Term,
    When,
    entry_id,
)
from depeche.store.schema import OF_AN_ARTICLE, OF_MANY, records
from depeche.store.store import Store

NAMES = {"RUS": "Russie", "UKR": "Ukraine", "FRA": "France", "CHN": "Chine", "PRK": "Corée du Nord", "KOR": "Corée du Sud", "IRN": "Iran", "USA": "États-Unis"}
LONG = (
    "Moscou a annoncé mardi l'expulsion de douze diplomates français, en réponse à une mesure semblable de Paris, selon un communiqué du ministère "
    "des Affaires étrangères. Les intéressés devront quitter le pays avec leurs familles dans un délai d'une semaine, précise le texte."
)


@dataclass(frozen=True)
class Act:
    """An event as a test tells it: states by their codes, anybody else by a name."""

    type: str = "SANCTION"
    source: tuple[str, ...] = ("RUS",)
    target: tuple[str, ...] = ("FRA",)
    mode: str | None = "expel"
    day: str | None = None
    until: str | None = None
    bounds: tuple[str | None, str | None] | None = None
    place: str | None = None
    status: str = "reported"
    positions: tuple[tuple[str, str], ...] = ()
    dead: float | None = None
    background: bool = False


def record_of(text_: str, *acts: Act, version: str = "1.0", pack: str = "fr 1", **about: Any) -> ArticleRecord:
    """A record of an article that tells these acts: the n-th act by the n-th word, so give it words enough."""
    about = {"published": "2024-06-19", "language": "fr"} | about
    article = Article(text_, reader=ReaderVersion(version, pack, "known 1"), **about)
    everybody = list(dict.fromkeys(name for act in acts for name in (*act.source, *act.target, *(who for who, _ in act.positions))))
    ids = {name: entry_id(article, "a", n) for n, name in enumerate(everybody)}
    actors = tuple(_actor(ids[name], name) for name in everybody)
    towns = list(dict.fromkeys(act.place for act in acts if act.place))
    places = tuple(Place(entry_id(article, "p", n), town) for n, town in enumerate(towns))
    events, figures = [], []
    for n, (act, span) in enumerate(zip(acts, _words(text_), strict=False)):
        if act.dead is not None:
            figures.append(Figure(entry_id(article, "f", n), act.dead, None, False, None, "morts", "dead", (), span))
        events.append(_event(article, act, span, ids, towns, figures[-1:] if act.dead is not None else []))
    assert len(events) == len(acts), "a text with a word for each act"
    return ArticleRecord(article, actors, places, tuple(events), figures=tuple(figures))


def _actor(id_: str, name: str) -> Actor:
    named = (Span(0, 1), Span(2, 3))
    return Actor(id_, NAMES[name], "state", name, entity=f"state-{name}", mentions=named) if name in NAMES else Actor(id_, name, "person", mentions=named)


def _words(text_: str) -> list[Span]:
    spans, start = [], 0
    for word in text_.split():
        start = text_.index(word, start)
        spans.append(Span(start, start + len(word)))
        start += len(word)
    return spans


def _event(article: Article, act: Act, span: Span, ids: dict[str, str], towns: list[str], figures: list[Figure]) -> Event:
    sides = tuple(Side(side, ids[name], span, "subj") for side, names in (("source", act.source), ("target", act.target)) for name in names)
    bounds = act.bounds or ((act.day, act.until or act.day) if act.day else (None, article.published) if article.published else None)
    return Event(
        id=entry_id(article, "e", span.start),
        type=act.type,
        mode=act.mode,
        contexts=("diplomatic",),
        cameo=None,
        trigger=span,
        retold=(),
        evidence=Span(0, len(article.text)),
        source=tuple(ids[n] for n in act.source),
        target=tuple(ids[n] for n in act.target),
        sides=sides,
        place=entry_id(article, "p", towns.index(act.place)) if act.place else None,
        when=When(act.day, act.until or act.day, span) if act.day else None,
        bounds=Bounds(*bounds, "text" if act.day or act.bounds else "published") if bounds else None,
        background=act.background,
        status=act.status,
        positions=tuple(Position(ids[who], stance, span) for who, stance in act.positions),
        figures=tuple(f.id for f in figures),
        rule="made by hand",
    )


def full_record(words: str = "« Jamais », a dit l'Élysée.", **about: Any) -> ArticleRecord:
    """A record with an entry of every kind; `words` stand wherever an article's words may stand."""
    bare = record_of(words + " " + LONG, Act(place=words, dead=12, positions=((words, "denies"),)), title=words, **about)
    article, all_of_it = bare.article, Span(0, len(words))
    who, other = bare.actors[0].id, bare.actors[1].id
    quote = Quote(
        *(entry_id(article, "q", 0), (all_of_it, Span(len(words) + 1, len(words) + 7)), "direct", who, (other,), all_of_it, all_of_it, other, (other,)),
        *(When("2024-06-18", "2024-06-18"), True, "reported", "made by hand"),
    )
    term = Term("consult", (who,), (other,), "attack", words, "2030", all_of_it)
    pact = Agreement(
        *(entry_id(article, "t", 0), words, "mutual_defence", (who, other), "signed", {"signed": When("2024-06-18", "2024-06-18", all_of_it)}),
        *("2024-06-18", bare.places[0].id, (term,), (all_of_it, Span(1, 4))),
    )
    return ArticleRecord(article, bare.actors, bare.places, bare.events, (quote,), (pact,), bare.figures)


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every table that tells of articles, and the words that are searched, each with its rows in one order."""
    found = {}
    number = "rowid" if store.backend.engine.dialect.name == "sqlite" else "number"
    with store.reading() as connection:
        for table in (records, *OF_AN_ARTICLE, *OF_MANY):
            found[table.name] = sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
        found["search"] = sorted(tuple(row) for row in connection.execute(text(f"select {number}, words from search")))
    return found


def differing(one: Store, other: Store) -> list[str]:
    """The tables in which two records differ."""
    mine, theirs = content(one), content(other)
    return [name for name in mine if mine[name] != theirs[name]]
