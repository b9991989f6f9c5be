"""What may be the trace of an incident: a rule each. They propose; the officer decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailer.breaches.kinds import Detector

WINDOW = timedelta(hours=1)
ROWS = re.compile(r"(?:^| )rows:(\d+)(?: |$)")


@dataclass(frozen=True)
class Sign:
    """Something to look at. Its key makes the same thing be proposed once."""

    detector: Detector
    key: str
    facts: Mapping[str, int | str]


def broken_ledger(fault: str | None) -> Sign | None:
    """The ledger of consents was verified and is not whole; the first fault names it."""
    return Sign(Detector.LEDGER, fault, {"fault": fault}) if fault else None


def many_failures(count: int, ceiling: int, at: datetime, last: datetime | None) -> Sign | None:
    """Too many sign-ins failed within the hour before; a burst is told of once an hour."""
    is_told = last is not None and at - last < WINDOW
    if count < ceiling or is_told:
        return None
    return Sign(Detector.SIGN_INS, at.isoformat(timespec="minutes"), {"failures": count})


def large_export(entry: int, subject: str, ceiling: int) -> Sign | None:
    """An export of the audit record took more addresses than the ceiling."""
    found = ROWS.search(subject)
    rows = int(found[1]) if found else 0
    return Sign(Detector.EXPORT, str(entry), {"rows": rows}) if rows > ceiling else None
