"""The signature of a message of Amazon SNS, and the only hosts that such a message may name.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import load_pem_x509_certificate

from mailer.bounces.providers.reading import Table, text

CONFIRMATION = "SubscriptionConfirmation"
NOTIFIED = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
CONFIRMED = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
SIGNED: Mapping[str, tuple[str, ...]] = {
    "Notification": NOTIFIED,
    CONFIRMATION: CONFIRMED,
    "UnsubscribeConfirmation": CONFIRMED,
}
# SignatureVersion.
HASHES: Mapping[str, hashes.HashAlgorithm] = {"1": hashes.SHA1(), "2": hashes.SHA256()}  # noqa: S303 - version 1 of their signature

HOST = re.compile(r"sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?")
CERTIFICATE = re.compile(r"/SimpleNotificationService-[0-9a-f]{1,64}\.pem")
TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+")


def certificate_url(message: Table) -> str | None:
    """Where the certificate of the signature is; None for a place that is not Amazon's."""
    url = text(message.get("SigningCertURL"))
    return url if _is_amazons(url) and CERTIFICATE.fullmatch(urlsplit(url).path) else None


def subscribe_url(message: Table) -> str | None:
    """What is asked for to confirm the subscription; None for a place that is not Amazon's."""
    url = text(message.get("SubscribeURL"))
    return url if text(message.get("Type")) == CONFIRMATION and _is_amazons(url) else None


def _is_amazons(url: str) -> bool:
    try:
        parts = urlsplit(url)
        plain = parts.port is None and parts.username is None
    except ValueError:
        return False
    return parts.scheme == "https" and plain and bool(HOST.fullmatch(parts.hostname or ""))


@dataclass(frozen=True)
class Signature:
    """The signature that a message bears, and over what."""

    value: bytes
    algorithm: hashes.HashAlgorithm
    signed: bytes

    def is_by(self, certificate: bytes) -> bool:
        """Whether the key of that certificate (PEM) made it."""
        try:
            key = load_pem_x509_certificate(certificate).public_key()
        except ValueError:
            return False
        return isinstance(key, rsa.RSAPublicKey) and _is_by(key, self)


def signature_of(message: Table) -> Signature | None:
    """The signature of the message; None where there can be none."""
    fields = SIGNED.get(text(message.get("Type")))
    algorithm = HASHES.get(text(message.get("SignatureVersion")))
    try:
        value = b64decode(text(message.get("Signature")), validate=True)
    except ValueError:
        return None
    if fields is None or algorithm is None or not value:
        return None
    return Signature(value, algorithm, signed_text(message, fields).encode())


def signed_text(message: Table, fields: tuple[str, ...]) -> str:
    """Name and value of each field that is there, a line each."""
    return "".join(f"{name}\n{text(message[name])}\n" for name in fields if name in message)


def _is_by(key: rsa.RSAPublicKey, signature: Signature) -> bool:
    try:
        key.verify(signature.value, signature.signed, padding.PKCS1v15(), signature.algorithm)
    except InvalidSignature:
        return False
    return True
