"""When somebody said yes, as the exports of other programs write it."""

from datetime import UTC, datetime

# Mailchimp and listmonk write the first, Brevo the second, people the rest.
FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%d-%m-%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y",
    "%d/%m/%Y",
)
# No proof of a consent to letters is older than the first law that asked for one (2002/58/EC).
FIRST = datetime(2002, 7, 12, tzinfo=UTC)


def instant(text: str) -> datetime | None:
    """The instant that is written there, in UTC when no zone is named; None for anything else."""
    found = _iso(text) or next(filter(None, (_read(text, form) for form in FORMATS)), None)
    if found is None:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if aware >= FIRST else None


def _iso(text: str) -> datetime | None:
    # Go writes "2025-09-01 10:00:00.123 +0000 UTC".
    plain = text.removesuffix(" UTC").replace(" +", "+")
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        return None


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is said above
    except ValueError:
        return None
