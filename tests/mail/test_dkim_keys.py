"""Keys lie in files that their owner alone can read, and the newest of each kind signs."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mailer.app import create_app
from mailer.mail import dkim_keys, dkim_record
from mailer.mail.dkim_keys import Kind
from mailer.settings import BadSetting

MARCH, MAY = (datetime(2026, month, 2, 9, tzinfo=UTC) for month in (3, 5))


@pytest.fixture
def found(tmp_path):
    return {
        "DATA_FOLDER": str(tmp_path),
        "SENDER_ADDRESS": "lettre@exemple.fr",
        "DKIM_DOMAIN": "",
        "DKIM_SELECTORS": [],
        "DKIM_FOLDER": "",
    }


@pytest.fixture
def put(found):
    """`put(private, "20260302T090000-s1.pem")`: a key that somebody brought."""

    def written(private, name="20260302T090000-s1.pem", mode=0o600):
        folder = dkim_keys.folder(found)
        folder.mkdir(exist_ok=True)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / name).write_bytes(pem)
        (folder / name).chmod(mode)
        return folder / name

    return written


def selectors(found):
    return [key.selector for key in dkim_keys.signing(found)]


def modes(folder):
    return [stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())]


def test_a_made_key_is_for_its_owner_alone(found):
    dkim_keys.make(found, "s2026", Kind.ED25519, MARCH)

    assert modes(dkim_keys.folder(found)) == [0o700, 0o600]


def test_a_made_key_is_read_again(found):
    made = dkim_keys.make(found, "s2026", Kind.RSA, MARCH)

    (read,) = dkim_keys.kept(found)
    assert (read.made, read.key.selector, read.key.domain) == (MARCH, "s2026", "exemple.fr")
    assert dkim_record.line(read.key) == dkim_record.line(made.key)


def test_without_a_key_nothing_signs(found):
    assert selectors(found) == []


def test_the_newest_of_each_kind_signs_and_rsa_first(found):
    dkim_keys.make(found, "new", Kind.ED25519, MAY)
    dkim_keys.make(found, "old", Kind.ED25519, MARCH)
    dkim_keys.make(found, "only", Kind.RSA, MARCH)

    assert selectors(found) == ["only", "new"]


def test_those_that_are_named_sign_instead(found):
    dkim_keys.make(found, "old", Kind.ED25519, MARCH)
    dkim_keys.make(found, "new", Kind.ED25519, MAY)

    assert selectors(found | {"DKIM_SELECTORS": ["old"]}) == ["old"]


def test_a_selector_without_a_key_is_named(found):
    with pytest.raises(BadSetting, match=r"s2027, of which there is no key.*mailer dkim new"):
        dkim_keys.signing(found | {"DKIM_SELECTORS": ["s2027"]})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_refuses_to_start(found, put, mode):
    path = put(rsa.generate_private_key(65537, 2048), mode=mode)

    with pytest.raises(BadSetting, match=f"chmod 600 {path}"):
        create_app({"DATA_FOLDER": found["DATA_FOLDER"]})


def test_the_folder_may_be_elsewhere(found, tmp_path):
    elsewhere = found | {"DKIM_FOLDER": str(tmp_path / "keys")}
    dkim_keys.make(elsewhere, "s2026", Kind.ED25519, MARCH)

    assert selectors(elsewhere) == ["s2026"]
    assert [path.parent for path in Path(tmp_path).rglob("*.pem")] == [tmp_path / "keys"]


SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505 - that it is short is the point


@pytest.mark.parametrize("private", [SHORT, ec.generate_private_key(ec.SECP256R1())])
def test_a_short_key_or_one_of_another_kind_is_refused(found, put, private):
    put(private)

    with pytest.raises(BadSetting, match="RSA of 2048 bits or more, or Ed25519"):
        dkim_keys.signing(found)


def test_what_is_no_key_is_named(found, put):
    path = put(rsa.generate_private_key(65537, 2048))
    path.write_text("no key")

    with pytest.raises(BadSetting, match=f"{path} is not a private key"):
        dkim_keys.signing(found)


def test_a_file_that_does_not_say_when_and_which_is_named(found, put):
    put(rsa.generate_private_key(65537, 2048), name="mail.pem")

    with pytest.raises(BadSetting, match=r"mail\.pem must be named"):
        dkim_keys.signing(found)


@pytest.mark.parametrize(
    ("sender", "domain", "signs"),
    [
        ("lettre@exemple.fr", "", "exemple.fr"),
        ("lettre@Exemple.fr", "", "exemple.fr"),
        ("lettre@été.fr", "", "xn--t-9fab.fr"),
        ("lettre@info.exemple.fr", "exemple.fr", "exemple.fr"),
        ("lettre@exemple.fr", "info.exemple.fr", "info.exemple.fr"),
    ],
)
def test_the_domain_is_that_of_the_sender_or_in_line_with_it(found, sender, domain, signs):
    settings = found | {"SENDER_ADDRESS": sender, "DKIM_DOMAIN": domain}

    assert dkim_keys.domain(settings) == signs


@pytest.mark.parametrize("domain", ["autre.fr", "mauvais-exemple.fr", "emple.fr"])
def test_a_domain_that_is_not_in_line_refuses_to_start(tmp_path, domain):
    with pytest.raises(BadSetting, match="DKIM_DOMAIN must be exemple"):
        create_app({"DATA_FOLDER": str(tmp_path), "DKIM_DOMAIN": domain})


def test_the_record_of_an_rsa_key_is_cut_into_strings(found):
    key = dkim_keys.make(found, "s2026", Kind.RSA, MARCH).key
    name, _, strings = dkim_record.line(key).partition(" IN TXT ")

    pieces = strings.strip('"').split('" "')
    assert name == "s2026._domainkey.exemple.fr."
    assert [len(piece) for piece in pieces] == [255, 155]
    assert "".join(pieces) == dkim_record.text(key)
    assert dkim_record.text(key).startswith("v=DKIM1; k=rsa; p=MIIBIjAN")


def test_the_record_of_an_ed25519_key_holds_it_bare(found):
    text = dkim_record.text(dkim_keys.make(found, "s2026", Kind.ED25519, MARCH).key)

    assert text.startswith("v=DKIM1; k=ed25519; p=")
    assert len(text.partition("p=")[2]) == 44
