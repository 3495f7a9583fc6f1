"""Make the screenshots of the desk again, from the shipped examples: `python docs/screenshots.py` (needs Debian's chromium; extra `test`).

They are drawn with Charis SIL where it is installed (Debian: fonts-sil-charis), a typeface made from Charter, which the desk asks for first.
"""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from depeche.desk.server import demo_record, server_of
from depeche.store.store import open_store

FOLDER = Path(__file__).parent / "desk"
ARGUMENTS = [
    f"--{what}" for what in "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update disable-sync".split()
]
WIDE, NARROW = {"width": 1200, "height": 760}, {"width": 390, "height": 780}
# Name, address, theme, size, language.
SHOTS = (
    ("timeline", "timeline", "light", WIDE, "fr"),
    ("article", "articles/{article}?entry={entry}", "light", WIDE, "fr"),
    ("article-dark", "articles/{article}?entry={quote}", "dark", WIDE, "en"),
    ("relations", "relations", "light", WIDE, "en"),
    ("map-dark", "map", "dark", WIDE, "fr"),
    ("pacts", "pacts?attacked=PRK&on=2025-01-15", "light", WIDE, "en"),
    ("said-narrow", "said", "light", NARROW, "fr"),
    ("article-narrow-dark", "articles/{article}", "dark", NARROW, "fr"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = demo_record(folder)
        record = next(r for r in open_store(path).records() if "ambassadeur" in (r.article.title or ""))
        names = {"article": record.article.id[7:19], "entry": record.events[1].id, "quote": record.quotes[-1].id}
        server = server_of(path, port=0)
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.05)
        home = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
            for name, address, theme, size, language in SHOTS:
                context = browser.new_context(viewport=size, color_scheme=theme, locale={"fr": "fr-FR", "en": "en-GB"}[language])
                page = context.new_page()
                page.goto(f"{home}/{address.format(**names)}")
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(300)
                page.screenshot(path=FOLDER / f"{name}.png")
                context.close()
            browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main()
