"""Challenges for passkeys: signed instead of kept, and each good once.

The page carries a token; its digest is the challenge. Nothing is written when a page is shown.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from flask import current_app

from mailer.accounts.factors import passkeys
from mailer.accounts.factors.passkeys import Site
from mailer.errors import Expired, Invalid
from mailer.tokens import Purpose
from mailer.web import counters
from mailer.web.counters import Window

# As long as somebody leaves the page of signing in open; the answer needs a person at once.
LIFETIME = timedelta(hours=1)
REGISTER = Purpose("passkey-register", LIFETIME)
SHOW = Purpose("passkey-show", LIFETIME)
# Whoever signs in with nothing but a passkey.
ANYBODY = 0
SPENT = "passkey"


@dataclass(frozen=True)
class Ceremony:
    """One question to a device: the token in the form, and the challenge that it stands for."""

    token: str

    @property
    def challenge(self) -> bytes:
        return sha256(self.token.encode()).digest()


def begin(purpose: Purpose, at: datetime, account_id: int = ANYBODY) -> Ceremony:
    """A question nobody was asked before."""
    return Ceremony(purpose.sign([account_id, int(at.timestamp()), secrets.token_urlsafe(16)]))


def spend(purpose: Purpose, token: str, account_id: int = ANYBODY) -> Ceremony:
    """The question that was asked; Invalid for one of somebody else, Expired when it is over.

    Do it in the transaction that takes the answer: of two answers to one question, one counts.
    """
    asked = purpose.read(token)
    if not isinstance(asked, list) or asked[0] != account_id:
        raise Invalid(purpose.salt)
    ceremony = Ceremony(token)
    # Counters are kept for a day, longer than any token is valid.
    spent = Window(SPENT, ceremony.challenge.hex()[:32], datetime.fromtimestamp(int(asked[1]), UTC))
    if counters.count([spent])[spent] > 1:
        raise Expired(purpose.salt)
    return ceremony


def site() -> Site:
    """The site that passkeys are for: the public address, which the devices show to people."""
    return passkeys.site(current_app.config["BASE_URL"], current_app.config["ORGANISATION"])
