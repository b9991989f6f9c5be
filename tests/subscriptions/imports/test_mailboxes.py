import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer import addresses
from mailer.errors import Invalid
from mailer.subscriptions.imports.mailboxes import Mailboxes

DOMAINS = (
    "exemple.fr",
    "EXEMPLE.FR",
    "xn--dj-kia.example.org",
    "é.fr",
    "-a.fr",
    "a..fr",
    "a",
    "test",
)
LETTERS = st.text("abcXYZ019._+-'!é ß\"@", max_size=70)


def outcome(parse, text):
    try:
        return parse(text)
    except Invalid:
        return None


@given(LETTERS, st.sampled_from(DOMAINS))
@example("a" * 64, "exemple.fr")
@example("a" * 65, "exemple.fr")
@example("a", ".".join(["b" * 60] * 4) + ".fr")
@example("a" * 12, ".".join(["b" * 60] * 4) + ".fr")
def test_the_quick_reading_says_what_the_careful_one_says(local, domain):
    text = f"{local}@{domain}"

    assert outcome(Mailboxes().parse, text) == outcome(addresses.parse, text)


@pytest.mark.parametrize("text", ["CAMILLE@Exemple.FR", "camille@exemple.fr"])
def test_a_remembered_domain_gives_the_same_address(text):
    mailboxes = Mailboxes()
    mailboxes.parse("zoe@exemple.fr")

    assert mailboxes.parse(text) == addresses.parse(text)
