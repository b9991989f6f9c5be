"""Signed links: one salt and one lifetime per purpose, so that no token serves another's end."""

import hashlib
import hmac
from binascii import b2a_base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode, int_to_bytes

from mailer import rulebook
from mailer.errors import Expired, Invalid

Payload = int | str | list[int | str]


@dataclass(frozen=True)
class Purpose:
    """What a token is for. A lifetime of None never ends: leaving must always be possible."""

    salt: str
    lifetime: timedelta | None

    def sign(self, payload: Payload) -> str:
        """A token for the payload, which must hold no personal data."""
        signed = self._serializer().dumps(payload)
        return signed if isinstance(signed, str) else signed.decode()

    def signer(self) -> "Signer":
        """For many tokens of one moment: its key is derived, and the time written, once."""
        signer = self._serializer().make_signer(self.salt)
        stamp = base64_encode(int_to_bytes(signer.get_timestamp()))  # type: ignore[attr-defined]  # a TimestampSigner
        return Signer(signer.derive_key(), b"." + stamp)

    def read(self, token: str) -> Payload:
        """The payload; raises Expired when its time is over, Invalid when we did not sign it."""
        seconds = int(self.lifetime.total_seconds()) if self.lifetime else None
        try:
            payload: Payload = self._serializer().loads(token, max_age=seconds)
        except SignatureExpired:
            raise Expired(self.salt) from None
        except BadSignature:
            raise Invalid(self.salt) from None
        return payload

    def read_id(self, token: str) -> int:
        """The one number that the token carries."""
        payload = self.read(token)
        if not isinstance(payload, int):
            raise Invalid(self.salt)
        return payload

    def read_late_id(self, token: str) -> int:
        """The one number that the token carries, even when its time is over."""
        return replace(self, lifetime=None).read_id(token)

    def _serializer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            current_app.config["SECRET_KEYS"],
            salt=self.salt,
            signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
        )


@dataclass(frozen=True)
class Signer:
    """Makes tokens as sign() does, at a twentieth of the cost; it never compresses them.

    Payload, time and their HMAC, each in base64, with a dot between (itsdangerous, timed.py).
    """

    key: bytes
    stamp: bytes

    def sign(self, payload: bytes) -> bytes:
        """A token for the payload in JSON without spaces, which must hold no personal data."""
        signed = _url_safe(payload) + self.stamp
        return signed + b"." + _url_safe(hmac.digest(self.key, signed, "sha256"))


URL_SAFE = bytes.maketrans(b"+/", b"-_")


def _url_safe(data: bytes) -> bytes:
    """As itsdangerous encodes, in half of its time."""
    return b2a_base64(data, newline=False).translate(URL_SAFE, b"=")


@dataclass(frozen=True)
class Seal:
    """A short proof for an address that stands many times in one mail, or in a million mails."""

    salt: str
    # 96 bits, of which nobody can try enough.
    proof_bytes: int = 12

    def sign(self, name: str) -> str:
        """The name, which must hold nothing personal and no dash, and our proof of it."""
        return self.sealer()(name)

    def sealer(self) -> Callable[[str], str]:
        """Signs many names: the key is looked up once."""
        key = current_app.config["SECRET_KEYS"][-1].encode()
        return lambda name: f"{name}-{self._proof(key, name)}"

    def read(self, token: str) -> str:
        """The name; raises Invalid when we did not sign it."""
        name, _, proof = token.partition("-")
        for key in current_app.config["SECRET_KEYS"]:
            if hmac.compare_digest(proof.encode(), self._proof(key.encode(), name).encode()):
                return name
        raise Invalid(self.salt)

    def _proof(self, key: bytes, name: str) -> str:
        # One salt for each end, as the purposes above have it.
        digest = hmac.digest(key, f"{self.salt}\0{name}".encode(), "sha256")
        return _url_safe(digest[: self.proof_bytes]).decode()


FIGURES = rulebook.load().figures

# Long enough for a week-end away from the mailbox, short enough for a forgotten one.
CONFIRM = Purpose(
    "confirm-subscription",
    timedelta(hours=FIGURES.confirmation_hours.value),
)
# To choose the first passphrase: the invitation, and how often it was sent.
INVITE = Purpose("invite", timedelta(days=FIGURES.invitation_days.value))
# To choose another one: the account, and a digest of what the former one left.
CHOOSE_PASSPHRASE = Purpose(
    "choose-passphrase", timedelta(minutes=FIGURES.passphrase_link_minutes.value)
)
UNSUBSCRIBE = Purpose("unsubscribe", None)
# The row says until when the answer counts (renewal_days of the rulebook).
RENEW = Purpose("renew-subscriptions", None)
# A fresh proof of the mailbox, for the pages that show and change what a person chose. The payload
# is the subscriber.
MANAGE = Purpose("manage-subscriptions", timedelta(minutes=30))
# A change of address, and which of the two mailboxes the link was sent to.
CHANGE_ADDRESS = Purpose("change-address", timedelta(hours=FIGURES.change_address_hours.value))
RIGHTS_MAILBOX = Purpose("rights-mailbox", timedelta(days=30))
# The page that follows a request: long enough to note its reference.
RIGHTS_REGISTERED = Purpose("rights-registered", timedelta(hours=2))
# To the answer that a question about who asks waits for.
RIGHTS_IDENTITY = Purpose("rights-identity", timedelta(days=FIGURES.identity_close_days.value))
# The state of a request, for one sitting: the page behind it sends a fresh one to the mailbox.
RIGHTS_STATUS = Purpose("rights-status", timedelta(minutes=30))
# To a copy; a code sent to the same mailbox opens it, for one sitting.
RIGHTS_COPY = Purpose("rights-copy", timedelta(days=FIGURES.response_link_days.value))
RIGHTS_OPENED = Purpose("rights-opened", timedelta(minutes=30))
# The calendar of an officer: "3.d1ge57", the account and a digest of its stamp.
RIGHTS_CALENDAR = Seal("rights-calendar")
# Anybody may read the web version of a letter, for as long as it is kept.
WEB_VERSION = Purpose("web-version", None)
# What is measured: "c12" for all of a campaign, "d34" for one mail.
MEASURE = Seal("measure")
