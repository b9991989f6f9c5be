"""`mailer bench requests`: how long the officer's queue takes when it is full."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median, quantiles

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from mailer import addresses, rulebook
from mailer.accounts import operations as accounts
from mailer.accounts import session_rows, sessions
from mailer.accounts.models import Account
from mailer.accounts.queries import actor_of
from mailer.accounts.session_rows import Trace
from mailer.accounts.standing import Standing
from mailer.cli.bench_office import DATABASE, office
from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.rights.deadlines import answer_due
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import Channel, Letter, RequestLine, RightsRequest
from mailer.rights.states import State

CALENDAR = "metropole"
# Open requests came in the last weeks, closed ones in the last years.
OPEN_OVER, CLOSED_OVER = 32, 1500
AT_WORK = (State.RECEIVED, State.IN_PROGRESS, State.READY, State.IDENTITY_PENDING)
RIGHTS = (Right.ACCESS, Right.OBJECTION, Right.ERASURE, Right.PORTABILITY)
PAGES = {
    "queue": "/bureau/demandes",
    "soon": "/bureau/demandes?vue=a-echeance",
    "of a right": "/bureau/demandes?droit=erasure",
    "mine": "/bureau/demandes?a_moi=1",
    "closed": "/bureau/demandes?vue=closes",
}


@click.command()
@click.option("--open", "running", default=5_000, show_default=True, help="How many are open.")
@click.option("--closed", default=20_000, show_default=True, help="How many were closed.")
@click.option("--times", default=50, show_default=True, help="How often each page is asked for.")
@DATABASE
def requests(running: int, closed: int, times: int, database: str) -> None:
    """Ask for the officer's lists, through the whole application."""
    # Nobody shows a second factor here: what is measured comes after the door.
    with office(database, {"SECOND_FACTOR_ROLES": []}) as found:
        officer = fill(running, closed)
        browser = signed_in(found.app, officer)
        click.echo(f"database    {db.engine.dialect.name}")
        click.echo(f"requests    {running:,} open, {closed:,} closed")
        for name, path in PAGES.items():
            click.echo(told(name, taken(browser, path, times)))


def fill(running: int, closed: int) -> Account:
    """The requests of people of whom nothing else is held, and an officer who has every tenth."""
    at = now()
    with transaction():
        officer = accounts.create("bench@exemple.fr", "Bench", "une longue phrase", ["dpo"], at)
        db.session.flush()
        actor = actor_of(officer.id)
        cases = [row(n, running, at, actor) for n in range(running + closed)]
        db.session.execute(insert(RightsRequest), cases)
        ids = db.session.scalars(select(RightsRequest.id).order_by(RightsRequest.id)).all()
        lines = [{"request_id": n, "right": RIGHTS[n % len(RIGHTS)]} for n in ids]
        db.session.execute(insert(RequestLine), lines)
        letters = [
            {"request_id": n, "kind": Kind.A1, "written_at": at, "message_id": f"<{n}@exemple.fr>"}
            for n in ids
        ]
        db.session.execute(insert(Letter), letters)
    return officer


def row(n: int, running: int, at: datetime, actor: str) -> dict[str, object]:
    """One request, as the table has it."""
    is_open = n < running
    came = at - timedelta(days=n % OPEN_OVER if is_open else n % CLOSED_OVER)
    due = answer_due(paris_day(came), rulebook.load(), CALENDAR)
    address = addresses.parse(f"p{n}@exemple.fr")
    return {
        "reference": f"DR-2026-{n:05d}",
        "channel": Channel.FORM,
        "received_on": paris_day(came),
        "logged_at": came,
        "language": "fr",
        "address": address.display,
        "fingerprint": f"{n:064x}",
        "verbatim": "Madame, Monsieur…",
        "rulebook_version": rulebook.load().version,
        "calendar": CALENDAR,
        "raw_due": due.raw,
        "due": due.due,
        "steps": [],
        "state": AT_WORK[n % len(AT_WORK)] if is_open else State.ANSWERED,
        "assignee": actor if n % 10 == 0 else "",
        "closed_at": None if is_open else came + timedelta(hours=n % 500),
        "closing_reason": "",
    }


def signed_in(app: Flask, officer: Account) -> FlaskClient:
    """A browser of the officer; the passphrase is not what is measured."""
    client = app.test_client()
    with transaction():
        token = session_rows.begin(officer, Standing.FULL, Trace("", ""), now())
    with client.session_transaction() as kept:
        kept[sessions.ID] = token
    return client


def taken(
    browser: FlaskClient, path: str, times: int, posted: Mapping[str, str] | None = None
) -> list[float]:
    """Seconds of each answer, the first apart; RuntimeError for another page than the one asked."""
    found = []
    for _ in range(times + 1):
        # A context of the request's own, as a server gives it: nothing is known from before.
        with browser.application.app_context():
            began = time.perf_counter()
            answer = browser.post(path, data=posted) if posted else browser.get(path)
            found.append(time.perf_counter() - began)
        if answer.status_code != 200:  # noqa: PLR2004 - the page
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return found[1:]


def told(name: str, seconds: list[float]) -> str:
    """One line of figures."""
    p95 = quantiles(seconds, n=20)[-1]
    return f"{name:<12}{median(seconds) * 1e3:.0f} ms median, {p95 * 1e3:.0f} ms p95"
