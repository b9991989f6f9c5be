"""Proof of work on strangers' forms: a number that a browser finds in a second, and us at once.

The scheme of ALTCHA (altcha.org/docs/v2/proof-of-work), without its code and without any third
party. Who has no script waits a minute instead: the same challenge, grown old, opens as well.
Either way it opens one post only.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import Flask, current_app, request
from itsdangerous import BadSignature, TimestampSigner

from mailer.clock import now
from mailer.web import counters
from mailer.web.counters import HOUR, window

CHALLENGE, NUMBER = "proof", "proof_number"
KIND = "proof"
# Long enough to make thousands of posts slow, short enough to wait for once.
PATIENCE = timedelta(seconds=60)


class Mode(StrEnum):
    """When the proof is asked for."""

    OFF = "off"
    ATTACK = "attack"
    ALWAYS = "always"


@dataclass(frozen=True)
class Challenge:
    """The signed text, and what the browser needs to find the number."""

    signed: str
    salt: str
    digest: str
    numbers: int


def is_asked(at: datetime) -> bool:
    """Whether strangers' forms ask for a proof now."""
    mode = Mode(current_app.config["PROOF_OF_WORK"])
    return mode is Mode.ALWAYS or (mode is Mode.ATTACK and counters.is_alarm(at))


def challenge() -> Challenge | None:
    """A new challenge for a form of this page, or None where none is asked.

    A page behind a signed link has been asked for by its mailbox already.
    """
    if "token" in (request.view_args or {}) or not is_asked(now()):
        return None
    numbers = current_app.config["PROOF_OF_WORK_NUMBERS"]
    salt = secrets.token_hex(12)
    digest = _digest(salt, str(secrets.randbelow(numbers)))
    return Challenge(_signer().sign(f"{salt}:{digest}").decode(), salt, digest, numbers)


def is_given(at: datetime) -> bool:
    """Whether the post brings a proof, or waited for its minute; each challenge counts once."""
    try:
        text, signed_at = _signer().unsign(
            request.form.get(CHALLENGE, ""),
            max_age=int(timedelta(hours=current_app.config["FORM_MAX_HOURS"]).total_seconds()),
            return_timestamp=True,
        )
    except BadSignature:
        return False
    salt, _, digest = text.decode().partition(":")
    found = hmac.compare_digest(_digest(salt, request.form.get(NUMBER, "")), digest)
    if not (found or at >= signed_at + PATIENCE):
        return False
    once = window(KIND, salt, HOUR, signed_at)
    return counters.count([once])[once] == 1


def _digest(salt: str, number: str) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _signer() -> TimestampSigner:
    keys = current_app.config["SECRET_KEYS"]
    return TimestampSigner(
        keys, salt="proof-of-work", digest_method=hashlib.sha256, key_derivation="hmac"
    )


def install(app: Flask) -> None:
    """Let the forms of visitors carry a challenge."""
    app.jinja_env.globals["proof_challenge"] = challenge
