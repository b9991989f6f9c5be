"""What of a device's answer is believed, and what is not."""

import json

import pytest
from accounts.factors.authenticator import PRESENT, Device, decoded, encoded

from mailer.accounts.factors import passkeys
from mailer.accounts.factors.passkeys import Known, Owner
from mailer.errors import Invalid

SITE = passkeys.site("https://lettre.exemple.fr", "Agence de l’Estran")
OWNER = Owner(b"\x01" * 32, "camille@exemple.fr", "Camille Morin")
CHALLENGE = b"c" * 32


@pytest.fixture
def device():
    return Device(SITE.origin)


def known_from(device):
    options = passkeys.creation(SITE, OWNER, CHALLENGE, [])
    made = passkeys.made(device.create(options), SITE, CHALLENGE)
    return Known(made.credential_id, made.public_key, made.sign_count, OWNER.handle)


def test_a_device_that_was_registered_can_show_itself(device):
    known = known_from(device)
    options = passkeys.request(SITE, CHALLENGE)

    assert passkeys.shown(device.get(options), SITE, CHALLENGE, known) == 1


def test_the_device_is_asked_to_know_its_owner_and_to_remember_the_site(device):
    asked = json.loads(passkeys.creation(SITE, OWNER, CHALLENGE, [b"known"]))

    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["attestation"] == "none"
    assert asked["excludeCredentials"][0]["id"] == encoded(b"known")
    assert json.loads(passkeys.request(SITE, CHALLENGE))["userVerification"] == "required"


def test_a_device_that_does_not_know_its_owner_is_refused(device):
    known = known_from(device)
    device.flags = PRESENT

    with pytest.raises(Invalid, match="passkey"):
        passkeys.shown(device.get(passkeys.request(SITE, CHALLENGE)), SITE, CHALLENGE, known)
    with pytest.raises(Invalid, match="passkey"):
        known_from(Device(SITE.origin, flags=PRESENT))


def test_an_answer_given_to_another_site_is_refused(device):
    known = known_from(device)
    device.origin = "https://lettre.exemp1e.fr"

    with pytest.raises(Invalid, match="passkey"):
        passkeys.shown(device.get(passkeys.request(SITE, CHALLENGE)), SITE, CHALLENGE, known)


def test_an_answer_to_another_question_is_refused(device):
    known = known_from(device)
    answer = device.get(passkeys.request(SITE, b"d" * 32))

    with pytest.raises(Invalid, match="passkey"):
        passkeys.shown(answer, SITE, CHALLENGE, known)


def test_a_copy_of_the_device_is_noticed_by_its_count(device):
    known = known_from(device)
    device.uses = 6
    counted = passkeys.shown(device.get(passkeys.request(SITE, CHALLENGE)), SITE, CHALLENGE, known)
    device.uses = 3

    with pytest.raises(Invalid, match="passkey"):
        passkeys.shown(
            device.get(passkeys.request(SITE, CHALLENGE)),
            SITE,
            CHALLENGE,
            Known(known.credential_id, known.public_key, counted, known.handle),
        )


def test_a_key_that_names_another_owner_is_refused(device):
    known = known_from(device)
    device.handle = encoded(b"\x02" * 32)

    with pytest.raises(Invalid, match="passkey"):
        passkeys.shown(device.get(passkeys.request(SITE, CHALLENGE)), SITE, CHALLENGE, known)


def test_a_signature_of_another_key_is_refused(device):
    known = known_from(device)
    other = Device(SITE.origin, credential_id=device.credential_id, handle=device.handle)

    with pytest.raises(Invalid, match="passkey"):
        passkeys.shown(other.get(passkeys.request(SITE, CHALLENGE)), SITE, CHALLENGE, known)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"response": []}',
        '{"response": {}}',
        "[" * 20_000,
        '{"rawId": "é"}',
    ],
)
def test_what_is_no_answer_is_refused(device, answer):
    known = known_from(device)

    with pytest.raises(Invalid, match="passkey"):
        passkeys.made(answer, SITE, CHALLENGE)
    with pytest.raises(Invalid, match="passkey"):
        passkeys.shown(answer, SITE, CHALLENGE, known)
    with pytest.raises(Invalid, match="passkey"):
        passkeys.named(f'{answer[:-1]}, "rawId": "é", "response": {{}}}}')


def test_garbled_bytes_in_an_answer_are_refused(device):
    known = known_from(device)
    content = json.loads(device.get(passkeys.request(SITE, CHALLENGE)))

    for part in ("clientDataJSON", "authenticatorData", "signature"):
        short = encoded(decoded(content["response"][part])[:7])
        answer = json.dumps({**content, "response": {**content["response"], part: short}})
        with pytest.raises(Invalid, match="passkey"):
            passkeys.shown(answer, SITE, CHALLENGE, known)


@pytest.mark.parametrize(
    ("address", "can"),
    [
        ("https://lettre.exemple.fr", True),
        ("http://localhost:8000", True),
        ("http://lettre.exemple.fr", False),
        ("https://192.0.2.4", False),
        ("https://[2001:db8::1]", False),
        ("http://127.0.0.1:8000", False),
    ],
)
def test_browsers_make_passkeys_for_names_on_https_only(address, can):
    assert passkeys.site(address, "Agence").can_have_any is can
