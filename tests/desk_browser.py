"""A page in Chromium that is watched: what it complains of, and what it asks of other machines."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

WATCH = """
window.hits = [];
document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
window.alert = window.confirm = window.prompt = (words) => { console.error(`script ran: ${words}`); };
"""


class Watched:
    """`complaints`: errors on the console and of scripts; `elsewhere`: addresses outside this machine."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**({"locale": "fr-FR", "viewport": {"width": 1280, "height": 900}} | options))
        self.context.add_init_script(WATCH)
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("dialog", self._asked_person)

    def _said(self, message: ConsoleMessage) -> None:
        # A status that a test provokes is no complaint of the page.
        if message.type == "error" and "the server responded with a status of" not in message.text and "Response Status Error Code" not in message.text:
            self.complaints.append(message.text)

    def _asked_person(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def close(self) -> None:
        self.context.close()
