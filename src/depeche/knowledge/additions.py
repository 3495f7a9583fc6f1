"""A person's own actors: TOML or CSV files, compiled with the base that ships into one file, which is kept until one of them changes.

    [[actor]]
    name = "Ibrahim Traoré"
    kind = "person"            # person | organisation | group | agency | place
    country = "BFA"            # ISO 3166-1 alpha-3
    sector = "GOV"             # as PLOVER has it
    gender = "m"               # m | f | mp | fp
    names = ["capitaine Traoré", "IB"]
    source = "https://…"

    [[actor.office]]
    office = "head_of_state"
    from = "2022-09-30"

A CSV file has the columns name, kind, country, sector, gender, names (separated by ";"); all but the first may be missing or empty.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from depeche.knowledge.base import KnowledgeBase, shipped
from depeche.knowledge.build import Base
from depeche.knowledge.names import family_names
from depeche.ontology.plover import SECTORS
from depeche.ontology.spelling import fold, slug

KINDS = frozenset({"person", "organisation", "group", "agency", "place"})
GENDERS = frozenset({"", "m", "f", "mp", "fp"})
OFFICES = frozenset(
    "head_of_state head_of_government foreign_minister defence_minister vice_president opposition_leader spokesman secretary_general "
    "president director_general leader other".split()
)
_ACTOR_HEAD = re.compile(r"^[ \t]*\[\[\s*actor\s*\]\]", re.MULTILINE)
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


class BadActors(ValueError):
    """A file of actors that cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class OwnOffice:
    """An office that an actor of a person's own holds or held; dates at any grain, empty where open."""

    office: str
    country: str
    start: str
    until: str


@dataclass(frozen=True, slots=True)
class OwnActor:
    """One actor of a person's own, and where its row stands."""

    name: str
    kind: str
    country: str
    sector: str
    gender: str
    names: tuple[str, ...]
    source: str
    where: str
    offices: tuple[OwnOffice, ...] = field(default=())


