"""`mailer ledger`: verify the chain of consents, anchor it, change its keys."""

import sys

import click

from mailer.cli.opened import opened
from mailer.clock import now
from mailer.consent import anchors, verification
from mailer.db import transaction


@click.group()
def ledger() -> None:
    """The consents that can be proven: one chain, which nobody changes unseen."""


@ledger.command()
def verify() -> None:
    """Verify every event, gap and anchor; exit with 1, naming the first that is wrong."""
    with opened():
        verdict = verification.verify()
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
