"""`mailer backup` and `mailer restore`: the data in a folder, and back again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from mailer.backups import replaced, restoring, taking
from mailer.backups.replaced import Unreadable
from mailer.cli import serving
from mailer.cli.migrate import bring_up_to_date
from mailer.cli.opened import opened
from mailer.cli.telling import AS_JSON, tell
from mailer.cli.waiting import Waiting
from mailer.clock import now
from mailer.consent import verification
from mailer.db import transaction
from mailer.errors import Conflict, Invalid
from mailer.worker import beats

PLACE = click.Path(path_type=Path, file_okay=False)


@contextmanager
def refusals() -> Iterator[None]:
    """Say what cannot be done, and leave with 1."""
    try:
        yield
    except (Conflict, Invalid) as error:
        raise click.ClickException(f"{error}.") from None


@click.command(
    epilog="""\b
Examples:
  mailer backup
  mailer backup /srv/backups --json
"""
)
@click.argument("place", type=PLACE, required=False)
@AS_JSON
def backup(place: Path | None, as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Copy the database and the files beside it, while everything runs.

    The copy is opened and counted before it is called a backup. PLACE is BACKUP_FOLDER of the
    settings unless it is given; backups older than the rulebook allows go. Keys are not in it:
    keep fingerprint-key, ledger-key, secret-key and vault-key of the data folder elsewhere.
    """
    with refusals(), opened() as app:
        where = place or taking.place_of(app.config)
        made, told = taking.take(where, now())
        gone = taking.forget(where, now())
    rows = sum(told.rows.values())
    if as_json:
        tell({"backup": made, "rows": rows, "removed": gone})
        return
    click.echo(f"{made}: {rows} rows, {len(told.files)} files, the ledger at event {told.seq}.")
    for path in gone:
        click.echo(f"{path} is older than backups are kept, and was removed.")


@click.command(
    epilog="""\b
Examples:
  mailer restore /srv/backups/2026-11-27T020000Z
  mailer restore /srv/backups/2025-11-27T020000Z --accept-loss
"""
)
@click.argument("place", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Also when the ledger was anchored later, or what is here cannot be read.",
)
def restore(place: Path, accept_loss: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Put a backup back, in the place of what is there; stop mailer before.

    Who was erased since is erased again, who left since has left, campaigns that were leaving are
    paused, and everybody signs in again. Nothing is changed unless the backup is whole and fits;
    nothing starts on a database whose restore was cut short before it was run again.
    """
    with refusals(), opened() as app, serving.alone(Path(app.config["DATA_FOLDER"])):
        step("Checking")
        told = restoring.checked(place)
        restoring.fits(told)
        if not accept_loss:
            restoring.loses_nothing(told)
        try:
            replaced.let_go(now() - beats.SILENT)
        except Unreadable:
            if not accept_loss:
                raise
        step("Putting back")
        restoring.put_back(place, told)
        step("Migrating")
        bring_up_to_date()
        step("Deciding again")
        with transaction():
            done = restoring.decide_again(told, now(), Waiting)
        restoring.settle(told, now())
        with transaction():
            restoring.finish()
        step("Verifying")
        verdict = verification.verify(Waiting("events"))
    click.echo(
        f"Restored to {told.made_at:%Y-%m-%d %H:%M} UTC: {done.erased_again} persons erased again,"
        f" {done.left_again} had left since or are set aside, {done.paused} campaigns wait for a"
        " decision."
    )
    if verdict.fault:
        raise click.ClickException(f"the ledger is NOT WHOLE: {verdict.fault}.")
    click.echo(f"The ledger is whole, to event {verdict.head.seq}. Start mailer again.")


def step(name: str) -> None:
    """Say what begins, to whoever waits some minutes and to the benchmark."""
    click.echo(f"{name}…", err=True)
