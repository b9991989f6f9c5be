"""When the demo's requests must have been received to be late, urgent or at leisure today."""

from datetime import date, timedelta

from mailer.rights.deadlines import answer_due
from mailer.rulebook import Rulebook

# A month, and what week-ends and holidays may add to it.
LOOK_BACK_DAYS = 45
SOON_DAYS = 7


def receipts(today: date, rules: Rulebook, calendar: str) -> dict[str, date]:
    """Days whose real due dates are just past, twice within a week, later, and long past."""
    days = [today - timedelta(days=ago) for ago in range(LOOK_BACK_DAYS)]
    left = {day: (answer_due(day, rules, calendar).due - today).days for day in days}
    soon = [day for day in days if 0 < left[day] <= SOON_DAYS]
    return {
        "long-ago": today - timedelta(days=70),
        "last-month": today - timedelta(days=24),
        "late": max(day for day in days if left[day] < 0),
        "urgent": min(soon),
        "soon": max(soon),
        "last-week": today - timedelta(days=6),
        "yesterday": today - timedelta(days=1),
    }
