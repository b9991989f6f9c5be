"""`mailer bench restore`: seconds until a backup is back, and that nobody erased came with it."""

import mmap
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import Text, cast, func, literal_column, select, text

from mailer.accounts import operations as accounts
from mailer.accounts.queries import actor_of
from mailer.backups import dumps, taking
from mailer.cli import serving
from mailer.cli.bench import LAST_WEEK, PASSPHRASE, write
from mailer.cli.bench_office import DATABASE, office
from mailer.cli.bench_people import fill
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent import verification
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.models import ConsentEvent
from mailer.db import Base, be_unhurried, db, transaction
from mailer.delivery import campaigns, pipeline
from mailer.delivery.campaigns import Order
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import CampaignState
from mailer.rights import erasure
from mailer.rights import jobs as rights
from mailer.settings import Value
from mailer.subscriptions import jobs as subscriptions
from mailer.subscriptions.models import MailingList, Subscriber

ERASED = 20
CHUNK = 5_000


@dataclass(frozen=True)
class Person:
    """Somebody who is erased after the backup."""

    address: str
    fingerprint: str


@click.command()
@click.option("--people", default=1_000_000, show_default=True, help="How many are subscribed.")
@DATABASE
def restore(people: int, database: str) -> None:
    """Back up an office in the midst of a campaign, erase people, put the backup back, and look."""
    with office(database) as found:
        took = occupy(people)
        click.echo(f"database    {db.engine.dialect.name}")
        click.echo(f"people      {people:,}, with {_count(ConsentEvent):,} events in the ledger")
        click.echo(f"letter      {_count(Delivery):,} mails promised in {took:.1f} s")
        for line in measured(Path(found.app.config["DATA_FOLDER"], "kept"), found.settings):
            click.echo(line)


def occupy(people: int) -> float:
    """An office of so many, each with an event of their own in the ledger; a letter is leaving.

    The seconds that it took to promise the letter to all of them.
    """
    fill(people)
    for first in range(1, people + 1, CHUNK):
        some = Subscriber.id.between(first, first + CHUNK - 1)
        rows = select(Subscriber.fingerprint, Subscriber.address).where(some)
        with transaction():
            consent.record_many([_came(*one) for one in db.session.execute(rows)])
    subscriptions.index_addresses()
    # Anew: fill() counted the rows before there were events.
    with db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    with transaction():
        campaign_id = _letter()
    began = time.perf_counter()
    with transaction():
        pipeline.start(campaign_id, now())
    return time.perf_counter() - began


def _came(fingerprint: str, address: str) -> Entry:
    evidence = Evidence(Method.IMPORT, now(), page="/inscriptions", address=address)
    return Entry(fingerprint, "list:bench", Kind.IMPORTED, evidence)


def _letter() -> int:
    readers, at = db.session.scalars(select(MailingList)).one(), now() - LAST_WEEK
    sender = accounts.create("envoi@exemple.fr", "Bench", PASSPHRASE, ["sender", "approver"], at)
    db.session.flush()
    issue_id = write(readers, actor_of(sender.id))
    return campaigns.schedule(Order(issue_id, readers.id, 1, at, sender.id), at).id


def measured(place: Path, values: dict[str, Value]) -> Iterator[str]:
    """What each command took, as an administrator types them, and what was there afterwards."""
    yield from run(values, "backup", str(place))
    gone = forget()
    if is_file() and not all(found_in(_copy(place), gone)):
        raise click.ClickException("somebody who was erased is not in the backup either")
    yield from run(values, "restore", str(*taking.found(place)))
    yield from judged(gone)


def run(values: dict[str, Value], *words: str) -> Iterator[str]:
    """What the command took, and each step that it names; refuses to go on when it failed."""
    # Nothing of ours may be open: a restore puts another file in the place of the database.
    db.session.remove()
    db.engine.dispose()
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "mailer", *words],
        env=os.environ | serving.environment(values),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        said = [(line.rstrip(), time.perf_counter()) for line in process.stderr or ()]
    ended = time.perf_counter()
    if process.returncode:
        why = "\n".join(line for line, _at in said)
        raise click.ClickException(f"mailer {words[0]} failed: {why}")
    yield f"{words[0]:<12}{ended - began:.1f} s"
    steps = [(line, at) for line, at in said if line.endswith("…")]
    for (line, at), (_next, until) in pairwise([*steps, ("", ended)]):
        yield f"  {line:<18}{until - at:.1f} s"


def forget() -> list[Person]:
    """Erase some people of the whole list, as the officer does; who they were."""
    everybody = select(func.max(Subscriber.id))
    step = max(1, (db.session.scalar(everybody) or 0) // ERASED)
    rows = select(Subscriber.address, Subscriber.fingerprint)
    rows = rows.where(Subscriber.id % step == 1 % step).order_by(Subscriber.id).limit(ERASED)
    gone = [Person(*row) for row in db.session.execute(rows)]
    for one in gone:
        with transaction():
            erasure.erase(one.fingerprint, now())
    rights.write_erasures()
    return gone


def judged(gone: Sequence[Person]) -> Iterator[str]:
    """What was found after the restore; refuses to go on when something is not as it must be."""
    back = sum(found_in(_database(), gone) if is_file() else found_in_rows(gone))
    if back:
        raise click.ClickException(f"{back} people came back")
    states = db.session.scalars(select(Campaign.state)).all()
    if states != [CampaignState.PAUSED]:
        raise click.ClickException(f"the campaign is not paused, but {', '.join(states)}")
    verdict = verification.verify()
    if verdict.fault:
        raise click.ClickException(f"the ledger is not whole: {verdict.fault}")
    where = "the bytes of the file" if is_file() else "the rows of every table"
    yield f"erased      {len(gone)}, of whom {back} are in {where}"
    yield f"campaign    paused, with {_count(Delivery):,} mails to decide on"
    yield f"ledger      whole, to event {verdict.head.seq:,}"


def _count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def is_file() -> bool:
    """Whether the database is a file that can be looked through, deleted rows too."""
    return db.engine.dialect.name == "sqlite"


def _copy(place: Path) -> Path:
    return taking.found(place)[0] / dumps.NAMES["sqlite"]


def _database() -> Path:
    file = dumps.file_of(current_app.config["DATABASE_URL"])
    db.session.rollback()
    with closing(sqlite3.connect(file)) as connection:
        busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise click.ClickException("the log beside the file could not be taken into it")
    return file


def found_in(file: Path, people: Sequence[Person]) -> list[bool]:
    """Of each whether their address is anywhere in the bytes."""
    with (
        file.open("rb") as source,
        closing(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)) as held,
    ):
        return [held.find(one.address.encode()) >= 0 for one in people]


def found_in_rows(people: Sequence[Person]) -> list[bool]:
    """Of each whether their address is in any column of any row (PostgreSQL)."""
    wanted = "|".join(one.address.replace(".", "[.]") for one in people)
    be_unhurried()
    seen = ""
    for table in Base.metadata.tables.values():
        row = cast(literal_column(f'"{table.name}"'), Text)
        seen += "".join(
            db.session.scalars(select(row).select_from(table).where(row.regexp_match(wanted)))
        )
    db.session.rollback()
    return [one.address in seen for one in people]
