"""When the demo's requests must have been received to be late, urgent or at leisure today."""

from dataclasses import dataclass
from datetime import date, timedelta

from mailer.rights.deadlines import answer_due
from mailer.rulebook import Rulebook

# A month, and what week-ends and holidays may add to it.
LOOK_BACK_DAYS = 45
SOON_DAYS = 7


@dataclass(frozen=True)
class Receipts:
    """Days of receipt."""

    late: date
    soon: tuple[date, date]
    recent: tuple[date, date]
    past: tuple[date, date]


def receipts(today: date, rules: Rulebook, calendar: str) -> Receipts:
    """Days whose real due dates are: just past, twice within a week, and later."""
    days = [today - timedelta(days=ago) for ago in range(LOOK_BACK_DAYS)]
    left = {day: (answer_due(day, rules, calendar).due - today).days for day in days}
    soon = [day for day in days if 0 < left[day] <= SOON_DAYS]
    return Receipts(
        late=max(day for day in days if left[day] < 0),
        soon=(soon[-1], soon[0]),
        recent=(today - timedelta(days=5), today - timedelta(days=1)),
        past=(today - timedelta(days=70), today - timedelta(days=24)),
    )
