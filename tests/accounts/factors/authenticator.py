"""A device in software: it makes passkeys and signs with them as a telephone or a key does."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


@dataclass
class Device:
    """It remembers one passkey; `flags` says what it did to know its owner."""

    origin: str
    flags: int = PRESENT | VERIFIED
    uses: int = 0
    handle: str = ""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: str) -> str:
        """The answer to navigator.credentials.create()."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        shown = self._authenticator_data(asked["rp"]["id"], self._attested())
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": shown})
        client = self._client_data("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=encoded(client), attestationObject=encoded(statement))

    def get(self, options: str) -> str:
        """The answer to navigator.credentials.get()."""
        asked = json.loads(options)
        self.uses += 1
        shown = self._authenticator_data(asked["rpId"])
        client = self._client_data("webauthn.get", asked["challenge"])
        signed = shown + hashlib.sha256(client).digest()
        return self._answer(
            clientDataJSON=encoded(client),
            authenticatorData=encoded(shown),
            signature=encoded(self.key.sign(signed, ec.ECDSA(SHA256()))),
            userHandle=self.handle,
        )

    def _authenticator_data(self, domain: str, attested: bytes = b"") -> bytes:
        flags = self.flags | (ATTESTED if attested else 0)
        head = hashlib.sha256(domain.encode()).digest() + bytes([flags])
        return head + self.uses.to_bytes(4, "big") + attested

    def _attested(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        return bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, **response: str) -> str:
        name = encoded(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
