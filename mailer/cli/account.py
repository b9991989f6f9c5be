"""`mailer account`: the people who work at the desk."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from flask_babel import force_locale

from mailer import addresses
from mailer.accounts import invitations, operations, people, queries
from mailer.accounts.factors import operations as factors
from mailer.accounts.invitations import Invitee
from mailer.accounts.models import Account, Invitation
from mailer.accounts.passphrases import SHORTEST
from mailer.accounts.roles import Role
from mailer.cli.opened import OPERATOR, opened
from mailer.cli.telling import AS_JSON, tell
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Invalid
from mailer.web.language import LANGUAGES

# What operations.create refuses, by its own name for it; the roles are checked by click.
CURES = {
    "address": "the address must read like name@exemple.fr",
    "account": "this address already has an account",
    "passphrase": (
        f"the passphrase must have at least {SHORTEST} characters, and be none that many people"
        " take or that the name or the address gives away"
    ),
    "invitation": "this address is invited already: withdraw or send it again at the desk",
    "last-admin": "nobody else administers this service: give somebody that role first",
    "unknown": "no open account has this address: see mailer account list",
}

NAMED = click.option("--name", required=True, help="How the desk names the person.")
WITH_ROLES = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What the person may do; repeat it for several.",
)


@click.group()
def account() -> None:
    """Manage the people who work at the desk."""


@account.command()
@click.argument("email")
@NAMED
@WITH_ROLES
@click.option("--password-stdin", is_flag=True, help="Read the passphrase from the input.")
def create(email: str, name: str, roles: Sequence[str], password_stdin: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Create an account; the passphrase is asked for, or read from the input."""
    passphrase = sys.stdin.readline().rstrip("\n") if password_stdin else ask()
    with opened(), told():
        operations.create(email, name, passphrase, roles, now())
    click.echo("The account is ready.")


@contextmanager
def told() -> Iterator[None]:
    """One transaction; what is refused is said with its cure."""
    try:
        with transaction():
            yield
    except (Invalid, Conflict) as error:
        raise click.ClickException(CURES[str(error)]) from None


@account.command()
@click.argument("email")
@NAMED
@WITH_ROLES
@click.option("--language", default="fr", type=click.Choice(LANGUAGES), help="Of the mail.")
def invite(email: str, name: str, roles: Sequence[str], language: str) -> None:
    """Send somebody the link with which they choose a passphrase."""
    with opened() as app, told():
        invitee = Invitee(email, name, roles, language)
        invitations.invite(invitee, app.config["ORGANISATION"], OPERATOR, now())
    click.echo("The invitation leaves with the next mails.")


@account.command(name="list")
@AS_JSON
def list_accounts(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Print who works here: address, roles, when last seen; then who is invited."""
    with opened():
        if as_json:
            tell([*map(_open, queries.everybody()), *map(_waiting, invitations.waiting())])
            return
        for each in queries.everybody():
            seen = f"{each.last_seen_at:%Y-%m-%d}" if each.last_seen_at else "never"
            click.echo(f"{each.email}\t{' '.join(sorted(each.roles)) or '-'}\t{seen}")
        for invited in invitations.waiting():
            click.echo(f"{invited.email}\t{invited.roles or '-'}\tinvited")


def _open(each: Account) -> dict[str, object]:
    roles = sorted(each.roles)
    return {"email": each.email, "roles": roles, "state": "open", "last_seen": each.last_seen_at}


def _waiting(each: Invitation) -> dict[str, object]:
    return {"email": each.email, "roles": each.roles.split(), "state": "invited", "last_seen": None}


@account.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def close(email: str, yes: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Close an account and end its sessions; says what is under way in its name."""
    with opened(), force_locale("en"):
        for work in people.open_work(found(email).id):
            click.echo(f"In their name: {work.title}")
        if not yes:
            click.confirm("Only a new invitation opens it again. Close it?", abort=True)
        with told():
            people.close(found(email).id, OPERATOR, now())
    click.echo("The account is closed.")


@account.command(name="end-sessions")
@click.argument("email")
def end_sessions(email: str) -> None:
    """Sign somebody out everywhere."""
    with opened(), told():
        ended = operations.end_sessions(found(email).id, OPERATOR, now())
    click.echo(f"Ended sessions: {ended}.")


def found(email: str) -> Account:
    """The open account of that address; refuses any other with its cure."""
    try:
        row = queries.by_address(addresses.parse(email))
    except Invalid as error:
        raise click.ClickException(CURES[str(error)]) from None
    if row is None:
        raise click.ClickException(CURES["unknown"])
    return row


@account.command("reset-factors")
@click.argument("email")
def reset_factors(email: str) -> None:
    """Take away the application, the passkeys and the recovery codes of who lost them."""
    with opened(), told():
        account_id = found(email).id
        factors.reset(account_id, OPERATOR)
        operations.end_sessions(account_id, OPERATOR, now())
    click.echo("The passphrase alone opens the account; its owner is told by mail.")


def ask() -> str:
    """The passphrase, typed twice without being shown."""
    typed: str = click.prompt(
        f"Passphrase, {SHORTEST} characters or more", hide_input=True, confirmation_prompt=True
    )
    return typed
