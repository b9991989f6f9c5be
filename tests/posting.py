"""What a sending service would post to us, signed as it signs."""

import hmac
from base64 import b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LOGIN = "retours:un mot de passe long"
# The keys that the outside cases were signed with.
MAILGUN_KEYS = ["TEST_WEBHOOK_SIGNING_KEY", "TEST_API_KEY"]
SENDGRID = ec.generate_private_key(ec.SECP256R1())


def basic(login=LOGIN):
    return {"Authorization": f"Basic {b64encode(login.encode()).decode()}"}


def sendgrid_key(key=SENDGRID):
    """The public key, as the service shows it."""
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(public).decode()


def sendgrid_headers(timestamp, body, key=SENDGRID):
    signature = key.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    return {
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
    }


def mailgun_signature(timestamp, token="7" * 50, key=MAILGUN_KEYS[0]):
    digest = hmac.digest(key.encode(), f"{timestamp}{token}".encode(), "sha256").hex()
    return {"timestamp": timestamp, "token": token, "signature": digest}


SECRETS = {"mailgun": [LOGIN, *MAILGUN_KEYS], "sendgrid": [LOGIN, sendgrid_key()]}
