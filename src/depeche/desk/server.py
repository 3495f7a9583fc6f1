"""Opening the desk: `serve(record)`, and a record of the shipped examples to look at."""

from __future__ import annotations

import ipaddress
import json
import socket
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from depeche.affairs.merging import merge
from depeche.desk.problems import DeskProblem
from depeche.reader import Reader
from depeche.record import Article
from depeche.store.store import open_store

if TYPE_CHECKING:
    import uvicorn

PORT = 8600
SHORTEST_TOKEN = 16


def serve(record: str | Path, host: str = "127.0.0.1", port: int = PORT, token: str | None = None) -> None:
    """Show a record until the program is ended. Raises `DeskProblem`, `RecordProblem`."""
    server_of(record, host, port, token).run()


def server_of(record: str | Path, host: str = "127.0.0.1", port: int = PORT, token: str | None = None) -> uvicorn.Server:
    """The server, not yet running. Raises `DeskProblem` where others could reach it and no token keeps them out, `RecordProblem`."""
    try:
        import uvicorn

        from depeche.desk.app import desk_app
        from depeche.desk.guard import is_loopback, names_of
        from depeche.desk.room import Room
    except ImportError as problem:
        raise DeskProblem(f"the desk needs libraries that are not installed ({problem.name}): pip install 'depeche[desk]'") from None
    if not is_loopback(host) and not token:
        raise DeskProblem(f"--host {host} opens the desk to other machines; give them a secret to show with --token")
    if token is not None and (len(token) < SHORTEST_TOKEN or not token.isascii() or not all(c.isalnum() or c in "-_." for c in token)):
        raise DeskProblem(f"a token has at least {SHORTEST_TOKEN} characters, letters, digits, '-', '_' and '.'")
    _check_free(host, port)
    app = desk_app(Room(record), names_of(host), token)
    limits = {"limit_concurrency": 300, "timeout_keep_alive": 5, "timeout_graceful_shutdown": 3, "h11_max_incomplete_event_size": 65536}
    settings = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, server_header=False, ws="none", **limits)  # type: ignore[arg-type]
    return uvicorn.Server(settings)


def _check_free(host: str, port: int) -> None:
    """Raise `DeskProblem` where nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise DeskProblem(f"the desk cannot listen on {host}, port {port} ({problem.strerror}); choose another --port or --host") from None


def address_of(host: str, port: int, token: str | None) -> str:
    """The address to open in a browser."""
    try:
        if ipaddress.ip_address(host).is_unspecified:
            host = "127.0.0.1"
        elif ":" in host:
            host = f"[{host}]"
    except ValueError:
        pass
    return f"http://{host}:{port}/" + (f"?{urlencode({'token': token})}" if token else "")


def demo_record(folder: str | Path) -> Path:
    """Read the examples that ship with the program into a record in a folder; the record's path."""
    path = Path(folder) / "wikinews.sqlite"
    lines = (files("depeche") / "examples" / "wikinews.jsonl").read_text(encoding="utf-8").splitlines()
    reader = Reader()
    store = open_store(path, writable=True)
    store.write([reader.read(Article(**json.loads(line))) for line in lines])
    merge(store)
    return path
