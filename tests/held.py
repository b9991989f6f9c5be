"""What the ledger still holds of a person in clear, event by event, as the proof shows it."""

from mailer.consent import proof


def held(fingerprint: str) -> list[dict[str, str]]:
    """Address, page, network and program of each event, oldest first."""
    events = proof.of(fingerprint).events
    return [{**each.sealed.content, **each.trace.content} for each in events]
