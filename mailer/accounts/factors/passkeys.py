"""Passkeys (WebAuthn level 3): what the browser is asked, and what came back, verified.

User verification is required everywhere, so that a passkey alone is two factors: the device and
the finger, the face or the PIN that opens it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mailer.errors import Invalid

# An answer with a certificate in it has some thousand characters.
LONGEST_ANSWER = 20_000
VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class Site:
    """Whom a passkey is for: the domain, the origin of its pages, and its name."""

    domain: str
    origin: str
    name: str

    @property
    def can_have_any(self) -> bool:
        """Whether browsers make passkeys for it: never for a bare address (WebAuthn, 5.1.2)."""
        try:
            ip_address(self.domain)
        except ValueError:
            return self.origin.startswith("https:") or self.domain == "localhost"
        return False


@dataclass(frozen=True)
class Made:
    """A new passkey."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class Known:
    """A passkey as it was last seen."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    handle: bytes


@dataclass(frozen=True)
class Owner:
    """Whose passkey it is to be: a handle that says nothing, and what the device shows."""

    handle: bytes
    email: str
    name: str


def site(base_url: str, name: str) -> Site:
    """The site at that address."""
    url = urlsplit(base_url)
    return Site(url.hostname or "", f"{url.scheme}://{url.netloc}", name)


def creation(place: Site, owner: Owner, challenge: bytes, known: Iterable[bytes]) -> str:
    """What the browser is asked in order to make a passkey, as JSON; none of the known again."""
    options = generate_registration_options(
        rp_id=place.domain,
        rp_name=place.name,
        user_id=owner.handle,
        user_name=owner.email,
        user_display_name=owner.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json(options)


def request(place: Site, challenge: bytes, known: Iterable[bytes] = ()) -> str:
    """What the browser is asked in order to show a passkey, as JSON; any of ours without known."""
    options = generate_authentication_options(
        rp_id=place.domain,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        user_verification=VERIFIED,
    )
    return options_to_json(options)


def made(answer: str, place: Site, challenge: bytes) -> Made:
    """The passkey that was made; Invalid for an answer to another question."""
    try:
        verified = verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Invalid("passkey") from None
    return Made(verified.credential_id, verified.credential_public_key, verified.sign_count)


def shown(answer: str, place: Site, challenge: bytes, known: Known) -> int:
    """How often the passkey says it was used; Invalid unless it signed our challenge just now."""
    content = _read(answer)
    handle = content["response"].get("userHandle")
    if handle is not None and handle != bytes_to_base64url(known.handle):
        raise Invalid("passkey")
    try:
        verified = verify_authentication_response(
            credential=content,
            expected_challenge=challenge,
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Invalid("passkey") from None
    return verified.new_sign_count


def named(answer: str) -> bytes:
    """Which passkey the answer says it is of; Invalid when it says none."""
    return _from_base64(str(_read(answer).get("rawId", "")))


def _read(answer: str) -> dict[str, Any]:
    try:
        content = json.loads(answer[:LONGEST_ANSWER])
    except (ValueError, RecursionError):
        raise Invalid("passkey") from None
    if not isinstance(content, dict) or not isinstance(content.get("response"), dict):
        raise Invalid("passkey")
    return content


def _from_base64(text: str) -> bytes:
    try:
        return base64url_to_bytes(text)
    except ValueError:
        raise Invalid("passkey") from None
