"""`mailer bench`: how fast the program is on this machine."""

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import click
from sqlalchemy import insert, literal, select

from mailer.accounts import operations as accounts
from mailer.accounts.queries import actor_of
from mailer.cli.bench_import import import_
from mailer.cli.bench_ledger import ledger
from mailer.cli.bench_office import office
from mailer.cli.bench_people import people
from mailer.cli.bench_requests import requests
from mailer.cli.bench_signatures import signatures
from mailer.cli.bench_signups import signups
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import be_unhurried, db, transaction
from mailer.delivery import campaigns, jobs, pipeline, reports
from mailer.delivery.campaigns import Order
from mailer.delivery.states import DeliveryState
from mailer.newsletters import approving
from mailer.newsletters import operations as newsletters
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Draft
from mailer.newsletters.fields import mark
from mailer.settings import Value
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State

ADDRESSES = tuple(f"https://exemple.fr/articles/{n}" for n in range(12))
PERSONAL_LINKS = ("unsubscribe_url", "manage_url", "web_url", "why_url")
SENTENCE = "Après deux ans de travaux, les 214 marches se gravissent de nouveau. "
USUAL_KB = 42
# What a mail weighs before its sentences, and what each of them adds, in both of its parts.
DRAWN_BYTES, SENTENCE_BYTES = 27_200, 1_860
BARE_BYTES = 2_850
CHUNK = 10_000
LAST_WEEK = timedelta(days=7)
SENDER, PASSPHRASE = "bench@exemple.fr", "une longue phrase"


@dataclass(frozen=True)
class Measured:
    """What a run took: seconds by the clock, seconds of this process, and its memory."""

    mails: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int

    def lines(self) -> Iterator[str]:
        yield f"mails       {self.mails:,}"
        yield f"per second  {self.mails / self.seconds:,.0f}"
        yield f"CPU a mail  {self.cpu_seconds / self.mails * 1e6:,.0f} µs"
        yield f"peak memory {self.peak_bytes / 1e6:,.0f} MB"


@click.group(invoke_without_command=True)
@click.pass_context
def bench(context: click.Context) -> None:
    """Measure the program on this machine; without a name, how many mails leave in a second."""
    if context.invoked_subcommand is None:
        context.invoke(mails)
        context.invoke(import_)
        context.invoke(ledger)
        context.invoke(requests)
        context.invoke(people)
        context.invoke(signatures)
        context.invoke(signups)


bench.add_command(import_)
bench.add_command(ledger)
bench.add_command(requests)
bench.add_command(people)
bench.add_command(signatures)
bench.add_command(signups)


@bench.command()
@click.option("--people", default=20_000, show_default=True, help="How many get the letter.")
def mails(people: int) -> None:
    """Send a personal letter to many, through the real pipeline, to a sink on this machine."""
    with sink() as port, office(settings=relay_at(port)):
        campaign_id = prepare(people)
        for line in send(campaign_id).lines():
            click.echo(line)


@contextmanager
def sink() -> Iterator[int]:
    """The port of a sink that runs in a process of its own."""
    command = [sys.executable, "-m", "mailer.cli.sink"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield int(process.stdout.readline() if process.stdout else 0)
        process.communicate()


def relay_at(port: int) -> dict[str, Value]:
    """Whatever relay the operator has, mails go to that port of this machine."""
    return {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": port,
        "SMTP_SECURITY": "plain",
        "SMTP_USER": "",
        "SMTP_RELAYS": [],
    }


def prepare(people: int, kilobytes: int = USUAL_KB) -> int:
    """A campaign whose hold is over: a letter of twelve articles, and its readers."""
    at = now() - LAST_WEEK
    with transaction():
        sender = accounts.create(SENDER, "Bench", PASSPHRASE, ["sender", "approver"], at)
        readers = MailingList(slug="bench", name="Bench", description="Bench", frequency="Bench")
        db.session.add(readers)
        db.session.flush()
        enrol(readers.id, people)
        issue_id = write(readers, actor_of(sender.id), kilobytes)
        return campaigns.schedule(Order(issue_id, readers.id, 1, at, sender.id), at).id


def enrol(list_id: int, people: int) -> None:
    """Put confirmed readers on the list, in as few statements as it takes."""
    be_unhurried()
    at = now() - LAST_WEEK
    proof = consent.record("bench", "list:bench", Kind.CONFIRMED, Evidence(Method.IMPORT, at))
    for first in range(0, people, CHUNK):
        found = [
            {
                "address": f"p{n}@exemple.fr",
                "fingerprint": f"{n:064x}",
                "language": "fr",
                "created_at": at,
            }
            for n in range(first, min(first + CHUNK, people))
        ]
        db.session.connection().execute(insert(Subscriber), found)
    column = Subscription.__table__.c
    values = {
        "list_id": list_id,
        "state": State.ACTIVE,
        "consent_id": proof.id,
        "requested_at": at,
        "confirmed_at": at,
    }
    rows = select(
        Subscriber.id, *(literal(value, column[key].type) for key, value in values.items())
    )
    statement = insert(Subscription).from_select(["subscriber_id", *values], rows)
    db.session.connection().execute(statement, execution_options={"dml_strategy": "core_only"})


def write(readers: MailingList, approver: str, kilobytes: int = USUAL_KB) -> int:
    """A letter to the readers that somebody else approved, whose mails have about that size."""
    at = now() - LAST_WEEK
    summary = SENTENCE * max(1, round((kilobytes * 1000 - DRAWN_BYTES) / SENTENCE_BYTES))
    blocks = tuple(
        Block(f"b{n}", Article(title="Le phare rouvre", summary=summary, url=url))
        for n, url in enumerate(ADDRESSES)
    )
    issue = newsletters.draft_issue(newsletters.series_of(readers), [], "fr", at, "bench")
    newsletters.save(issue, Draft("Bonjour {{prenom|à vous}}", SENTENCE, blocks), 1, at, "bench")
    letter = newsletters.approve(issue, 2, approver, at)
    if kilobytes * 1000 < DRAWN_BYTES:
        letter.html, letter.text = bare(kilobytes)
        letter.content_hash = approving.hash_of(issue, letter.drawn)
    return issue.id


def bare(kilobytes: int) -> tuple[str, str]:
    """A letter smaller than any that we draw, with as many links and fields: HTML and text."""
    links = "\n".join(f'<p><a href="{url}">Le phare rouvre</a></p>' for url in ADDRESSES)
    exits = "\n".join(f'<p><a href="{{{{{name}}}}}">{name}</a></p>' for name in PERSONAL_LINKS)
    rest = "<p>Deux ans de travaux, et les 214 marches se gravissent.</p>\n"
    filling = rest * max(1, round((kilobytes * 1000 - BARE_BYTES) / len(rest)))
    page = f"<!DOCTYPE html>\n<html><body>\n{links}\n{filling}{exits}\n</body></html>\n"
    return mark(page), mark("Bonjour {{prenom|à vous}}\n\n{{unsubscribe_url}}\n")


def send(campaign_id: int) -> Measured:
    """Freeze, claim, build, send and record until nobody is left."""
    # As a worker does before its first job.
    gc.freeze()
    began, cpu = time.perf_counter(), time.process_time()
    with transaction():
        pipeline.start(campaign_id, now())
    while campaigns.by_id(campaign_id).ended_at is None:
        jobs.send_batches()
    sent = reports.counts([campaign_id])[campaign_id].of(DeliveryState.SENT)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Measured(sent, time.perf_counter() - began, time.process_time() - cpu, peak)
