"""Affairs in the columns of GDELT 2.0: the events table (61) and the mentions table (16), tab-separated without a header, as GDELT publishes them.

GDELT has one actor a side: an affair is a row for each pair of those who stand on its sides. A joint act without a target ("Paris et Berlin
se sont entretenus") is a row for each pair of its actors.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from depeche.affairs.states import state_name
from depeche.exports.choosing import ALL, Chosen, happened
from depeche.exports.files import folder, text_file
from depeche.exports.told import SideActor, ToldAffair, ToldEvent, told_affairs
from depeche.exports.whereabouts import kind_of_place
from depeche.exports.words import Text, Veil
from depeche.ontology.gdelt import cameo_country, cameo_type, fips_code, goldstein, quad_class
from depeche.ontology.plover import UNDIRECTED
from depeche.store.filters import Filter
from depeche.store.store import Store

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
_GEO = "Geo_Type Geo_Fullname Geo_CountryCode Geo_ADM1Code Geo_ADM2Code Geo_Lat Geo_Long Geo_FeatureID".split()
EVENT_COLUMNS = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{c}" for c in _ACTOR),
    *(f"Actor2{c}" for c in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"Actor1{c}" for c in _GEO),
    *(f"Actor2{c}" for c in _GEO),
    *(f"Action{c}" for c in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
MENTION_COLUMNS = (
    *("GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID"),
    *("Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone"),
    *("MentionDocTranslationInfo", "Extras"),
)
# GDELT's types of place: country, and outside the United States (inside in brackets) city (3) and region (2).
_PLACE_TYPES = {"country": (1, 1), "city": (4, 3), "region": (5, 2)}
# GDELT writes 0 for the type of a place that it does not know.
_NOWHERE: tuple[Any, ...] = (0, *[None] * 7)
_GROUPS = {"UNO": "UNO", "EUR": "EEC"}
Pair = tuple[SideActor | None, SideActor | None]


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """A folder with `events.export.CSV` and `events.mentions.CSV`; the rows of each. Affairs reported, unless the filter names statuses."""
    into, counts = folder(path), Counter({"events": 0, "mentions": 0})
    events, mentions = into / "events.export.CSV", into / "events.mentions.CSV"
    with store.reading() as connection, text_file(events) as event_file, text_file(mentions) as mention_file:
        veil = Veil(connection, text)
        for batch in told_affairs(connection, Chosen(store, happened(filter)), veil):
            for affair in batch:
                for pair in _pairs(affair):
                    id_ = _number(affair, pair)
                    event_file.write(_line(_event(id_, affair, pair, veil)))
                    counts["events"] += 1
                    for member in affair.members:
                        mention_file.write(_line(_mention(id_, affair, pair, member)))
                        counts["mentions"] += 1
    return dict(counts)


def _pairs(affair: ToldAffair) -> Iterator[Pair]:
    one, other = affair.source, affair.target
    if affair.row.type in UNDIRECTED and not (one and other) and len(one or other) > 1:
        yield from combinations(one or other, 2)
    else:
        nobody: list[SideActor | None] = [None]
        yield from product(one or nobody, other or nobody)


def _number(affair: ToldAffair, pair: Pair) -> int:
    """The same in every export; below 2**52, so that programs that hold numbers as floats keep it exact."""
    name = "|".join((affair.row.id, *(a.key if a else "" for a in pair)))
    return int(hashlib.sha256(name.encode()).hexdigest()[:13], 16)


def _event(id_: int, affair: ToldAffair, pair: Pair, veil: Veil) -> list[Any]:
    a, members = affair.row, affair.members
    code = _cameo(affair)
    weight = [goldstein(code), sum(1 + len(json.loads(m.row.retold)) for m in members), a.independent_outlets, a.articles, None]
    what = [int(not all(m.row.background for m in members)), code, code[:3], code[:2], quad_class(code) if code else None]
    where = [*_NOWHERE, *_NOWHERE, *_place(a, veil)]
    return [id_, *_dates(a.day), *_actor(pair[0]), *_actor(pair[1]), *what, *weight, *where, _added(affair), _address(members[0])]


def _cameo(affair: ToldAffair) -> str:
    """The code that most of the accounts give among those of the affair's type; of equals the finest, then the first."""
    codes = Counter(m.row.cameo for m in affair.members if m.row.cameo and m.row.type == affair.row.type)
    return min(codes, key=lambda c: (-codes[c], -len(c), c)) if codes else ""


def _dates(day: str | None) -> list[Any]:
    """Day, month, year and the fraction of the year as GDELT reckons it, with months of thirty days."""
    if not day:
        return [None] * 4
    year, month, date = (int(part) for part in day.split("-"))
    return [day.replace("-", ""), day[:4] + day[5:7], year, f"{year + ((month - 1) * 30 + date) / 365:.4f}"]


def _actor(actor: SideActor | None) -> list[Any]:
    if actor is None:
        return [None] * len(_ACTOR)
    country, type_, group = cameo_country(actor.country), cameo_type(actor.sector), _GROUPS.get(actor.sector or "", "")
    # "France" is FRA, of no type; those who act for it are FRAGOV, FRAMIL …
    type_ = "" if actor.kind == "state" else type_
    name = actor.name.upper() if actor.name else None
    # International bodies are coded type first: IGOUNO.
    return [country + type_ + group, name, country, group, None, None, None, type_, None, None]


def _place(a: Any, veil: Veil) -> tuple[Any, ...]:
    """The fields of the action's place: its type where the knowledge base tells it, else 0 with what is known."""
    name = veil.place(a.place_name)
    if not name:
        return _NOWHERE
    kind = kind_of_place(a.place_name, a.place_country, a.latitude, a.longitude)
    type_ = _PLACE_TYPES[kind][a.place_country == "USA"] if kind else 0
    full = name if kind == "country" or not state_name(a.place_country) else f"{name}, {state_name(a.place_country)}"
    return (type_, full, fips_code(a.place_country), None, None, a.latitude, a.longitude, fips_code(a.place_country) if kind == "country" else None)


def _mention(id_: int, affair: ToldAffair, pair: Pair, member: ToldEvent) -> list[Any]:
    e = member.row
    sides = {a.key: a.start for a in (*member.source, *member.target)}
    offsets = [sides.get(a.key) if a else None for a in pair]
    on_the_web = (e.url or "").startswith(("http://", "https://"))
    source = (urlsplit(e.url).hostname if on_the_web else None) or e.publisher or e.agency
    return [
        *(id_, _added(affair), _time(e.published), 1 if on_the_web else 2, source, _address(member), None),
        *(*offsets, e.trigger_start, 1, None, e.characters, None, None, None),
    ]


def _added(affair: ToldAffair) -> str | None:
    """When the first account was published: the time of day is not known, and stands as midnight."""
    return _time(min((m.row.published for m in affair.members if m.row.published), default=None))


def _time(day: str | None) -> str | None:
    return f"{day.replace('-', '')}000000" if day else None


def _address(member: ToldEvent) -> str:
    """The article's address, or where it has none its id."""
    return str(member.row.url or member.row.article_id)


def _line(values: list[Any]) -> str:
    return "\t".join("" if v is None else " ".join(str(v).split()) for v in values) + "\n"
