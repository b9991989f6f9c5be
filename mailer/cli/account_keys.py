"""`mailer account key`: the keys with which programs ask (docs/api.md)."""

from collections.abc import Sequence
from datetime import timedelta

import click

from mailer.accounts.keys import operations, queries
from mailer.accounts.keys.models import ApiKey
from mailer.accounts.keys.operations import LONGEST, KeyData
from mailer.accounts.keys.scopes import Scope, meet
from mailer.cli.account import found
from mailer.cli.opened import OPERATOR, opened
from mailer.cli.telling import AS_JSON, tell
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Invalid, NotFound

# Of what operations.create refuses, the rest is checked by click.
BEYOND_ROLES = (
    "a key does no more than the account that answers for it may do at the desk: leave out"
    " what is beyond its roles, or name another account; docs/api.md has the table"
)


@click.group()
def key() -> None:
    """Manage the keys with which programs use the API."""


@key.command()
@click.argument("email")
@click.option("--name", required=True, help="How the desk names the program.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What the program may do; repeat it for several.",
)
@click.option("--days", default=90, type=click.IntRange(1, LONGEST.days), help="How long it opens.")
def create(email: str, name: str, scopes: Sequence[str], days: int) -> None:
    """Make a key that the account of that address answers for; prints it this once."""
    wanted = [Scope(scope) for scope in scopes]
    with opened():
        at = now()
        try:
            with transaction():
                data = KeyData(name, wanted, at + timedelta(days=days))
                made = operations.create(data, found(email).id, OPERATOR, at)
        except Invalid:
            raise click.ClickException(BEYOND_ROLES) from None
        if meet(wanted):
            click.echo("This key sends letters and opens requests: better make two.", err=True)
        click.echo(made.secret)


@key.command(name="list")
@AS_JSON
def list_keys(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Print each key: number, beginning, end, scopes, program."""
    with opened():
        if as_json:
            tell([_told(each.key) for each in queries.every()])
            return
        for each in queries.every():
            made = each.key
            told = (str(made.id), made.beginning, f"{made.expires_at:%Y-%m-%d}", made.scopes)
            click.echo("\t".join((*told, made.name)))


def _told(made: ApiKey) -> dict[str, object]:
    return {
        "number": made.id,
        "beginning": made.beginning,
        "expires_at": made.expires_at,
        "scopes": made.scopes.split(),
        "name": made.name,
    }


@key.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Let a key open nothing any more."""
    with opened():
        try:
            with transaction():
                operations.revoke(number, OPERATOR, now())
        except NotFound:
            raise click.ClickException(
                "no key has this number: see mailer account key list"
            ) from None
    click.echo("The key opens nothing any more.")
