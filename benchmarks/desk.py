"""How quickly the desk answers on a large record, and whether it goes on answering while articles are read in.

    desk.py [--events N] [--keep FILE] [--readers N] [--seconds N]

Prints the first view, every click, and how many requests of how many readers failed while another process writes. The record is that of `million.py`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlencode

from depeche.affairs.merging import merge
from depeche.asking import open_record
from depeche.store.store import open_store
from million import make, records

PORT = 8653
FIRST_VIEW, CLICK = 1.5, 0.3


def addresses(path: Path) -> dict[str, str]:
    """What a reader clicks on, by a name for it."""
    record = open_record(path)
    affair = record.affairs(limit=1, offset=5000)[0]
    article, disputed = affair["members"][0], record.disputes(limit=1)
    asked = {
        "timeline": {},
        "timeline, page 2": {"offset": 50},
        "timeline, page 1000": {"offset": 50_000},
        "timeline of Russia": {"actor": "Russie"},
        "timeline, two actors": {"actor": "Russie", "counterpart": "Ukraine"},
        "timeline by type": {"type": "ASSAULT", "since": "2020-01-01", "until": "2020-03-31"},
        "timeline by place": {"place": "Paris"},
        "timeline by status": {"status": "reported"},
        "timeline by a rare word": {"words": "dossier 77777"},
        "timeline by a common word": {"words": "frappe"},
    }
    found = {name: f"/timeline?{urlencode(query)}" for name, query in asked.items()}
    found |= {
        "relations": "/relations",
        "relations of a year": "/relations?since=2020-01-01&until=2020-12-31",
        "relations of Russia": "/relations?actor=Russie",
        "the network's figures": "/api/relations",
        "two actors": "/dyad?one=Russie&other=Ukraine",
        "map": "/map",
        "the map's figures": "/api/map",
        "map of a year": "/map?since=2020-01-01&until=2020-12-31",
        "said": "/said",
        "said by Russia": "/said?actor=Russie",
        "said, by a word": "/said?words=accuse",
        "disputed": "/disputed",
        "pacts": "/pacts",
        "pacts, a question": "/pacts?attacked=PRK&on=2025-01-15",
        "articles": "/articles",
        "articles by a word": "/articles?words=frappe",
        "an affair": f"/affairs/{affair['id']}",
        "a disputed affair": f"/affairs/{disputed[0]['id']}",
        "an article": f"/articles/{quote(article['article'])}",
        "an entry": f"/articles/{article['event'].partition('-')[0]}?entry={article['event']}",
    }
    return found


def timed(connection: http.client.HTTPConnection, address: str) -> tuple[float, int]:
    """Seconds until the whole answer is there, and its status."""
    since = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    return time.perf_counter() - since, answer.status


def worked(process: int) -> float:
    """Seconds that a process has computed: what a click costs, whoever else is busy on the machine."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def clicks(found: dict[str, str], server: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    took, status = timed(connection, "/timeline")
    print(f"{1000 * took:7.0f} ms   first view ({status}){'' if took <= FIRST_VIEW else '   TOO SLOW'}")
    print("  first    best computing")
    for name, address in found.items():
        times, before = [], worked(server)
        for _ in range(5):
            took, status = timed(connection, address)
            assert status == 200, (address, status)
            times.append(took)
        cost = (worked(server) - before) / len(times)
        print(f"{1000 * times[0]:4.0f} ms {1000 * min(times):4.0f} ms {1000 * cost:6.0f} ms   {name}{'' if min(times) <= CLICK else '   TOO SLOW'}")


def crowd(found: dict[str, str], path: Path, readers: int, seconds: int) -> None:
    """Many read at once while articles are written and merged; prints what they met."""
    end = time.monotonic() + seconds
    times: list[float] = []
    failed: list[str] = []

    def reads(number: int) -> None:
        draw, some = random.Random(number), list(found.values())
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        while time.monotonic() < end:
            address = draw.choice(some)
            try:
                took, status = timed(connection, address)
                times.append(took)
                if status != 200:
                    failed.append(f"{status} {address}")
            except OSError as problem:
                failed.append(f"{problem!r} {address}")
                connection.close()
            except http.client.HTTPException as problem:
                failed.append(f"{problem!r} {address}")
                connection.close()
            time.sleep(draw.uniform(0.5, 1.5))  # nobody clicks without looking

    threads = [threading.Thread(target=reads, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    written = write_until(end, path)
    for thread in threads:
        thread.join()
    times.sort()
    print(f"{readers} readers, {seconds} s, {written} articles read in meanwhile: {len(times)} requests, {len(failed)} failed")
    print(f"half within {1000 * times[len(times) // 2]:.0f} ms, 95 of 100 within {1000 * times[len(times) * 95 // 100]:.0f} ms, the slowest {times[-1]:.2f} s")
    for line in failed[:10]:
        print("  ", line)


def write_until(end: float, path: Path) -> int:
    """Write ten articles a second or so, merged every time, until a moment."""
    store, coming, written = open_store(path, writable=True), records(10**9, seed=99), 0
    while time.monotonic() < end:
        store.write([next(coming) for _ in range(10)])
        merge(store)
        written += 10
        time.sleep(1)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="Use this record, and make it where there is none.")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "desk.sqlite"
        if not path.exists():
            make(path, asked.events)
        found = addresses(path)
        command = [sys.executable, "-m", "depeche.cli.main", "desk", "--record", str(path), "--port", str(PORT)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            server.stdout.readline()
            wait_for_port()
            clicks(found, server.pid)
            crowd(found, path, asked.readers, asked.seconds)
        finally:
            server.terminate()
            server.wait()


def wait_for_port() -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/static/icon.svg")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the desk did not open")


if __name__ == "__main__":
    main()
