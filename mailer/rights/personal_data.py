"""What the requests hold of one person, by fingerprint."""

from sqlalchemy import select

from mailer.db import db
from mailer.rights.models import RightsRequest


def collect(fingerprint: str) -> list[dict[str, object]]:
    """Each request made for the address, with the letters that answered it (GDPR art. 15)."""
    cases = db.session.scalars(
        select(RightsRequest)
        .where(RightsRequest.fingerprint == fingerprint)
        .order_by(RightsRequest.id)
    )
    return [
        {
            "what": "rights_request",
            "reference": case.reference,
            "received_on": case.received_on,
            "channel": case.channel.value,
            "address": case.address,
            "verbatim": case.verbatim,
            "rights": [right.value for right in case.rights],
            "state": case.state.value,
            "closing_reason": case.closing_reason,
            "letters": [(letter.kind.value, letter.written_at) for letter in case.letters],
        }
        for case in cases
    ]
