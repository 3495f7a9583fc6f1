"""The tables of a record, defined once for SQLite and PostgreSQL. Described for the people who query them in `docs/tables.md`.

`records` holds the truth: each article record, losslessly, as the machine read it. `corrections` holds what people made of it. `runs` and `failures`
tell how the reading went. Every other table is an index that `depeche rebuild` drops and fills again to the same content.

An article is known by the first twelve hex digits of its id (`article`), as in the ids of its entries; days are ISO dates.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

# Raised by one with every change that an older program could not read or write.
VERSION = 1

METADATA = MetaData()


def _article() -> Column[str]:
    return Column("article", Text, ForeignKey("articles.article", ondelete="CASCADE"), nullable=False, index=True)


def _texts(names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names.split()]


def _numbers(names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names.split()]


# ── The truth ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
about = Table("about", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
records = Table(
    "records",
    METADATA,
    # The order in which articles came: which of two texts under one address is the newer.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("article", Text, nullable=False, unique=True),
    # A digest of the article as its input gave it, before a date or an agency was read from the text: tells whether it must be read again.
    Column("given", Text),
    Column("record", Text, nullable=False),
    sqlite_autoincrement=True,
)
runs = Table(
    "runs",
    METADATA,
    Column("run", Integer, primary_key=True, autoincrement=True),
    *_texts("started finished version knowledge"),
    *_numbers("read known failed"),
    sqlite_autoincrement=True,
)
failures = Table(
    "failures",
    METADATA,
    # Where the input was found ("agency.jsonl, line 3"), and the path from which to try it again.
    Column("place", Text, primary_key=True),
    *_texts("path reason version day"),
)

corrections = Table(
    "corrections",
    METADATA,
    # The order in which corrections were made: the last on one field of one entry stands.
    Column("number", Integer, primary_key=True, autoincrement=True),
    # No reference to the index: a correction outlives every reading of its article, and goes when the article is forgotten.
    Column("article", Text, nullable=False, index=True),
    # The entry as it was called then; its kind, its characters and the words there, by which it is found in a newer reading.
    Column("entry", Text, nullable=False),
    Column("kind", Text, nullable=False),
    *_numbers("start end"),
    Column("words", Text, nullable=False),
    # confirm | reject | correct; the field and its right value in JSON, where it corrects; who said so, and when (UTC).
    Column("verdict", Text, nullable=False),
    *_texts("field value"),
    Column("who", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("undone", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

# ── The index of each article ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
articles = Table(
    "articles",
    METADATA,
    Column("article", Text, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    *_texts("text_id title published language publisher agency url"),
    Column("characters", Integer, nullable=False),
    *_texts("version pack knowledge"),
    # The article that stands under the same address now, where the text has changed since.
    Column("superseded_by", Text),
    Index("articles_url", "url"),
    Index("articles_published", "published"),
    Index("articles_superseded", "superseded_by"),
)
actors = Table(
    "actors",
    METADATA,
    Column("id", Text, primary_key=True),
    _article(),
    Column("name", Text, nullable=False),
    *_texts("kind country sector role entity"),
    # Who it is across articles, and the state for which it acts (null for an armed group, an organisation of states, a private person).
    *_texts("key state"),
    Column("mentions", Integer, nullable=False),
    # The name without case and accents, by which it is looked for.
    Column("folded", Text, nullable=False),
    Index("actors_key", "key"),
    # Holds all that a list of actors says, so that SQLite makes it from the index alone; PostgreSQL's indices hold no long names.
    Index("actors_listed", "key", "name", "kind", "country", "sector", "entity", "mentions", "state", "folded").ddl_if(dialect="sqlite"),
)
places = Table(
    "places",
    METADATA,
    Column("id", Text, primary_key=True),
    _article(),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
)
mentions = Table("mentions", METADATA, _article(), *_texts("actor place"), *_numbers("start end"), Column("words", Text))
events = Table(
    "events",
    METADATA,
    Column("id", Text, primary_key=True),
    _article(),
    Column("type", Text, nullable=False),
    *_texts("mode contexts cameo status"),
    Column("score", Float),
    Column("background", Boolean, nullable=False),
    # The best single day for sorting: the first of `when`, else the last of `bounds`, else the day of publication.
    *_texts("day when_start when_end bounds_start bounds_end bounds_basis"),
    *_texts("place place_name place_country"),
    Column("latitude", Float),
    Column("longitude", Float),
    *_numbers("trigger_start trigger_end"),
    # `retold`: the other tellings as a JSON list of [start, end].
    *_texts("trigger retold"),
    *_numbers("evidence_start evidence_end"),
    Column("evidence", Text),
    Column("rule", Text),
    # confirmed | corrected, where a person has looked at it.
    Column("checked", Text),
    Index("events_day", "day", "id"),
    Index("events_type_day", "type", "day", "id"),
    Index("events_place", "place_name", "type", "day", "id"),
)
event_sides = Table(
    "event_sides",
    METADATA,
    _article(),
    Column("event", Text, nullable=False, index=True),
    Column("side", Text, nullable=False),
    *_texts("actor name kind country entity key state via"),
    *_numbers("start end"),
    Column("words", Text),
    # The state, else the key; with type and day of the event: where merging looks for its neighbours.
    *_texts("code type day"),
    Index("event_sides_state", "state", "day", "event"),
    Index("event_sides_key", "key", "day", "event"),
    Index("event_sides_code", "code", "type", "day", "event"),
)
positions = Table(
    "positions",
    METADATA,
    _article(),
    Column("event", Text, nullable=False, index=True),
    *_texts("actor name key state stance"),
    *_numbers("start end"),
    Column("cue", Text),
)
figures = Table(
    "figures",
    METADATA,
    Column("id", Text, primary_key=True),
    _article(),
    Column("event", Text, index=True),
    Column("value", Float),
    Column("upper", Float),
    Column("approximate", Boolean),
    *_texts("bound unit role said_by"),
    *_numbers("start end"),
    Column("words", Text),
)
quotes = Table(
    "quotes",
    METADATA,
    Column("id", Text, primary_key=True),
    _article(),
    *_texts("form status speaker speaker_name speaker_key speaker_state co_speakers relayed_by addressee day"),
    Column("translated", Boolean),
    *_numbers("start end"),
    *_texts("content cue rule checked"),
    # Each holds all that choosing quotes asks, so that their words are only looked up for those that are shown.
    Index("quotes_day", "day", "id", "article"),
    Index("quotes_key", "speaker_key", "day", "speaker_name", "article"),
    Index("quotes_state", "speaker_state", "day", "id", "article"),
)
agreements = Table(
    "agreements",
    METADATA,
    Column("id", Text, primary_key=True),
    _article(),
    *_texts("name kind status signed place_name day"),
    *_numbers("start end"),
    Column("evidence", Text),
)
agreement_parties = Table("agreement_parties", METADATA, _article(), Column("agreement", Text, nullable=False, index=True), *_texts("actor name key state"))
terms = Table(
    "terms",
    METADATA,
    _article(),
    Column("agreement", Text, nullable=False, index=True),
    *_texts("obligation obliged owed_to trigger what until"),
    *_numbers("start end"),
    Column("evidence", Text),
)
# What full-text search finds. The number is the row of the search index: the article's own, times `ENTRIES`, and a count.
ENTRIES = 1_000_000
entries = Table(
    "entries",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _article(),
    *_texts("entry kind day"),
    Index("entries_entry", "entry"),
)

# ── What only many articles tell ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# Articles written or taken out since affairs were last merged.
unmerged = Table("unmerged", METADATA, Column("article", Text, primary_key=True))
dispatches = Table(
    "dispatches",
    METADATA,
    Column("article", Text, primary_key=True),
    # Signature of the text for finding reprints, the group of reprints it belongs to, and the independent outlet that it counts as.
    Column("signature", LargeBinary),
    *_texts("dispatch outlet published"),
    Index("dispatches_published", "published"),
    Index("dispatches_dispatch", "dispatch"),
)
affairs = Table(
    "affairs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    *_texts("mode status"),
    Column("disputed", Boolean, nullable=False),
    Column("score", Float),
    *_texts("day when_start when_end bounds_start bounds_end place_name place_country"),
    Column("latitude", Float),
    Column("longitude", Float),
    *_numbers("independent_outlets articles members"),
    # The affair as `docs/record.md` describes it, in JSON.
    Column("affair", Text, nullable=False),
    Index("affairs_day", "day", "id"),
    # All that a map counts: the long document is not read for it.
    Index("affairs_place", "place_name", "place_country", "day", "type", "status", "score", "latitude", "longitude"),
    Index("affairs_type_day", "type", "day", "id"),
    Index("affairs_disputed", "disputed", "day", "id"),
)
affair_members = Table(
    "affair_members",
    METADATA,
    Column("event", Text, primary_key=True),
    Column("affair", Text, nullable=False, index=True),
    # Events that were weighed against each other; merging again takes up a whole component.
    Column("component", Text, nullable=False, index=True),
    Column("article", Text, nullable=False, index=True),
)
affair_sides = Table(
    "affair_sides",
    METADATA,
    Column("affair", Text, nullable=False, index=True),
    *_texts("side name kind country entity key state day"),
    Index("affair_sides_state", "state", "day", "affair"),
    Index("affair_sides_key", "key", "day", "affair"),
)
# Directed pairs of an affair, each side a state (ISO 3166 alpha-3) or, for whom no state stands, the actor's key.
dyads = Table(
    "dyads",
    METADATA,
    Column("affair", Text, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    *_texts("day type status"),
    Column("score", Float),
    Column("disputed", Boolean),
    Index("dyads_pair", "source", "target", "day", "type", "status", "score"),
    Index("dyads_target", "target", "source", "day"),
    Index("dyads_day", "day", "source", "target", "type", "status", "score"),
)

TRUTH = (about, records, runs, failures, corrections)
OF_AN_ARTICLE = (articles, actors, places, mentions, events, event_sides, positions, figures, quotes, agreements, agreement_parties, terms, entries)
OF_MANY = (dispatches, affairs, affair_members, affair_sides, dyads)
