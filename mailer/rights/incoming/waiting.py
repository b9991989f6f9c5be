"""Drafts that have waited: their month runs, whether or not somebody has looked at them."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from mailer import rulebook
from mailer.clock import paris_day
from mailer.rights.deadlines import answer_due, receipt_day, working_days_after
from mailer.rights.incoming import queries
from mailer.rights.incoming.models import IncomingMail


def due(mail: IncomingMail) -> date:
    """The last day in time, should the mail be a request."""
    received = receipt_day(mail.received_at)
    return answer_due(received, rulebook.load(), current_app.config["HOLIDAY_CALENDAR"]).due


def remind(today: date) -> Sequence[IncomingMail]:
    """The drafts that are older than they may be, noted as told of today; each day once."""
    rules = rulebook.load()
    calendar = rules.calendars[current_app.config["HOLIDAY_CALENDAR"]]
    days = rules.figures.acknowledgement_working_days.value
    late = [
        mail
        for mail in queries.not_reminded(today)
        if today >= working_days_after(paris_day(mail.received_at), days, calendar)
    ]
    for mail in late:
        mail.reminded_on = today
    return late
