"""axe finds no serious violation on any page, light or dark, wide or narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from desk_browser import Watched
from desk_record import ARTICLES

AXE = (Path(__file__).parent / "data" / "axe.min.js").read_text(encoding="utf-8")
AID = ARTICLES[0].id[7:19]
PAGES = (
    *("timeline", "relations", "map", "said", "disputed", "pacts?attacked=PRK&on=2025-01-15", "articles", "dyad?one=Corée du Nord&other=Russie"),
    *(f"articles/{AID}", f"articles/{AID}?entry=first", "affairs/first", "nothing"),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_no_serious_violation(browser: Browser, desk: str, address: str, theme: str) -> None:
    wide = {"width": 1280, "height": 900} if theme == "light" else {"width": 390, "height": 840}
    watched = Watched(browser, color_scheme=theme, viewport=wide, bypass_csp=True, reduced_motion="reduce")
    shown = watched.page
    if "first" in address:
        events = watched.context.request.get(f"{desk}/api/articles/{AID}").json()["record"]["events"]
        address = address.replace("first", next(e["id"] for e in events if e["type"] == "AID"))
    watched.open(f"{desk}/{address}")
    shown.wait_for_load_state("networkidle")
    shown.evaluate(AXE)
    found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (v["id"], v["impact"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"] if v["impact"] in ("serious", "critical", "moderate")
    ]
    watched.close()
    assert serious == []
