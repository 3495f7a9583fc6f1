"""Every export is read back with the library that its users use, and counted against the record."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import networkx
import pandas
import polars
import pyarrow.parquet
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depeche.affairs.merging import merge
from depeche.exports.files import ExportProblem
from depeche.exports.formats import FORMATS
from depeche.exports.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from depeche.exports.polecat import COLUMNS as POLECAT
from depeche.exports.registry import export
from depeche.exports.tables import TABLES
from depeche.ontology.cow import cow_abbreviation, cow_code
from depeche.ontology.gdelt import fips_code, goldstein, quad_class
from depeche.reader import Reader
from depeche.record import Article
from depeche.store.filters import Filter
from depeche.store.store import Store, open_store
from depeche.store.view import View

# 🛰 is one code point, two UTF-16 units and four bytes: positions that count otherwise are found out.
NORTH = """Essai de missile 🛰 en mer du Japon

SÉOUL, 19 juin (AFP) - Séoul accuse Pyongyang d'avoir livré des munitions à Moscou, ce que la Corée du Nord dément.
Kim Jong-un a accueilli Vladimir Poutine à Pyongyang le 18 juin 2024.
« Nous ne céderons pas à cette zymotechnie », a déclaré le ministre russe des Affaires étrangères, Sergueï Lavrov.
Des témoins ont vu quelque 7 000 conteneurs de munitions, selon un proche du dossier.
Washington n'a pas condamné Moscou. Paris va sanctionner la Russie."""
SOUTH = """Le président français Emmanuel Macron a rencontré le chancelier allemand Olaf Scholz à Berlin le 18 juin 2024.
Kim Jong-un a accueilli Vladimir Poutine à Pyongyang le 18 juin 2024."""
OLD = "Paris a condamné Moscou pour une ornithomancie."
NEW = "Paris a condamné Téhéran."


