"""`mailer doctor`: why mails fail, in one command."""

import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from mailer.app import create_app
from mailer.cli.telling import AS_JSON, tell
from mailer.db import db
from mailer.doctor import visit
from mailer.doctor.examination import examine
from mailer.doctor.finding import Finding, State, fault
from mailer.doctor.names import Names
from mailer.settings import BadSetting

SIGNS = {State.GOOD: "✓", State.NOTE: "!", State.FAULT: "✗"}
# One server has so long to answer, and all of them together a little longer.
SECONDS = 20
GRACE = 1.5


class Server(click.ParamType[tuple[str, int]]):
    """A host, with its port after a colon when it has another than usual."""

    name = "host[:port]"

    def __init__(self, port: int) -> None:
        self._port = port

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        host, colon, port = str(value).rpartition(":")
        if not colon or ":" in host:
            return str(value), self._port
        if not port.isdecimal():
            self.fail(f"{port} is no port: write for example 127.0.0.1:{self._port}", param, ctx)
        return host, int(port)


@click.command(
    epilog="""\b
Examples:
  mailer doctor
  mailer doctor --dns 9.9.9.9 --json | jq '.findings[] | select(.state == "fault")'
"""
)
@AS_JSON
@click.option("--dns", type=Server(53), help="Ask this server of names, not the system's.")
@click.option("--ntp", type=Server(123), default="pool.ntp.org", show_default=True)
@click.option("--mounts", type=click.Path(path_type=Path), default="/proc/self/mounts", hidden=True)
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=SECONDS, show_default=True)
def doctor(
    as_json: bool,  # noqa: FBT001 - click passes a flag as a bool
    dns: tuple[str, int] | None,
    ntp: tuple[str, int],
    mounts: Path,
    seconds: float,
) -> None:
    """Look at all that mails depend on, and name each fault with its cure.

    Settings, disk, keys, backups, clock, database, worker, sources of articles, public address,
    one-click unsubscription, relays, DNS records, mailboxes.
    No mail is sent, and nothing is changed. Ends with 0 when no fault is found, with 1 otherwise.
    """
    found = list(visit.settings(os.environ))
    if _is_well(found):
        found += _visited(visit.World(Names(dns), ntp, mounts, seconds))
    is_well = _is_well(found)
    if as_json:
        tell({"ok": is_well, "findings": [asdict(each) for each in found]})
    else:
        _show(found)
    sys.exit(0 if is_well else 1)


def _is_well(found: Iterable[Finding]) -> bool:
    return not any(each.state is State.FAULT for each in found)


def _visited(world: visit.World) -> Iterable[Finding]:
    try:
        app = create_app()
    except BadSetting as error:
        return [fault("data folder", f"{each}", "mend it, and ask again") for each in error.args]
    try:
        return examine(visit.checks(app, world), world.seconds * GRACE)
    finally:
        with app.app_context():
            db.engine.dispose()


def _show(found: Iterable[Finding]) -> None:
    for each in found:
        click.echo(f"{SIGNS[each.state]} {each.check}: {each.said}")
        if each.cure:
            click.echo(f"  → {each.cure}")
