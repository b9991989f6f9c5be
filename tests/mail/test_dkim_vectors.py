"""The signed message of RFC 8463, appendix A."""

from base64 import b64decode, b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mailer.mail.dkim import Key, relaxed_body, relaxed_fields

FIELDS = [
    b"From: Joe SixPack <joe@football.example.com>",
    b"To: Suzie Q <suzie@shopping.example.net>",
    b"Subject: Is dinner ready?",
    b"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
    b"Message-ID: <20030712040037.46341.5F8J@football.example.com>",
]
BODY = b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n\r\n"
NAMES = b"from to subject date message-id from subject date".split()

HASH = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
HEADER = (
    "dkim-signature:v=1; a={}-sha256; c=relaxed/relaxed; d=football.example.com;"
    " i=@football.example.com; q=dns/txt; s={}; t=1528637909; h=from : to : subject : date :"
    " message-id : from : subject : date; bh=" + HASH + "; b="
)

ED25519_SECRET = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
ED25519_SIGNATURE = (
    "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
)

RSA_PUBLIC = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi"
    "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZy"
    "VYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
)
RSA_SIGNATURE = (
    "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tF"
    "OeS9mPYQTnGdaSGsgeefOsk2JzdA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8="
)


def data(algorithm, selector):
    fields = dict(relaxed_fields(b"\r\n".join(FIELDS)))
    signed = [b"%b:%b\r\n" % (name, fields.pop(name)) for name in NAMES if name in fields]
    return b"".join(signed) + HEADER.format(algorithm, selector).encode()


def test_the_hash_of_the_body_is_that_of_the_appendix():
    assert b64encode(sha256(relaxed_body(BODY)).digest()).decode() == HASH


def test_the_ed25519_signature_is_that_of_the_appendix():
    secret = Ed25519PrivateKey.from_private_bytes(b64decode(ED25519_SECRET))
    seal = Key("football.example.com", "brisbane", secret).seal(data("ed25519", "brisbane"))

    assert b64encode(seal).decode() == ED25519_SIGNATURE


def test_the_rsa_signature_of_the_appendix_is_one_of_what_we_sign():
    # Its secret half has 1024 bits, which we sign with no more.
    load_der_public_key(b64decode(RSA_PUBLIC)).verify(
        b64decode(RSA_SIGNATURE), data("rsa", "test"), PKCS1v15(), SHA256()
    )