@pytest.fixture(scope="module")
def store(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Four articles: two tell of one visit, and one was replaced by a newer text under its address."""
    kept = open_store(tmp_path_factory.mktemp("record") / "record.sqlite", writable=True)
    given_as = [
        Article(NORTH, "Essai de missile", "2024-06-19", "fr", "Le Nord", url="https://nord.example/1"),
        Article(SOUTH, None, "2024-06-20", "fr", "Le Sud", url="https://sud.example/1"),
        Article(OLD, None, "2024-06-20", "fr", "Le Sud", url="https://sud.example/2"),
        Article(NEW, None, "2024-06-20", "fr", "Le Sud", url="https://sud.example/2"),
    ]
    kept.write(reader.read(article) for article in given_as)
    merge(kept)
    return kept


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


STANDING = "article in (select article from articles where superseded_by is null)"


def counted(store: Store, table: str, where: str = "true") -> int:
    return int(rows(store, f"select count(*) from {table} where {where}")[0][0])


def test_the_record_holds_what_the_tests_are_about(store: Store) -> None:
    assert counted(store, "articles", "superseded_by is not null") == 1
    assert counted(store, "quotes") and counted(store, "figures") and counted(store, "affairs", "members > 1")
    assert {r[0] for r in rows(store, "select distinct status from events")} >= {"reported", "negated", "planned"}


# ── Tables ──
def test_parquet_has_every_table_and_every_row_that_stands(store: Store, tmp_path: Path) -> None:
    written = export(store, "parquet", tmp_path / "out")
    assert set(written) == {t.name for t in TABLES} == {p.stem for p in (tmp_path / "out").iterdir()}
    for table in TABLES:
        found = pyarrow.parquet.read_table(tmp_path / "out" / f"{table.name}.parquet")
        where = STANDING if "article" in table.c and table.name != "articles" else "superseded_by is null" if table.name == "articles" else "true"
        assert found.num_rows == counted(store, table.name, where) == written[table.name], table.name
    articles = pyarrow.parquet.read_table(tmp_path / "out" / "articles.parquet")
    assert set(articles["url"].to_pylist()) == {"https://nord.example/1", "https://sud.example/1", "https://sud.example/2"}


def test_parquet_is_joined_in_duckdb(store: Store, tmp_path: Path) -> None:
    export(store, "parquet", tmp_path)
    query = f"select e.evidence, s.name from '{tmp_path}/events.parquet' e join '{tmp_path}/event_sides.parquet' s on s.event = e.id where e.background = false"
    assert len(duckdb.connect().execute(query).fetchall()) == counted(
        store, "event_sides", f"{STANDING} and event in (select id from events where not background)"
    )


def test_csv_says_what_parquet_says(store: Store, tmp_path: Path) -> None:
    assert export(store, "csv", tmp_path / "csv") == export(store, "parquet", tmp_path / "parquet")
    for table in TABLES:
        frame = pandas.read_csv(tmp_path / "csv" / f"{table.name}.csv", dtype=str, keep_default_na=False)
        other = polars.read_parquet(tmp_path / "parquet" / f"{table.name}.parquet")
        assert list(frame.columns) == other.columns
        assert len(frame) == len(other)
    events = pandas.read_csv(tmp_path / "csv" / "events.csv")
    assert events["background"].dtype == bool
    assert set(events["evidence"]) == set(polars.read_parquet(tmp_path / "parquet" / "events.parquet")["evidence"])


def test_the_full_text_goes_out_only_where_asked_for(store: Store, tmp_path: Path) -> None:
    written = export(store, "parquet", tmp_path, text="full")
    assert set(pyarrow.parquet.read_table(tmp_path / "articles.parquet")["text"].to_pylist()) == {NORTH, SOUTH, NEW}
    records = [json.loads(r) for r in pyarrow.parquet.read_table(tmp_path / "records.parquet")["record"].to_pylist()]
    assert [r["article"]["text"] for r in records] == [NORTH, SOUTH, NEW]
    assert written["records"] == 3
    export(store, "parquet", tmp_path / "evidence")
    assert "text" not in pyarrow.parquet.read_table(tmp_path / "evidence" / "articles.parquet").column_names


# ── POLECAT and GDELT ──
def test_polecat_has_the_forty_columns_and_the_events_that_are_reported(store: Store, tmp_path: Path) -> None:
    written = export(store, "polecat", tmp_path / "polecat.txt")
    frame = pandas.read_csv(tmp_path / "polecat.txt", sep="\t", quoting=3)
    assert list(frame.columns) == list(POLECAT) and len(POLECAT) == 40
    assert len(frame) == written["events"] == counted(store, "events", f"status = 'reported' and {STANDING}")
    visit = frame[(frame["Event Mode"] == "visit") & (frame["Source"] == "Le Nord")].iloc[0]
    assert (visit["Event Type"], visit["Quad Code"], visit["Event Date"]) == ("CONSULT", "VERBAL COOPERATION", "2024-06-18")
    assert {str(visit["Actor Country"]), str(visit["Recipient Country"])} == {"PRK", "RUS"}
    assert {int(visit["Actor COW"]), int(visit["Recipient COW"])} == {731, 365}
    assert (visit["City"], visit["Feature Type"], visit["Country"]) == ("Pyongyang", "PPL", "PRK")
    assert "Vladimir Poutine" in visit["Story People"].split("; ")


def test_polecat_cannot_say_that_something_did_not_happen(store: Store, tmp_path: Path) -> None:
    wider = export(store, "polecat", tmp_path / "a.txt", filter=Filter(statuses=frozenset({"reported", "negated"})))
    assert wider["events"] == counted(store, "events", f"status in ('reported', 'negated') and {STANDING}")


def gdelt(path: Path) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    codes = dict.fromkeys(("EventCode", "EventBaseCode", "EventRootCode", "DATEADDED"), str)
    events = pandas.read_csv(path / "events.export.CSV", sep="\t", header=None, names=list(EVENT_COLUMNS), dtype=codes, quoting=3)
    return events, pandas.read_csv(path / "events.mentions.CSV", sep="\t", header=None, names=list(MENTION_COLUMNS), quoting=3)


def test_gdelt_has_sixty_one_columns_in_their_order(store: Store, tmp_path: Path) -> None:
    written = export(store, "gdelt", tmp_path)
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)
    assert [EVENT_COLUMNS[i] for i in (5, 15, 25, 26, 30, 34, 35, 43, 51, 59, 60)] == [
        *("Actor1Code", "Actor2Code", "IsRootEvent", "EventCode", "GoldsteinScale", "AvgTone"),
        *("Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED", "SOURCEURL"),
    ]
    assert all(line.count("\t") == 60 for line in (tmp_path / "events.export.CSV").read_text(encoding="utf-8").splitlines())
    events, mentions = gdelt(tmp_path)
    assert (len(events), len(mentions)) == (written["events"], written["mentions"])
    assert events["GlobalEventID"].is_unique and (events["GlobalEventID"] < 2**53).all()
    assert set(mentions["GlobalEventID"]) == set(events["GlobalEventID"])


def test_gdelt_tells_one_affair_with_its_articles(store: Store, tmp_path: Path) -> None:
    export(store, "gdelt", tmp_path)
    events, mentions = gdelt(tmp_path)
    (visit,) = (row for _, row in events.iterrows() if {row["Actor1CountryCode"], row["Actor2CountryCode"]} == {"PRK", "RUS"} and row["NumArticles"] == 2)
    assert (visit["Day"], visit["MonthYear"], visit["Year"], visit["FractionDate"]) == (20240618, 202406, 2024, 2024.4603)
    assert (visit["NumMentions"], visit["NumSources"], visit["NumArticles"]) == (2, 2, 2)
    assert visit["EventRootCode"] == "04" and visit["EventCode"].startswith(visit["EventBaseCode"]) and visit["QuadClass"] == 1
    assert (visit["ActionGeo_Type"], visit["ActionGeo_CountryCode"]) == (4, "KN")
    assert visit["ActionGeo_Fullname"].startswith("Pyongyang, ")
    assert visit["DATEADDED"] == "20240619000000"
    told = mentions[mentions["GlobalEventID"] == visit["GlobalEventID"]]
    assert set(told["MentionIdentifier"]) == {"https://nord.example/1", "https://sud.example/1"}
    north = told[told["MentionSourceName"] == "nord.example"].iloc[0]
    assert NORTH[int(north["ActionCharOffset"]) :].startswith("a accueilli")
    assert north["MentionDocLen"] == len(NORTH)


def test_gdelt_counts_every_pair_of_a_reported_affair(store: Store, tmp_path: Path) -> None:
    export(store, "gdelt", tmp_path)
    on = "sum(s.side = 'source'), sum(s.side = 'target')"
    query = f"select a.id, a.type, {on} from affairs a left join affair_sides s on s.affair = a.id where a.status = 'reported' group by 1, 2"
    joint = ("CONSULT", "COOPERATE")
    pairs = [
        (n + m) * (n + m - 1) // 2 if t in joint and not (n and m) and (n or 0) + (m or 0) > 1 else max(n or 0, 1) * max(m or 0, 1)
        for _, t, n, m in rows(store, query)
    ]
    assert len(gdelt(tmp_path)[0]) == sum(pairs)


def test_codes_of_states_and_scores_of_acts() -> None:
    assert [cow_code(c) for c in ("FRA", "SRB", "SUN", "XKX", "PSE", None)] == [220, 345, 365, 347, None, None]
    assert [cow_abbreviation(c) for c in ("AUT", "AUS", "KOR")] == ["AUS", "AUL", "ROK"]
    assert [fips_code(c) for c in ("RUS", "DEU", "CHN", "GBR", "SUN")] == ["RS", "GM", "CH", "UK", ""]
    assert (goldstein("190"), goldstein("1213"), goldstein("")) == (-10.0, -4.0, None)
    assert [quad_class(c) for c in ("057", "060", "090", "138", "140", "2042")] == [1, 2, 3, 3, 4, 4]


# ── JSON-LD ──
def test_jsonld_is_schema_org(store: Store, tmp_path: Path) -> None:
    written = export(store, "jsonld", tmp_path / "out.jsonld")
    graph = rdflib.Graph().parse(tmp_path / "out.jsonld", format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")

    def of(kind: str) -> set[Any]:
        return set(graph.subjects(rdflib.RDF.type, schema[kind]))

    assert len(of("NewsArticle")) == written["articles"] == 3
    assert len(of("Event")) == len(of("Action")) == written["events"] == counted(store, "events", STANDING)
    assert len(of("Quotation")) == written["quotes"] == counted(store, "quotes", STANDING)
    assert all((event, schema.subjectOf, None) in graph for event in of("Event"))
    assert set(graph.objects(None, schema.subjectOf)) <= of("NewsArticle")
    assert "Nous ne céderons pas à cette zymotechnie" in {str(t) for t in graph.objects(None, schema.text)}
    terms = {str(p) for p in graph.predicates()}
    assert all(t.startswith(("https://schema.org/", "urn:depeche:term:", str(rdflib.RDF))) for t in terms)


# ── Web annotations ──
def annotated(path: Path) -> list[dict[str, Any]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld" and document["type"] == "AnnotationCollection"
    assert document["total"] == len(document["first"]["items"])
    items: list[dict[str, Any]] = document["first"]["items"]
    return items


def targets(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [t for a in some for t in (a["target"] if isinstance(a["target"], list) else [a["target"]])]


def test_position_and_quote_of_an_annotation_agree(store: Store, tmp_path: Path) -> None:
    written = export(store, "annotations", tmp_path / "out.jsonld")
    found = annotated(tmp_path / "out.jsonld")
    assert len({a["id"] for a in found}) == len(found) == sum(written.values())
    assert [written[k] for k in ("events", "quotes", "figures", "mentions")] == [
        counted(store, k, STANDING) for k in ("events", "quotes", "figures", "mentions")
    ]
    texts = {"https://nord.example/1": NORTH, "https://sud.example/1": SOUTH, "https://sud.example/2": NEW}
    for target in targets(found):
        text = texts[target["source"]]
        position, words = target["selector"]
        assert (position["type"], words["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert text[position["start"] : position["end"]] == words["exact"] != ""
        assert text[: position["start"]].endswith(words["prefix"]) and text[position["end"] :].startswith(words["suffix"])
        assert len(words["prefix"]) == min(32, position["start"])


def test_the_whole_text_is_an_annotation_of_its_own(store: Store, tmp_path: Path) -> None:
    export(store, "annotations", tmp_path / "out.jsonld", text="full")
    bodies = [a["body"]["value"] for a in annotated(tmp_path / "out.jsonld") if isinstance(a.get("body"), dict)]
    assert sorted(bodies) == sorted([NORTH, SOUTH, NEW])


# ── Maps and networks ──
def test_geojson_has_the_affairs_that_have_a_place(store: Store, tmp_path: Path) -> None:
    written = export(store, "geojson", tmp_path / "out.geojson")
    document = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    assert len(document["features"]) == written["affairs"] == counted(store, "affairs", "latitude is not null") > 0
    for feature in document["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90
    (visit,) = (f for f in document["features"] if f["properties"]["place"] == "Pyongyang" and f["properties"]["articles"] == 2)
    assert {r["url"] for r in visit["properties"]["reports"]} == {"https://nord.example/1", "https://sud.example/1"}
    assert visit["properties"]["precision"] == "city"


@pytest.mark.parametrize(("format_", "read"), [("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)])
def test_a_network_has_an_edge_for_each_directed_pair(store: Store, tmp_path: Path, format_: str, read: Callable[..., networkx.DiGraph]) -> None:
    written = export(store, format_, tmp_path / "out")
    graph = read(tmp_path / "out")
    pairs = rows(store, "select source, target, count(*), avg(score) from dyads where status = 'reported' group by 1, 2")
    assert graph.is_directed()
    assert {(s, t) for s, t, *_ in pairs} == set(graph.edges) and written["edges"] == len(pairs) > 0
    for source, target, number, score in pairs:
        edge = graph.edges[source, target]
        assert edge["weight"] == number and edge["score"] == pytest.approx(score, abs=1e-4)
        assert edge["verbal_cooperation"] + edge["material_cooperation"] + edge["verbal_conflict"] + edge["material_conflict"] == number
    assert graph.nodes["RUS"]["label"] == "Russie"


# ── Filters ──
def test_a_filter_leaves_the_same_events_everywhere(store: Store, tmp_path: Path) -> None:
    asked = Filter(actor=frozenset({"DEU"}), limit=1)
    events = {e["id"] for e in View(store).events(Filter(actor=frozenset({"DEU"}), limit=None))}
    assert 0 < len(events) < counted(store, "events")
    export(store, "parquet", tmp_path / "parquet", filter=asked)
    assert set(pyarrow.parquet.read_table(tmp_path / "parquet" / "events.parquet")["id"].to_pylist()) == events
    assert set(pyarrow.parquet.read_table(tmp_path / "parquet" / "event_sides.parquet")["event"].to_pylist()) == events
    assert pyarrow.parquet.read_table(tmp_path / "parquet" / "articles.parquet")["url"].to_pylist() == ["https://sud.example/1"]
    assert export(store, "jsonld", tmp_path / "out.jsonld", filter=asked)["events"] == len(events)
    assert export(store, "annotations", tmp_path / "out.anno", filter=asked)["events"] == len(events)


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_is_left_of_a_filter_that_fits_nothing(store: Store, tmp_path: Path, format_: str) -> None:
    assert not any(export(store, format_, tmp_path / "out", filter=Filter(since="2099-01-01")).values())


# ── The press's words ──
def files(path: Path) -> list[Path]:
    return [p for p in path.rglob("*") if p.is_file()]


def said(path: Path) -> str:
    """All that a file says, as text."""
    if path.suffix == ".parquet":
        return json.dumps(pyarrow.parquet.read_table(path).to_pylist(), ensure_ascii=False, default=str)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", FORMATS)
def test_without_text_no_word_of_an_article_goes_out(store: Store, tmp_path: Path, format_: str) -> None:
    out = tmp_path / "out"
    export(store, format_, out, text="none")
    (content,) = [" ".join(said(p) for p in files(tmp_path))]
    names = " ".join(str(r[0]) for r in rows(store, "select name from actors where entity is not null or name glob '[A-Z]*' union select name from places"))
    words = set(re.findall(r"[^\W\d_]{4,}", " ".join((NORTH, SOUTH, NEW)))) - set(re.findall(r"[^\W\d_]{4,}", names))
    assert {"zymotechnie", "accueilli", "témoins", "conteneurs", "munitions", "proche"} <= words
    assert not [w for w in sorted(words) if re.search(rf"\b{w}\b", content)]


@pytest.mark.parametrize("text", ["none", "evidence", "full"])
@pytest.mark.parametrize("format_", FORMATS)
def test_a_replaced_text_is_left_out(store: Store, tmp_path: Path, format_: str, text: Any) -> None:
    export(store, format_, tmp_path / "out", text=text)
    assert not [p for p in files(tmp_path) if "ornithomancie" in said(p)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.text("bcdfghjklmnpqrstvwxz", min_size=9, max_size=12))
def test_a_rare_word_never_leaks(reader: Reader, tmp_path_factory: pytest.TempPathFactory, word: str) -> None:
    folder = tmp_path_factory.mktemp("leak")
    kept = open_store(folder / "record.sqlite", writable=True)
    text = f"Paris a condamné le {word} de Moscou. « C'est un {word} », a déclaré Sergueï Lavrov. Trois {word}s ont accusé Kiev de {word}."
    kept.write([reader.read(Article(text, f"Un {word}", "2024-06-19", "fr", "Le Nord"))])
    merge(kept)
    for format_ in FORMATS:
        export(kept, format_, folder / format_, text="none")
        some = files(folder / format_) if FORMATS[format_].folder else [folder / format_]
        assert not [p for p in some if word in said(p)], format_


# ── What can go wrong ──
def test_the_same_export_twice_is_the_same(store: Store, tmp_path: Path) -> None:
    for format_ in FORMATS:
        export(store, format_, tmp_path / "one" / format_ if FORMATS[format_].folder else tmp_path / f"one.{format_}")
        export(store, format_, tmp_path / "two" / format_ if FORMATS[format_].folder else tmp_path / f"two.{format_}")
    pairs = [(p, Path(str(p).replace("/one", "/two"))) for p in files(tmp_path) if "/one" in str(p)]
    assert len(pairs) == 2 * len(TABLES) + 2 + 6
    assert all(a.read_bytes() == b.read_bytes() for a, b in pairs)


def test_a_bad_destination_is_one_sentence_and_harms_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(ExportProblem, match="is a file"):
        export(store, "parquet", tmp_path / "kept.txt")
    with pytest.raises(ExportProblem, match="is a folder"):
        export(store, "polecat", tmp_path)
    with pytest.raises(ExportProblem, match=r"out.jsonld cannot be written \(No such file"):
        export(store, "jsonld", tmp_path / "absent" / "out.jsonld")
    with pytest.raises(ExportProblem, match="there is no format 'excel'"):
        export(store, "excel", tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]


def depeche(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "depeche.cli.main", *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    run = depeche("export", "--as", "geojson", "--record", store.where, "--actor", "Russie", "--type", "consult", "-o", str(out))
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"{out}: affairs 1\n"
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--actor", "Xyzzy"], "nobody called 'Xyzzy' is on record"),
        (["--record", "absent.sqlite"], "there is no record absent.sqlite"),
        (["--type", "WAR"], "WAR is no event type"),
        (["--include", "perhaps"], "'perhaps' is no status"),
    ],
)
def test_the_command_says_in_one_sentence_what_is_wrong(store: Store, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    run = depeche("export", "--as", "csv", "--record", store.where, str(tmp_path / "out"), *arguments)
    assert run.returncode != 0 and run.stdout == ""
    assert sentence in run.stderr.splitlines()[-1]
    assert not (tmp_path / "out").exists()
