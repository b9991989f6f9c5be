"""`mailer purge`: end what has outlived its time, or only say what would end and why."""

from collections.abc import Iterator
from datetime import datetime

import click

from mailer import rulebook
from mailer.cli.opened import opened
from mailer.clock import now, paris_day
from mailer.retention import jobs, silence
from mailer.retention.overdue import Overdue, overdue
from mailer.retention.schedule import cutoff


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would go and why; change nothing.")
def purge(dry_run: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """End what has outlived its time, as the worker does every day."""
    with opened():
        said = [*(sentence(line) for line in overdue(now()) if line.number), *silent(now())]
        click.echo("\n".join(said) or "Nothing has outlived its time.")
        if not dry_run:
            jobs.purge()
            jobs.ask_renewals()
            jobs.lapse()
            click.echo("Done. The counts are kept.")


def sentence(line: Overdue) -> str:
    """What would end, since when, and by which rule."""
    rule, unit = line.rule, line.rule.keep.rpartition("_")[2]
    return (
        f"{rule.then.value} {line.number} of {rule.table}: {rule.since} before "
        f"{paris_day(line.limit):%Y-%m-%d} ({rule.keep} = {line.figure.value} {unit};"
        f" {line.figure.source})"
    )


def silent(at: datetime) -> Iterator[str]:
    """Whom the purge would ask whether they still want letters, and whom it would forget."""
    figures = rulebook.load().figures
    before, asked = (cutoff(name, figures, at) for name in ("prospect_months", "renewal_days"))
    why = f"silent since {paris_day(before):%Y-%m-%d} ({figures.prospect_months.source})"
    if number := silence.number(silence.to_ask(before)):
        yield f"ask {number} of subscriber: {why}"
    if number := silence.number(silence.to_forget(before, asked)):
        yield f"forget {number} of subscriber: {why}, and no answer"
