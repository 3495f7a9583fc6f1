"""What the tests of the desk read and open: a small record of invented dispatches, and a desk that runs beside the test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from depeche import Reader
from depeche.affairs.merging import merge
from depeche.desk.server import server_of
from depeche.record import Article, ArticleRecord
from depeche.store.store import open_store

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [f"--{what}" for what in "no-sandbox disable-gpu disable-quic no-first-run disable-component-update disable-sync".split()]
CHROMIUM_ARGUMENTS.append("--disable-background-networking")
ARTICLES = (
    Article(
        "Séoul accuse Pyongyang d'avoir livré des munitions à Moscou, ce que la Corée du Nord dément.\n\n"
        "« La Corée du Nord a livré des milliers de conteneurs », a déclaré le ministre sud-coréen de la Défense, cité par l'agence Yonhap.",
        "Séoul accuse Pyongyang d'avoir livré des munitions",
        "2024-06-20",
        "fr",
        "Le Quotidien",
    ),
    Article(
        "La Corée du Nord a démenti avoir livré des munitions à la Russie. « Ces accusations sont absurdes », a déclaré Kim Jong-un.",
        "La Corée du Nord dément",
        "2024-06-21",
        "fr",
        "La Gazette",
    ),
    Article(
        "Vladimir Poutine et Kim Jong-un ont signé mercredi à Pyongyang un traité de partenariat stratégique global qui prévoit une assistance mutuelle "
        "en cas d'agression contre l'une des parties. Le président russe a rencontré Kim Jong-un à Pyongyang.",
        "Traité entre Moscou et Pyongyang",
        "2024-06-20",
        "fr",
        "Radio Monde",
        url="https://exemple.test/traite",
    ),
    Article(
        "L'armée israélienne a frappé Gaza jeudi, faisant 12 morts, selon le Hamas. Israël a démenti avoir frappé une école.",
        "Frappe sur Gaza",
        "2024-06-21",
        "fr",
        "Le Courrier",
    ),
)
PASTED = "Paris a expulsé trois diplomates russes mardi. « C'est une décision grave », a déclaré Sergueï Lavrov."


def read_articles(reader: Reader) -> list[ArticleRecord]:
    return [reader.read(article) for article in ARTICLES]


def written(path: Path, records: list[ArticleRecord]) -> Path:
    """A record in a file, merged."""
    store = open_store(path, writable=True)
    store.write(records)
    merge(store)
    return path


@contextmanager
def opened(path: Path) -> Iterator[str]:
    """The desk on a record, on a port of its own; its address."""
    server = server_of(path, port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
