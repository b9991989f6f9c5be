"""`mailer notice`: hold the notices against the law, publish one, file an old one."""

from datetime import datetime
from typing import TextIO

import click

from mailer.cli.opened import OPERATOR, opened
from mailer.clock import PARIS, now
from mailer.consent import inspection, publishing
from mailer.consent.models import NoticeKind
from mailer.consent.notices import filled, shipped
from mailer.consent.publishing import OldNotice
from mailer.db import transaction
from mailer.errors import Conflict, Invalid
from mailer.web.language import LANGUAGES

KIND = click.option("--kind", type=click.Choice([kind.value for kind in NoticeKind]), required=True)
LOCALE = click.option("--locale", type=click.Choice(LANGUAGES), default="fr", show_default=True)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def notice() -> None:
    """What people are told of the use of their address."""


@notice.command()
def check() -> None:
    """Say whether the notices in force have every field of GDPR art. 13, as `mailer up` asks."""
    with opened():
        complete()
    click.echo("Every notice in force has every field.")


def complete() -> None:
    """Refuse to go on, with the way to mend it, while a notice in force lacks a field."""
    try:
        inspection.require_complete()
    except Invalid as error:
        raise click.ClickException(
            f"{error}. Publish a complete text with `mailer notice publish`."
        ) from None


@notice.command()
@KIND
@LOCALE
@click.argument("text", type=click.File(encoding="utf-8"), required=False)
def publish(kind: str, locale: str, text: TextIO | None) -> None:
    """Put a text in force, or the one that comes with the program when none is given."""
    with opened():
        wanted = text.read() if text else shipped(NoticeKind(kind), locale)
        try:
            with transaction():
                publishing.publish(NoticeKind(kind), locale, wanted, OPERATOR, now())
        except Invalid:
            raise click.ClickException(_faults(NoticeKind(kind), locale, wanted)) from None
    click.echo("It is in force.")


def _faults(kind: NoticeKind, locale: str, text: str) -> str:
    found = inspection.inspect(filled(kind, locale, text))
    told = (" ".join(filter(None, (f.rule, f.field, f.detail))) for f in found)
    return "mend this first:\n" + "\n".join(f"- {line}" for line in told)


@notice.command()
@KIND
@LOCALE
@click.option("--name", required=True, help="How the archive calls it, such as 2014-cil.")
@click.option("--from", "since", type=DAY, help="The first day it was shown, if known.")
@click.option("--to", "until", type=DAY, help="The last day it was shown, if known.")
@click.argument("text", type=click.File(encoding="utf-8"))
def file(  # noqa: PLR0913, PLR0917 - click passes each option by itself
    kind: str,
    locale: str,
    name: str,
    since: datetime | None,
    until: datetime | None,
    text: TextIO,
) -> None:
    """Add an old text to the archive; consents may point at it, and no form ever shows it."""
    days = (day and day.replace(tzinfo=PARIS) for day in (since, until))
    old = OldNotice(NoticeKind(kind), locale, name, text.read(), *days)
    with opened():
        try:
            with transaction():
                filed = publishing.file(old, OPERATOR, now())
                digest = filed.sha256
        except Conflict:
            raise click.ClickException("this very text is kept already.") from None
    click.echo(digest)
