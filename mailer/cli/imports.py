"""`mailer import`: addresses from a file, by the same steps as at the desk."""

from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask_babel import force_locale
from sqlalchemy import select

from mailer.cli.opened import opened
from mailer.clock import now
from mailer.consent.models import Notice
from mailer.db import db, transaction
from mailer.subscriptions.imports import jobs, operations, queries, rejects, storage, words
from mailer.subscriptions.imports.faults import Unreadable
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import MailingList

FOREVER = datetime.max.replace(tzinfo=UTC)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--list", "slug", required=True, help="The list, by its short name.")
@click.option("--source", default="", help="Where the addresses come from.")
@click.option("--collected-on", type=click.DateTime(["%Y-%m-%d"]), help="When they were given.")
@click.option("--notice", default="", help="What was read then: the digest of a kept notice.")
@click.option("--by", "name", required=True, help="Who answers for the addresses.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def import_(  # noqa: PLR0913, PLR0917 - one argument for each option
    file: Path,
    slug: str,
    source: str,
    collected_on: datetime | None,
    notice: str,
    name: str,
    dry_run: bool,  # noqa: FBT001 - click passes a flag as a bool
) -> None:
    """Take the addresses of a CSV or XLSX file. Without source, date and notice: kept apart.

    EXAMPLE: mailer import salon.csv --list la-lettre --source "Salon de la mer"
    --collected-on 2025-09-01 --notice 3f2a --by "C. Morin" --dry-run
    """
    day = collected_on.date() if collected_on else None
    with opened(), force_locale("en"):
        origin = Origin(source, checked(day), notice_of(notice), name)
        import_id = read(file, list_of(slug).id, origin)
        if dry_run:
            with transaction():
                operations.discard(import_id, f"cli:{name}")
        else:
            with transaction():
                operations.approve(import_id, f"cli:{name}", now())
                operations.claim(import_id, now())
            jobs.advance(import_id, FOREVER)
            tell(queries.find(import_id).taken)


def read(file: Path, list_id: int, origin: Origin) -> int:
    """Read the file and say what is in it; the number of the import."""
    try:
        with file.open("rb") as source, storage.arrived(source) as copy, transaction():
            actor = f"cli:{origin.answerable}"
            row = operations.receive(copy, file.name, actor, now())
            layout = operations.layout(row)
            if not layout.is_usable:
                raise click.ClickException("name one column of the file email")
            operations.describe(row.id, list_id, layout, origin, now())
            operations.claim(row.id, now())
            import_id = row.id
    except Unreadable as error:
        raise click.ClickException(words.trouble(error.trouble, error.line)) from None
    jobs.advance(import_id, FOREVER)
    row = queries.find(import_id)
    if row.stage == Stage.FAILED:
        raise click.ClickException(words.trouble(row.trouble, row.trouble_line))
    for fault in rejects.read(import_id):
        what, cure = words.explain(fault)
        click.echo(f"line {fault.line}: {what}. {cure}", err=True)
    tell(row.counts)
    return import_id


def tell(counts: dict[str, int]) -> None:
    """One line for each thing that becomes of addresses."""
    for count, text in words.outcomes(counts):
        click.echo(f"{count:>12}  {text}")


def list_of(slug: str) -> MailingList:
    """The list of that short name."""
    found = db.session.scalars(select(MailingList).where(MailingList.slug == slug)).first()
    if found is None:
        known = ", ".join(db.session.scalars(select(MailingList.slug).order_by(MailingList.slug)))
        raise click.ClickException(f"there is no list {slug}; there are: {known or 'none yet'}")
    return found


def checked(day: date | None) -> date | None:
    """The day, when it is over."""
    if day and day > now().date():
        raise click.ClickException("--collected-on must be a day that is over")
    return day


def notice_of(digest: str) -> str | None:
    """The digest of the kept notice that begins so; None when none is named."""
    if not digest:
        return None
    found = db.session.scalars(
        select(Notice.sha256).where(Notice.sha256.startswith(digest, autoescape=True)).limit(2)
    ).all()
    if len(found) != 1:
        raise click.ClickException("--notice must begin the digest of exactly one kept notice")
    return found[0]
