"""The clock of a notification: hours that pass, week-ends and holidays too (GDPR art. 33(1)).

A time in hours runs through every hour (Reg. 1182/71 art. 3(3)), so that it is counted in UTC: a
change of the legal hour in between makes it neither longer nor shorter.
"""

from datetime import UTC, datetime, timedelta

# So many hours after the clock started, the officer is reminded; then once when it is over.
REMINDERS = (24, 48, 66)
OVER = "over"


def ends_at(aware_at: datetime, hours: int) -> datetime:
    """The last instant in time, for who became aware then."""
    return aware_at.astimezone(UTC) + timedelta(hours=hours)


def left(aware_at: datetime, at: datetime, hours: int) -> timedelta:
    """How long is left at that instant; negative once it is over."""
    return ends_at(aware_at, hours) - at.astimezone(UTC)


def timer(aware_at: datetime, at: datetime, hours: int) -> str | None:
    """The reminder whose moment came last, None before the first: a missed one is not caught up."""
    if left(aware_at, at, hours) < timedelta(0):
        return OVER
    passed = at.astimezone(UTC) - aware_at.astimezone(UTC)
    come = [each for each in REMINDERS if passed >= timedelta(hours=each)]
    return f"hours-{come[-1]}" if come else None
