"""What holds all campaigns back now: the quiet hours, the limits, relays that do not answer."""

from datetime import datetime

from flask import current_app

from mailer.delivery import hours, pace
from mailer.mail import allowances
from mailer.mail.limits import Held


def now_held(at: datetime) -> Held | None:
    """What lets no campaign send now, and until when; None when some mail may leave."""
    return pace.held_until(quiet_until(at), allowances.held(at))


def quiet_until(at: datetime) -> datetime | None:
    """When the quiet hours of the settings end; None when campaigns may send now."""
    return hours.resumes_at(current_app.config["QUIET_HOURS"], at)
