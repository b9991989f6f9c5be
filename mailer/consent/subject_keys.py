"""The key of one person, made before it is needed."""

from sqlalchemy import text

from mailer.consent import ledger, sealing
from mailer.db import db

MAKE = text(
    'INSERT INTO subject_key (fingerprint, "key") VALUES (:fingerprint, :secret)'
    " ON CONFLICT (fingerprint) DO NOTHING"
)


def make(fingerprint: str) -> None:
    """Let the person have a key: the same statement whether or not there is one already."""
    ledger.take_turn()
    db.session.execute(MAKE, {"fingerprint": fingerprint, "secret": sealing.new_key()})
