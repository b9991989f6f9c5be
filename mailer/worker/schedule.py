"""Every job of the program, once: what it is called, what it does, how often it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mailer import events
from mailer.abuse import allowance
from mailer.abuse import jobs as abuse
from mailer.articles import jobs as articles
from mailer.articles import lookups
from mailer.audit import jobs as audit
from mailer.bounces import jobs as bounces
from mailer.bounces import receiving
from mailer.bounces.incoming import TAKE_OVER
from mailer.breaches import jobs as breaches
from mailer.breaches import telling
from mailer.consent import jobs as consent
from mailer.consent import withdrawals
from mailer.delivery import campaigns, readership, subject_decisions
from mailer.delivery import jobs as delivery
from mailer.mail import jobs as mail
from mailer.mail import outbox
from mailer.newsletters import jobs as newsletters
from mailer.newsletters import link_checks
from mailer.oversight import jobs as oversight
from mailer.register import jobs as register
from mailer.retention import jobs as retention
from mailer.rights import jobs as rights
from mailer.rights import journal
from mailer.rights.incoming import jobs as incoming
from mailer.subscriptions import indexing
from mailer.subscriptions import jobs as subscriptions
from mailer.subscriptions.imports import jobs as imports
from mailer.subscriptions.imports import operations as importing
from mailer.webhooks import jobs as webhooks


class Lane(StrEnum):
    """Which threads do it: what people wait for never stands behind what takes long."""

    PROMPT = "prompt"
    LONG = "long"


@dataclass(frozen=True)
class Job:
    """A hint makes it run at once; `every` finds what a lost hint was about. It is idempotent."""

    name: str
    function: Callable[[], None]
    every: timedelta
    lane: Lane = Lane.LONG


JOBS: tuple[Job, ...] = (
    Job(outbox.JOB, newsletters.send_mails, timedelta(seconds=30), Lane.PROMPT),
    Job("forget-counts", mail.forget_counts, timedelta(minutes=5)),
    Job(campaigns.START, delivery.start_due, timedelta(seconds=30), Lane.PROMPT),
    Job(campaigns.SEND, delivery.send_batches, timedelta(seconds=30)),
    Job(subject_decisions.DECIDE, delivery.decide_subjects, timedelta(minutes=1)),
    Job("enrol-newcomers", delivery.enrol_newcomers, timedelta(minutes=1)),
    Job("compose-digests", newsletters.compose_digests, timedelta(minutes=1)),
    Job("reconcile", delivery.reconcile, timedelta(minutes=1), Lane.PROMPT),
    Job(readership.FORGET, delivery.forget_measures, timedelta(hours=1)),
    Job(lookups.JOB, articles.look_at_addresses, timedelta(minutes=1)),
    Job(articles.FETCH_SOURCES, articles.fetch_due, timedelta(minutes=1)),
    Job("ask-pages", articles.ask_pages, timedelta(minutes=10)),
    Job(articles.FETCH_IMAGES, articles.fetch_images, timedelta(minutes=1)),
    Job(link_checks.JOB, newsletters.try_links, timedelta(minutes=1)),
    Job(importing.JOB, imports.run, timedelta(minutes=1)),
    Job(importing.ASK, imports.ask, timedelta(minutes=5)),
    Job("end-closed-lists", subscriptions.end_closed_lists, timedelta(hours=1)),
    Job("count-growth", subscriptions.count_growth, timedelta(hours=1)),
    Job(indexing.JOB, subscriptions.index_addresses, timedelta(minutes=1)),
    Job(allowance.WARN, abuse.warn, timedelta(minutes=5)),
    Job("read-returns", bounces.read_returns, timedelta(minutes=1)),
    Job(TAKE_OVER, incoming.take_in_objections, timedelta(minutes=5)),
    Job(receiving.SETTLE, bounces.settle_events, timedelta(minutes=1)),
    Job(events.JOB, webhooks.send_webhooks, timedelta(seconds=30)),
    Job("read-mailboxes", incoming.read_mailboxes, timedelta(minutes=2)),
    Job("remind-of-mails", incoming.remind_of_mails, timedelta(hours=1)),
    Job("note-deliveries", rights.note_deliveries, timedelta(minutes=5)),
    Job("settle-corrections", rights.settle_corrections, timedelta(minutes=1)),
    Job("archive-requests", rights.archive, timedelta(hours=24)),
    Job("warn-of-deadlines", rights.warn_of_deadlines, timedelta(hours=1)),
    Job("remind-of-identity", rights.remind_of_identity, timedelta(hours=6)),
    Job("end-copies", rights.end_copies, timedelta(hours=1)),
    Job(journal.JOB, rights.write_erasures, timedelta(hours=1)),
    Job(audit.SEAL, audit.seal, timedelta(minutes=1)),
    Job(audit.VERIFY, audit.verify, timedelta(hours=24)),
    Job(oversight.JOB, oversight.watch_looks, timedelta(hours=24)),
    Job(withdrawals.JOB, consent.write_withdrawals, timedelta(hours=1)),
    Job(consent.ANCHOR, consent.anchor, timedelta(hours=1)),
    Job("warn-of-breaches", breaches.warn_of_breaches, timedelta(minutes=15)),
    Job(telling.JOB, breaches.tell_persons, timedelta(minutes=1)),
    Job("note-tellings", breaches.note_tellings, timedelta(minutes=5)),
    Job("watch", breaches.watch, timedelta(minutes=15)),
    Job("verify-ledger", breaches.verify_ledger, timedelta(hours=24)),
    Job("keep-register", register.keep_register, timedelta(hours=24)),
    Job("purge", retention.purge, timedelta(hours=6)),
    Job("ask-renewals", retention.ask_renewals, timedelta(hours=24)),
    Job("lapse", retention.lapse, timedelta(hours=24)),
)
