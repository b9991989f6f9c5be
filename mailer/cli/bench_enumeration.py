"""`mailer bench enumeration`: can a stranger tell by the clock who is known here?"""

import tempfile
import time
from collections.abc import Sequence

import click
from flask import Flask
from sqlalchemy import select
from werkzeug.test import Client

from mailer.app import create_app
from mailer.cli.bench import settings
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.subscriptions import operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Confirmation
from mailer.subscriptions.queries import all_lists
from mailer.subscriptions.shown import subscription_form
from mailer.tokens import CONFIRM
from mailer.web.forms import form_token

WARM_UP = 20
KNOWN = "connue@exemple.fr"
OPEN = {
    "FORM_MIN_SECONDS": 0,
    "CONFIRMATION_MINUTES_APART": 0,
    "CONFIRMATIONS_A_DAY": 1_000_000,
    "MAILS_TO_A_DOMAIN_AN_HOUR": 1_000_000,
    "MAILS_ASKED_AN_HOUR": 1_000_000,
    "POSTS_A_MINUTE": 1_000_000,
    "POSTS_AN_HOUR": 1_000_000,
}


def auc(known: Sequence[float], unknown: Sequence[float]) -> float:
    """How often a known one takes longer than an unknown one; 0.5 tells nothing (Mann-Whitney)."""
    wins = sum((a > b) + (a == b) / 2 for a in known for b in unknown)
    return wins / (len(known) * len(unknown))


@click.command()
@click.option("--pairs", default=300, show_default=True, help="Sign-ups of each kind.")
@click.option("--database", default="", help="As DATABASE_URL; empty for a new SQLite file.")
def enumeration(pairs: int, database: str) -> None:
    """Sign up a known and an unknown address in turns, and compare the times by rank."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(folder, 2525) | OPEN | {"DATABASE_URL": database})
        with app.app_context():
            bring_up_to_date()
            known, unknown = times(app, pairs)
            db.engine.dispose()
    click.echo(f"known    {sorted(known)[pairs // 2] * 1e3:.2f} ms (median of {pairs})")
    click.echo(f"unknown  {sorted(unknown)[pairs // 2] * 1e3:.2f} ms")
    click.echo(f"rank     {auc(known, unknown):.3f} (0.5: nothing can be told)")


def times(app: Flask, pairs: int) -> tuple[list[float], list[float]]:
    """Seconds of each sign-up, the known address first and second in turns."""
    with app.test_request_context():
        with transaction():
            operations.create_list(ListData("Bench", "Bench", "Bench"), "bench")
        fields = {"shown": subscription_form(all_lists()).digest, "lists": "bench"}
        fields["form_token"] = form_token()
    timed(app, fields | {"email": KNOWN})
    let_in()
    found: tuple[list[float], list[float]] = ([], [])
    for n in range(pairs + WARM_UP):
        for kind in (0, 1) if n % 2 else (1, 0):
            email = KNOWN if kind == 0 else f"inconnu-{n}@exemple.fr"
            took = timed(app, fields | {"email": email})
            if n >= WARM_UP:
                found[kind].append(took)
    return found


def let_in() -> None:
    """Press the button of the one link that was sent."""
    with transaction():
        link = db.session.scalars(select(Confirmation)).one()
        evidence = Evidence(Method.CONFIRM_POST, now())
        operations.confirm(CONFIRM.sign(link.id), evidence, now())


def timed(app: Flask, fields: dict[str, str]) -> float:
    """Seconds of one sign-up; RuntimeError when it is not taken."""
    client = Client(app)
    began = time.perf_counter()
    answer = client.post("/inscriptions", data=fields)
    took = time.perf_counter() - began
    if answer.status_code != 200:  # noqa: PLR2004 - the page that says to look into the mailbox
        raise RuntimeError(f"sign-up answered {answer.status_code} at {now()}")
    return took
