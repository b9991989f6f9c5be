"""Files of others that lie in ours are exactly what was taken in."""

import hashlib

import pytest

# htmx.org 4.0.1 and @fontsource-variable 5.3.0, from npm.
TAKEN_IN = {
    "htmx.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
    "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2": (
        "18b2a1a39a2fa298b0ba5390aca68462669826c90925656f1c1f6796e0e1bbaf"
    ),
    "fonts/bricolage-grotesque-latin-wght-normal.woff2": (
        "a97804dc9fbe5fc972a08018c5eda4dab7ef2346f64c57e61419d05e6de4ea1c"
    ),
}

# Ours, with its own tests.
OWN = {
    "colours.js",
    "copy.js",
    "ml-choice.js",
    "ml-composer.js",
    "ml-marks.js",
    "ml-subscribe.js",
    "passphrase.js",
    "passkeys.js",
    "proof.js",
    "proof-worker.js",
    "shortcuts.js",
}


@pytest.mark.parametrize("name", TAKEN_IN)
def test_a_vendored_file_is_unchanged(root, name):
    content = (root / "mailer/static" / name).read_bytes()

    assert hashlib.sha256(content).hexdigest() == TAKEN_IN[name]


def test_every_vendored_file_is_listed(root):
    static = root / "mailer/static"
    found = {str(f.relative_to(static)) for f in [*static.rglob("*.js"), *static.rglob("*.woff2")]}

    assert found - OWN == set(TAKEN_IN)


def test_every_vendored_file_has_its_licence(root):
    static = root / "mailer/static"

    assert (static / "LICENSE-htmx.txt").is_file()
    assert len(list((static / "fonts").glob("LICENSE-*.txt"))) == len(TAKEN_IN) - 1


def test_the_stylesheet_stays_light(root):
    assert (root / "mailer/static/app.css").stat().st_size < 10_000


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_script_of_ours_stays_under_ten_kibibytes(root, name):
    assert (root / "mailer/static" / name).stat().st_size <= 10 * 1024
