"""When a letter was sent, as other programs write it."""

from datetime import UTC, datetime

from mailer.subscriptions.imports.instants import instant

# Mailchimp, campaigns.csv: "May 19, 2019 06:00 pm".
FORMATS = ("%b %d, %Y %I:%M %p", "%B %d, %Y %I:%M %p")


def at(text: str) -> datetime | None:
    """The instant that is written there; None for anything else."""
    found = instant(text.strip())
    for form in FORMATS:
        if found is None:
            found = _read(text.strip(), form)
    return found


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None
