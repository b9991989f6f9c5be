"""How often somebody wants a letter, and how long they may ask for silence."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mailer.clock import PARIS, add_months, paris_day

PAUSE_MONTHS = 6
WEEKS_APART = 4


class Frequency(StrEnum):
    """At most how often the letters of one list go to one person."""

    EACH = "each"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


# So many civil days lie between one letter and the next; four weeks, so that a letter that leaves
# on every fourth Monday is never left out.
DAYS_APART = {Frequency.WEEKLY: 7, Frequency.MONTHLY: 7 * WEEKS_APART}


def last_too_near(frequency: Frequency, at: datetime) -> datetime:
    """From that instant on, a letter is too near for the next to leave now."""
    return midnight(paris_day(at) - timedelta(days=DAYS_APART[frequency] - 1))


def midnight(day: date) -> datetime:
    """The first instant of the civil day in Paris."""
    return datetime.combine(day, time(), PARIS)


def longest_pause(at: datetime) -> date:
    """The last day on which a pause may end."""
    return add_months(paris_day(at), PAUSE_MONTHS)
