"""`mailer audit`: verify the record of what staff did and saw, and take it away."""

import sys
from datetime import date, datetime, timedelta

import click

from mailer.audit import export as files
from mailer.audit import verification
from mailer.audit.export import SHORTEST_MOTIVE, Format
from mailer.audit.search import Sought
from mailer.cli.opened import opened
from mailer.cli.telling import AS_JSON, tell
from mailer.clock import PARIS, now
from mailer.db import db, transaction
from mailer.errors import Invalid

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def audit() -> None:
    """What staff did and saw: one chain, which nobody changes unseen."""


@audit.command()
@AS_JSON
def verify(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Verify every entry, the cut of the purge and each anchor; exit with 1 at the first fault.

    EXAMPLE: mailer audit verify
    """
    with opened():
        found = verification.verify()
        db.session.rollback()
        with transaction():
            verification.keep(found, now())
    if as_json:
        counts = {"entries": found.entries, "waiting": found.waiting, "anchors": found.anchors}
        head = {"number": found.head.seq, "hash": found.head.hash}
        whole = {"whole": not found.fault, "fault": found.fault, "head": head}
        tell(whole | counts | {"purged": found.cut})
        sys.exit(1 if found.fault else 0)
    click.echo(f"entries  {found.entries}\nwaiting  {found.waiting}\nanchors  {found.anchors}")
    click.echo(f"purged   {found.cut}\nhead     {found.head.seq} {found.head.hash}")
    if found.fault:
        click.echo(f"NOT WHOLE: {found.fault}.", err=True)
        sys.exit(1)
    click.echo("whole")


@audit.command()
@click.option("--since", type=DAY, help="From that day on, in Paris.")
@click.option("--until", type=DAY, help="Up to that day, with it.")
@click.option("--actor", default="", help="Only what that one did: account:3, cli:…, job:….")
@click.option("--about", default="", help="Only what was done to that thing or for it: request:12.")
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in Format]),
    default=Format.JSONL.value,
    show_default=True,
    help="JSON Lines is exact; CSV is safe to open in a spreadsheet.",
)
@click.option("--motive", required=True, help="What for; it is noted in the record.")
@click.option("--by", "name", required=True, help="Who takes the record away.")
def export(  # noqa: PLR0913 - each is an option of the command
    *,
    since: datetime | None,
    until: datetime | None,
    actor: str,
    about: str,
    kind: str,
    motive: str,
    name: str,
) -> None:
    """Write the record to the output, oldest first; that it was taken stands in it.

    EXAMPLE: mailer audit export --since 2026-01-01 --format csv --motive "Contrôle annuel"
    --by "C. Morin" > journal.csv
    """
    what, _, number = about.partition(":")
    first, after = _day(since), _day(until + timedelta(days=1) if until else None)
    sought = Sought(actor, "", what, number, first, after)
    with opened():
        try:
            with transaction():
                files.begin(sought, Format(kind), motive, f"cli:{name}")
        except Invalid:
            raise click.ClickException(
                f"say what for, in at least {SHORTEST_MOTIVE} characters"
            ) from None
        for piece in files.lines(sought, Format(kind)):
            sys.stdout.write(piece)


def _day(given: date | None) -> datetime | None:
    return datetime(given.year, given.month, given.day, tzinfo=PARIS) if given else None
