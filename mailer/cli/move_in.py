"""`mailer move-in`: an office comes from another program, with its people and its letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask_babel import force_locale

from mailer.cli.imports import checked, notice_of
from mailer.cli.opened import opened
from mailer.cli.telling import AS_JSON, tell
from mailer.errors import Conflict, Invalid
from mailer.move_in import archiving, moving, words
from mailer.move_in.moving import Order
from mailer.move_in.refusals import Unusable
from mailer.move_in.report import Came, Report
from mailer.move_in.systems import SYSTEMS, System
from mailer.subscriptions.imports import words as import_words
from mailer.subscriptions.imports.faults import Unreadable
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.operations import Origin

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "move-in",
    epilog="""\b
Examples:
  mailer move-in mailchimp audience.zip --list "La lettre" --by "C. Morin" --dry-run
  mailer move-in listmonk lists.json subscribers-*.json campaigns.json --by "C. Morin"
  mailer move-in brevo contacts.csv --list la-lettre --by "C. Morin" \\
      --source "Formulaire du site, par Brevo" --notice 3f2a --json
""",
)
@click.argument("program", type=click.Choice(sorted(SYSTEMS)))
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option("--list", "list_name", default="", help="The list, where the files name none.")
@click.option("--source", default="", help="Where the addresses come from.")
@click.option("--collected-on", type=click.DateTime(["%Y-%m-%d"]), help="When, for all of them.")
@click.option("--notice", default="", help="What was read then: the digest of a kept notice.")
@click.option("--by", "name", required=True, help="Who answers for the addresses.")
@click.option("--publish", is_flag=True, help="Past letters also where everybody reads them.")
@click.option("--dry-run", is_flag=True, help="Say what is in the files, and do nothing.")
@AS_JSON
def move_in(  # noqa: PLR0913, PLR0917 - one argument for each option
    program: str,
    files: tuple[Path, ...],
    list_name: str,
    source: str,
    collected_on: datetime | None,
    notice: str,
    name: str,
    publish: bool,  # noqa: FBT001 - click passes a flag as a bool
    dry_run: bool,  # noqa: FBT001 - click passes a flag as a bool
    as_json: bool,  # noqa: FBT001 - click passes a flag as a bool
) -> None:
    """Take lists, people, refusals and past letters from the export of another program.

    Whoever left, bounced or objected there is never written to from here. Whoever has no proof of
    their consent is kept apart; the page of the import asks them, once. Run twice, it adds nothing.
    """
    day = collected_on.date() if collected_on else None
    with opened(), force_locale("en"), refusals():
        origin = Origin(source, checked(day), notice_of(notice), name)
        order = Order(SYSTEMS[program], origin, list_name, publish)
        report = moving.look(files, order) if dry_run else moving.move(files, order, progress)
        if as_json:
            tell(report.as_json())
        else:
            show(report, order.system)


@contextmanager
def refusals() -> Iterator[None]:
    """Say what cannot be done and how to mend it, and leave with 1."""
    try:
        yield
    except Unusable as error:
        raise click.ClickException(words.refused(error.refusal, error.name)) from None
    except Unreadable as error:
        raise click.ClickException(import_words.trouble(error.trouble, error.line)) from None
    except Invalid:
        raise click.ClickException(
            "the files do not say which list they are of: name it with --list"
        ) from None
    except Conflict as error:
        raise click.ClickException(f"{error}: wait two minutes, then run this again") from None


def progress(row: Import) -> None:
    """How far one sheet is."""
    click.echo(f"{row.file_name}: {row.stage}, {row.rows_done} of {row.rows_total}", err=True)


def show(report: Report, system: System) -> None:
    """The report as people read it."""
    for name in report.lists_made:
        click.echo(f"A list was made: {name}")
    for came in report.people:
        _tell_sheet(came, system)
    for fate in archiving.Fate:
        if count := report.letters[fate.value]:
            click.echo(f"{count:>12}  {archiving.WORDS[fate]}")
    if count := report.letters["found"]:
        click.echo(f"{count:>12}  letters that were sent")
    for name, why in report.left_out:
        click.echo(f"Left out: {name} ({words.LEFT_OUT[why]})")
    if report.set_apart:
        click.echo(
            f"{report.set_apart} people are kept apart for want of proof: no letter is sent to"
            " them. To ask each of them once, press the button on the pages above."
        )


def _tell_sheet(came: Came, system: System) -> None:
    before = " (came before, nothing was added)" if came.came_before else ""
    click.echo(f"{came.sheet} → {came.list_name}{before}")
    for count, text in import_words.outcomes(came.counts):
        click.echo(f"{count:>12}  {text}")
    if system.sheet_hides_leavers and came.sheet.endswith(".csv"):
        click.echo("              This sheet does not say who left the list: docs/moving-in.md")
    if came.page:
        click.echo(f"              {came.page}")
