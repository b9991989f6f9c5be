"""Campaigns that try two subjects, what became of them, and who leaves meanwhile."""

from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header

import time_machine
from sqlalchemy import select

from mailer.clock import now
from mailer.consent.evidence import Method
from mailer.db import db, transaction
from mailer.delivery import jobs, pace
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.subject_models import SubjectTest
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscription

OWN, OTHER = "Le phare rouvre", "Montez au phare cet été"
WAIT = timedelta(hours=4, minutes=1)
PEOPLE = 240


def work():
    jobs.start_due()
    jobs.decide_subjects()
    jobs.send_batches()
    jobs.decide_subjects()
    jobs.send_batches()


def work_until(later):
    """The hold passes, the trial leaves, the wait passes."""
    with time_machine.travel(now() + pace.HOLD, tick=True):
        work()
    with time_machine.travel(now() + later, tick=True):
        work()


def plan_of(number):
    db.session.rollback()
    return db.session.get(SubjectTest, number)


def state_of(number):
    db.session.rollback()
    return db.session.get(Campaign, number).state


def by_subject(taken):
    found = (message_from_bytes(each.content)["Subject"] for each in taken)
    return Counter(str(make_header(decode_header(subject))) for subject in found)


def have_leave(number, variant, count):
    """So many of those who got that subject leave by the link of their mail."""
    with transaction():
        found = (
            select(Subscription.id, Delivery.id)
            .join(Delivery, Delivery.subscriber_id == Subscription.subscriber_id)
            .where(Delivery.campaign_id == number, Delivery.variant == variant)
            .limit(count)
        )
        for line, delivery in db.session.execute(found).all():
            subscriptions.end(line, f"delivery:{delivery}", now(), Method.ONE_CLICK_POST)


def recipients(taken):
    return Counter(each.recipient for each in taken)
