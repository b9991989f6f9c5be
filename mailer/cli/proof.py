"""`mailer ledger rebuild` and `mailer ledger prove`: what the events come to, and one person's."""

import sys
from pathlib import Path
from typing import TextIO

import click
from flask_babel import force_locale

from mailer import addresses
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.cli.opened import OPERATOR, opened
from mailer.clock import now
from mailer.consent import dossier, ledger, projection, proof
from mailer.consent.subjects import fingerprint_of
from mailer.db import transaction
from mailer.errors import Invalid
from mailer.web.language import LANGUAGES

# How much of a fingerprint tells two people apart.
SHORT = 12


class WholeAddress(click.ParamType[Address]):
    """An address; what is typed wrong is not said back."""

    name = "address"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Address:
        try:
            return addresses.parse(value)
        except Invalid:
            self.fail("write the whole address, like name@exemple.fr", param, ctx)


@click.command()
@click.option("--check", is_flag=True, help="Only compare; exit with 1 when they differ.")
def rebuild(check: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Make the current state of consents anew, from the events alone."""
    with opened(), transaction():
        ledger.take_turn()
        found = projection.compare()
        if not check:
            projection.rebuild()
    click.echo(f"people   {found.people}")
    click.echo(f"live     {found.live_sha256}\nrebuilt  {found.rebuilt_sha256}")
    if found.first_difference is None:
        click.echo("equal")
    elif check:
        click.echo(f"DIFFERENT: first for {found.first_difference[:SHORT]}….", err=True)
        sys.exit(1)
    else:
        click.echo(f"was different, first for {found.first_difference[:SHORT]}…; now rebuilt")


@click.command()
@click.argument("address", type=WholeAddress())
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page.")
@click.option("--json", "as_json", type=click.File("w"), help="Write JSON; without, it is shown.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
def prove(address: Address, html: Path | None, as_json: TextIO | None, language: str) -> None:
    """Show what one person said yes to: every event, with the notice and the form as shown then."""
    with opened(), force_locale(language):
        fingerprint = fingerprint_of(address)
        with transaction():
            record(OPERATOR, "take", f"proof:{fingerprint}")
        found, at = proof.of(fingerprint), now()
        if html:
            html.write_text(dossier.as_html(found, at), encoding="utf-8")
        if as_json or not html:
            click.echo(dossier.as_json(found, at), file=as_json, nl=False)
    if not found.events:
        click.echo("Nothing is known of this address.", err=True)
        sys.exit(1)
    if not found.is_intact:
        click.echo("The chain is broken here: mailer ledger verify", err=True)
        sys.exit(1)
