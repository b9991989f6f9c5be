"""`mailer bench enumeration`: can a stranger tell by the clock who is known here?"""

import time
from collections.abc import Sequence
from statistics import median

import click
from flask import Flask
from werkzeug.test import Client

from mailer import addresses
from mailer.cli.bench import relay_at
from mailer.cli.bench_office import DATABASE, office
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import transaction
from mailer.subscriptions import operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.queries import all_lists
from mailer.subscriptions.shown import page_form
from mailer.tokens import CONFIRM
from mailer.web.forms import form_token

WARM_UP = 20
LIST = "bench"
DOORS = {"sign-up": "/inscriptions", "preferences": "/gestion"}
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
@click.option("--door", type=click.Choice(list(DOORS)), default="sign-up", show_default=True)
@click.option("--pairs", default=300, show_default=True, help="Posts of each kind.")
@DATABASE
def enumeration(door: str, pairs: int, database: str) -> None:
    """Post addresses that receive a list and unknown ones in turns, and compare by rank."""
    with office(database, relay_at(2525) | OPEN) as found:
        enrol(pairs + WARM_UP)
        known, unknown = times(found.app, DOORS[door], pairs)
    click.echo(f"known    {median(known) * 1e3:.2f} ms (median of {pairs})")
    click.echo(f"unknown  {median(unknown) * 1e3:.2f} ms")
    click.echo(f"rank     {auc(known, unknown):.3f} (0.5: nothing can be told)")


def enrol(people: int) -> None:
    """A list, and people who receive it; each is asked about once, as a stranger would."""
    with transaction():
        row = operations.create_list(ListData(LIST, LIST, LIST), "bench")
    for n in range(people):
        at, address = now(), addresses.parse(f"connue-{n}@exemple.fr")
        with transaction():
            asked = operations.request(address, [row.id], Evidence(Method.WEB_FORM, at), "fr", at)
            if asked:
                operations.confirm(CONFIRM.sign(asked.id), Evidence(Method.CONFIRM_POST, at), at)


def times(app: Flask, path: str, pairs: int) -> tuple[list[float], list[float]]:
    """Seconds of each post, the known address first and second in turns."""
    with app.test_request_context():
        shown = page_form(all_lists()).digest
        fields = {"shown": shown, "lists": LIST, "form_token": form_token()}
    found: tuple[list[float], list[float]] = ([], [])
    for n in range(pairs + WARM_UP):
        for kind in (0, 1) if n % 2 else (1, 0):
            email = f"{('connue', 'inconnue')[kind]}-{n}@exemple.fr"
            took = timed(app, path, fields | {"email": email})
            if n >= WARM_UP:
                found[kind].append(took)
    return found


def timed(app: Flask, path: str, fields: dict[str, str]) -> float:
    """Seconds of one post; RuntimeError when it is not taken."""
    client = Client(app)
    began = time.perf_counter()
    answer = client.post(path, data=fields)
    took = time.perf_counter() - began
    if answer.status_code != 200:  # noqa: PLR2004 - the page that says to look into the mailbox
        raise RuntimeError(f"{path} answered {answer.status_code} at {now()}")
    return took
