"""`depeche desk`: the record in a browser."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack

import click

from depeche.cli.options import record_option


@click.command()
@record_option("The record to show: a file, or postgresql://… of a server.")
@click.option("--demo", is_flag=True, help="Show the example dispatches that ship with the program instead.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; anything but this machine demands --token.")
@click.option("--port", default=8600, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--token", envvar="DEPECHE_DESK_TOKEN", help="A secret that every browser must show; better given as DEPECHE_DESK_TOKEN.")
@click.option("--open", "open_", is_flag=True, help="Open it in the browser at once.")
def desk(record: str, demo: bool, host: str, port: int, token: str | None, open_: bool) -> None:
    """Open the record as a page to read and check in a browser. Ends with Ctrl-C."""
    from depeche.desk.problems import DeskProblem
    from depeche.desk.server import address_of, demo_record, server_of
    from depeche.store.problems import RecordProblem

    with ExitStack() as stack:
        try:
            if demo:
                record = str(demo_record(stack.enter_context(tempfile.TemporaryDirectory(prefix="depeche-"))))
            server = server_of(record, host, port, token)
        except (DeskProblem, RecordProblem) as problem:
            raise click.ClickException(str(problem)) from None
        address = address_of(host, port, token)
        click.echo(f"The desk is at {address} (Ctrl-C closes it)")
        if open_:
            click.launch(address)
        server.run()
