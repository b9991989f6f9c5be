"""`mailer account`: the people who work at the desk."""

import sys
from collections.abc import Sequence

import click

from mailer.accounts import operations
from mailer.accounts.passphrases import SHORTEST
from mailer.accounts.roles import Role
from mailer.cli.opened import opened
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Invalid

# What operations.create refuses, by its own name for it; the roles are checked by click.
CURES = {
    "address": "the address must read like name@exemple.fr",
    "account": "this address already has an account",
    "passphrase": f"the passphrase must have at least {SHORTEST} characters",
}


@click.group()
def account() -> None:
    """Manage the people who work at the desk."""


@account.command()
@click.argument("email")
@click.option("--name", required=True, help="How the desk names the person.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What the person may do; repeat it for several.",
)
@click.option("--password-stdin", is_flag=True, help="Read the passphrase from the input.")
def create(email: str, name: str, roles: Sequence[str], password_stdin: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Create an account; the passphrase is asked for, or read from the input."""
    passphrase = sys.stdin.readline().rstrip("\n") if password_stdin else ask()
    with opened():
        try:
            with transaction():
                operations.create(email, name, passphrase, roles, now())
        except (Invalid, Conflict) as error:
            raise click.ClickException(CURES[str(error)]) from None
    click.echo("The account is ready.")


def ask() -> str:
    """The passphrase, typed twice without being shown."""
    typed: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    return typed