def cache_folder() -> Path:
    """Where compiled bases are kept: `$XDG_CACHE_HOME/depeche`, or `~/.cache/depeche`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "depeche"


def with_additions(files: Iterable[Path], cache: Path | None = None) -> KnowledgeBase:
    """The base that ships together with the actors of these files; compiled into `cache` the first time. Raises `BadActors`."""
    paths = list(files)
    cache = cache or cache_folder()
    base = shipped()
    if not paths:
        return base
    contents = [_content(path) for path in paths]
    digest = hashlib.sha256(base.version.encode())
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    compiled = cache / f"knowledge-{digest.hexdigest()[:16]}.sqlite"
    if not compiled.exists():
        own = [actor for path, content in zip(paths, contents, strict=True) for actor in read_actors(path, content)]
        _compile(base, own, compiled)
    return KnowledgeBase(compiled)


def read_actors(path: Path, content: bytes | None = None) -> Iterator[OwnActor]:
    """The actors of a TOML or CSV file. Raises `BadActors` on the first row that does not fit."""
    raw = _content(path) if content is None else content
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadActors(f"{path}: not a text in UTF-8") from None
    yield from _from_csv(path, text) if path.suffix.lower() == ".csv" else _from_toml(path, text)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise BadActors(f"{path}: {problem.strerror or 'cannot be read'}") from None


def _from_toml(path: Path, text: str) -> Iterator[OwnActor]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadActors(f"{path}: not valid TOML ({problem})") from None
    lines = [text.count("\n", 0, match.start()) + 1 for match in _ACTOR_HEAD.finditer(text)]
    rows = document.get("actor", [])
    if not isinstance(rows, list) or set(document) - {"actor"}:
        raise BadActors(f"{path}: holds something else than [[actor]] tables")
    for at, row in enumerate(rows):
        where = f"{path}, line {lines[at]}" if at < len(lines) else str(path)
        offices = tuple(_office(office, row, where) for office in row.get("office", []))
        unknown = set(row) - {"name", "kind", "country", "sector", "gender", "names", "source", "office"}
        if unknown:
            raise BadActors(f"{where}: unknown key {sorted(unknown)[0]!r}")
        names = row.get("names", [])
        if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
            raise BadActors(f"{where}: names must be a list of strings")
        texts = {key: row.get(key, "") for key in ("name", "kind", "country", "sector", "gender", "source")}
        yield _checked(texts, tuple(names), offices, where)


def _office(office: object, row: dict[str, object], where: str) -> OwnOffice:
    if not isinstance(office, dict) or office.get("office") not in OFFICES:
        raise BadActors(f"{where}: an office must be one of {', '.join(sorted(OFFICES))}")
    days = [str(office.get(key, "")) for key in ("from", "to")]
    if any(day and not _DAY.match(day) for day in days):
        raise BadActors(f"{where}: from and to are days written as YYYY-MM-DD, months or years")
    return OwnOffice(str(office["office"]), str(office.get("country", row.get("country", ""))), *days)


def _from_csv(path: Path, text: str) -> Iterator[OwnActor]:
    reader = csv.DictReader(text.splitlines())
    if not reader.fieldnames or "name" not in reader.fieldnames:
        raise BadActors(f"{path}, line 1: a column called name is missing")
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        texts = {key: (row.get(key) or "").strip() for key in ("name", "kind", "country", "sector", "gender", "source")}
        yield _checked(texts, tuple(n.strip() for n in (row.get("names") or "").split(";") if n.strip()), (), where)


def _checked(texts: dict[str, object], names: tuple[str, ...], offices: tuple[OwnOffice, ...], where: str) -> OwnActor:
    if not all(isinstance(value, str) for value in texts.values()):
        raise BadActors(f"{where}: name, kind, country, sector, gender and source are strings")
    row = {key: str(value) for key, value in texts.items()}
    if not fold(row["name"]):
        raise BadActors(f"{where}: the actor has no name")
    kind = row["kind"] or "person"
    if kind not in KINDS:
        raise BadActors(f"{where}: the kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    if row["country"] and row["country"] not in shipped().states:
        raise BadActors(f"{where}: no state has the code {row['country']!r} (ISO 3166-1 alpha-3)")
    if row["sector"] and row["sector"] not in SECTORS:
        raise BadActors(f"{where}: {row['sector']!r} is no PLOVER sector")
    if row["gender"] not in GENDERS:
        raise BadActors(f"{where}: the gender is m, f, mp or fp")
    return OwnActor(row["name"], kind, row["country"], row["sector"], row["gender"], names, row["source"], where, offices)


def _compile(base: KnowledgeBase, own: list[OwnActor], out: Path) -> None:
    """Write the two together, whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, suffix=".part")
    os.close(handle)
    draft = Path(name)
    try:
        shutil.copyfile(base.path, draft)
        file = Base(draft, fresh=False)
        file.file.execute("pragma synchronous = off")
        taken = {key for (key,) in file.file.execute("select distinct key from names where what <> 'family'")}
        for actor in own:
            _add(file, actor, taken)
        file.file.commit()
        file.file.close()
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def _add(base: Base, actor: OwnActor, taken: set[str]) -> None:
    """One actor; a name of a person's own leads where that person says, whatever the base had under it."""
    prefix = {"person": "person", "place": "place"}.get(actor.kind, "org")
    row = base.entity(f"own:{prefix}:{slug(actor.name)}", actor.kind, actor.name, country=actor.country, sector=actor.sector, gender=actor.gender)
    for name in (actor.name, *actor.names):
        key = fold(name)
        if not key:
            continue
        if key in taken:
            base.file.execute("delete from names where first = ? and key = ? and what <> 'family'", (key.split()[0], key))
            taken.discard(key)
        person = actor.kind == "person"
        base.name(row, name, "family" if person and " " not in key else "name")
        for short in family_names(name, actor.country) if person else ():
            base.name(row, short, "family")
    for office in actor.offices:
        base.file.execute(
            "insert into offices values (?,?,?,?,?,?,?)",
            (office.country or None, None, office.office, row, office.start or None, office.until or None, actor.source or actor.where),
        )


def toml_row(actor: OwnActor) -> str:
    """The actor as a TOML table, as `depeche actors add` writes it."""

    def quoted(value: str) -> str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    lines = ["[[actor]]", f"name = {quoted(actor.name)}", f"kind = {quoted(actor.kind)}"]
    lines += [f"{key} = {quoted(value)}" for key in ("country", "sector", "gender", "source") if (value := getattr(actor, key))]
    if actor.names:
        lines.append(f"names = [{', '.join(quoted(n) for n in actor.names)}]")
    for office in actor.offices:
        lines += ["[[actor.office]]", f"office = {quoted(office.office)}"]
        lines += [f"{key} = {quoted(value)}" for key, value in (("from", office.start), ("to", office.until)) if value]
    return "\n".join(lines) + "\n"
