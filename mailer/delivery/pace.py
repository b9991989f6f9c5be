"""How long a campaign holds, how much is claimed at once, and how long a pause lasts."""

from datetime import timedelta

# The time to think again after pressing the button.
HOLD = timedelta(seconds=60)

# How long a relay that does not answer is left alone: back within a minute of its return.
RELAY_PAUSE = timedelta(seconds=30)

FIRST_BATCH = 50
SMALLEST_BATCH = 10
LARGEST_BATCH = 500

# A batch takes about this long: a person who objects is out of the next one, and a worker that
# dies leaves no more than this in doubt.
BATCH_TIME = timedelta(seconds=2)

# A batch that is not recorded by then belonged to a worker that died.
LEASE = timedelta(minutes=30)


def next_batch(size: int, took: timedelta) -> int:
    """How many to claim after a batch of that size took that long."""
    fitting = int(size * BATCH_TIME / max(took, timedelta(milliseconds=1)))
    return max(SMALLEST_BATCH, min(LARGEST_BATCH, fitting, size * 4))
