"""A PostgreSQL server of the tests' own: Debian's binaries, a folder that goes away, a socket and no port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

USER, PASSWORD = "depeche", "motdepasse"


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Server:
    """A running server. `database()` gives the address of its database, emptied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, password: str = PASSWORD) -> str:
        return f"postgresql://{USER}:{password}@/postgres?host={quote(str(self.folder), safe='')}"

    def database(self) -> str:
        with psycopg.connect(self.address(), autocommit=True) as connection:
            # Whoever is left from another test would keep its tables.
            connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()")
            connection.execute("drop schema public cascade")
            connection.execute("create schema public")
        return self.address()


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server that ends with the block. PostgreSQL refuses to run as root: there it runs as its own user, or as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="depeche-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        owner = names.get("postgres") or names["nobody"]
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o644)
    data = folder / "data"
    about = ("-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    initdb: list[str | Path] = [*as_user, programs / "initdb", "-D", data, *about]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd="/")
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", "shared_buffers=32MB", "max_connections=200")
    command: list[str | Path] = [*as_user, programs / "postgres", "-D", data, *(word for setting in settings for word in ("-c", setting))]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
    try:
        server = Server(folder)
        _wait_for(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(server.address()).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("the PostgreSQL server of the tests did not start: " + (server.folder / "log").read_text(encoding="utf-8"))
