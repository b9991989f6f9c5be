"""A topic of Amazon SNS, with a key and a certificate of the test's own."""

import json
from base64 import b64encode
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from mailer.bounces.signatures_sns import SIGNED, signed_text

TOPIC = "arn:aws:sns:eu-west-3:123456789012:retours"
HOST = "https://sns.eu-west-3.amazonaws.com"
CERTIFICATE_URL = f"{HOST}/SimpleNotificationService-0123456789abcdef.pem"
SUBSCRIBE_URL = f"{HOST}/?Action=ConfirmSubscription&Token=abc"
KEY = rsa.generate_private_key(65537, 2048)


def certificate(key=KEY):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
    )
    return built.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def signed(message, version="1", key=KEY):
    """The message with what SNS adds to it."""
    whole = {
        "TopicArn": TOPIC,
        "Timestamp": "2026-11-02T09:00:00.000Z",
        "SignatureVersion": version,
        "SigningCertURL": CERTIFICATE_URL,
    } | message
    algorithm = hashes.SHA1() if version == "1" else hashes.SHA256()  # noqa: S303 - version 1
    text = signed_text(whole, SIGNED[whole["Type"]]).encode()
    signature = key.sign(text, padding.PKCS1v15(), algorithm)
    return whole | {"Signature": b64encode(signature).decode()}


def bounce(message_id="m-1", recipient="alix@exemple.fr"):
    said = {
        "eventType": "Bounce",
        "mail": {"messageId": "0100-ses", "destination": [recipient]},
        "bounce": {
            "bounceType": "Permanent",
            "bounceSubType": "General",
            "bouncedRecipients": [{"emailAddress": recipient, "status": "5.1.1"}],
        },
    }
    return {"Type": "Notification", "MessageId": message_id, "Message": json.dumps(said)}


def subscription():
    return {
        "Type": "SubscriptionConfirmation",
        "MessageId": "s-1",
        "Message": "You have chosen to subscribe",
        "Token": "abc",
        "SubscribeURL": SUBSCRIBE_URL,
    }
