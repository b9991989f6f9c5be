"""How far a session has come, and until when it lasts."""

from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """What has been shown of what the account asks for."""

    # The passphrase was shown: only the pages of the second factor are open.
    FACTOR_OWED = "factor-owed"
    FULL = "full"


# OWASP ASVS 7.3: half an hour without a request, a working day in all.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# Long enough to find a telephone or a key.
OWED = timedelta(minutes=10)
# That a session was seen is written down no more often than this.
MARK_EVERY = timedelta(minutes=1)
# Requests that were under way with the former id are still answered.
OVERLAP = timedelta(minutes=1)


def expiry(standing: Standing, since: datetime, seen: datetime) -> datetime:
    """When the session ends if nobody asks for anything more."""
    if standing is Standing.FACTOR_OWED:
        return since + OWED
    return min(seen + IDLE, since + LONGEST)
