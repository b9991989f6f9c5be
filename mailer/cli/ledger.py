"""`mailer ledger`: verify the chain of consents, anchor it, change its keys."""

import sys
from pathlib import Path

import click

from mailer import settings
from mailer.cli.opened import opened
from mailer.cli.proof import prove, rebuild
from mailer.cli.telling import AS_JSON, tell
from mailer.cli.waiting import Waiting
from mailer.clock import now
from mailer.consent import anchors, verification
from mailer.db import transaction
from mailer.settings import ROTATED

KEYS = {"pepper": ROTATED[0], "chain": ROTATED[1]}


@click.group()
def ledger() -> None:
    """The consents that can be proven: one chain, which nobody changes unseen."""


for command in (prove, rebuild):
    ledger.add_command(command)


@ledger.command()
@AS_JSON
def verify(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Verify every event, gap and anchor; exit with 1, naming the first that is wrong."""
    with opened():
        verdict = verification.verify(Waiting("events"))
    if as_json:
        head = {"number": verdict.head.seq, "hash": verdict.head.hash}
        found = {"events": verdict.events, "anchors": verdict.anchors, "head": head}
        tell({"whole": not verdict.fault, "fault": verdict.fault} | found)
        sys.exit(1 if verdict.fault else 0)
    click.echo(f"events   {verdict.events}\nanchors  {verdict.anchors}")
    click.echo(f"head     {verdict.head.seq} {verdict.head.hash}")
    if verdict.fault:
        click.echo(f"NOT WHOLE: {verdict.fault}.", err=True)
        sys.exit(1)
    click.echo("whole")


@ledger.command()
def anchor() -> None:
    """Note now where the chain stands: in the table, in the file and to the officer."""
    with opened():
        with transaction():
            dropped = anchors.drop(now())
            told = f"{dropped.seq} {dropped.head_hash}"
        anchors.copy()
    click.echo(told)


@ledger.command()
@click.argument("which", type=click.Choice(list(KEYS)))
def rotate(which: str) -> None:
    """Make a new key for what is new, and keep the old ones for what was made with them.

    Stop every process of mailer before, start them after.
    """
    name, old, file = KEYS[which]
    with opened() as app:
        folder = Path(app.config["DATA_FOLDER"])
    if settings.load()[name]:
        raise click.UsageError(
            f"{name} stands in your settings. Add its value at the end of {old}, then give {name}"
            " a new one."
        )
    settings.rotate(folder / file)
    click.echo(f"A new key stands in {file}. Start mailer again, and back up the file.")
