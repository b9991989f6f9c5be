"""How long a campaign holds, how much is claimed at once, and what holds it back."""

from datetime import UTC, datetime, timedelta

from mailer.mail.limits import Held

# The time to think again after pressing the button.
HOLD = timedelta(seconds=60)

# A claim older than that is asked for again: whoever objects gets nothing that is handed over more
# than so much later.
FRESH = timedelta(seconds=4)

# What holds a campaign at night.
QUIET_HOURS = "quiet-hours"

# The hour of whoever waits until a subject is chosen: no claim looks so far.
UNDECIDED = datetime(9999, 1, 1, tzinfo=UTC)

FIRST_BATCH = 50
SMALLEST_BATCH = 10
LARGEST_BATCH = 1000

# A batch takes about this long: a machine that loses its power leaves no more than this in doubt.
BATCH_TIME = timedelta(seconds=1)

# A batch that is not recorded by then belonged to a worker that died.
LEASE = timedelta(minutes=30)


def next_batch(size: int, took: timedelta) -> int:
    """How many to claim after a batch of that size took that long."""
    fitting = int(size * BATCH_TIME / max(took, timedelta(milliseconds=1)))
    return max(SMALLEST_BATCH, min(LARGEST_BATCH, fitting, size * 4))


def held_until(quiet_until: datetime | None, held: Held | None) -> Held | None:
    """What holds a campaign longest of the quiet hours and the limits; None when nothing does."""
    quiet = Held(quiet_until, QUIET_HOURS) if quiet_until else None
    return max(filter(None, (quiet, held)), key=lambda each: each.until, default=None)
