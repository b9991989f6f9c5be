"""`mailer bench bodies`: how long the mail of one person takes to build, under each mode."""

import time
from collections.abc import Iterator, Sequence

import click
from flask import current_app

from mailer.cli.bench import USUAL_KB, prepare, relay_at
from mailer.cli.bench_office import office
from mailer.clock import now
from mailer.consent.tracking import Answer, Answers, Mode
from mailer.db import db, transaction
from mailer.delivery import campaigns, messages
from mailer.delivery.batch import Claimed
from mailer.subscriptions.models import MailingList

MAILS, BATCH = 10_000, 500
YES = Answers(Answer.GRANTED, Answer.GRANTED)


@click.command()
@click.option("--kilobytes", default=USUAL_KB, show_default=True, help="What a mail weighs.")
def bodies(kilobytes: int) -> None:
    """Build the mails of a letter of twelve articles, without sending them."""
    readers = [
        Claimed(n, n, f"p{n}@exemple.fr", f"{n:064x}", 0, now(), YES) for n in range(1, MAILS + 1)
    ]
    with office(settings=relay_at(25)):
        campaign_id = prepare(1, kilobytes)
        for mode in Mode:
            allow(campaign_id, mode)
            took, weight = build(campaign_id, readers)
            click.echo(f"{mode.value:15} {took * 1e6:5.1f} µs  {weight:,} bytes")


def allow(campaign_id: int, mode: Mode) -> None:
    """Let installation, list and letter measure that."""
    current_app.config["TRACKING"] = mode.value
    with transaction():
        campaign = campaigns.by_id(campaign_id)
        campaign.tracking = mode
        db.session.get_one(MailingList, campaign.list_id).tracking = mode
        messages.number_links(campaign)


def build(campaign_id: int, readers: Sequence[Claimed]) -> tuple[float, int]:
    """Seconds and bytes of one mail; of many batches the quickest, which nobody disturbed."""
    letter = messages.prepare(campaigns.by_id(campaign_id))
    spans, weight = [], 0
    for batch in batched(readers, BATCH):
        began = time.process_time()
        weight = max(len(envelope.content) for envelope in letter.envelopes(batch, now()))
        spans.append(time.process_time() - began)
    return min(spans) / BATCH, weight


def batched(readers: Sequence[Claimed], size: int) -> Iterator[Sequence[Claimed]]:
    """The readers in slices of that size."""
    for first in range(0, len(readers), size):
        yield readers[first : first + size]
