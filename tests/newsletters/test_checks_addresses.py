import pytest

from mailer.newsletters.checks import Rule
from mailer.newsletters.checks.addresses import fault, in_ascii

OURS = "https://lettre.exemple.fr"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        # A Cyrillic letter among ours, a whole name of them, and the same in ASCII.
        ("https://www.caf\u0435.fr/menu", "www.xn--caf-tdd.fr"),
        ("https://\u0430\u0440\u0440\u04cf\u0435.com/", "xn--80ak6aa92e.com"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
    ],
)
def test_a_name_of_letters_that_only_look_latin_is_told_in_ascii(url, told):
    assert fault(url, OURS) is Rule.FOREIGN_LETTERS
    assert in_ascii(url) == told


@pytest.mark.parametrize("url", ["https://café.fr/", "https://xn--caf-dma.fr/", "https://a-1.fr/"])
def test_an_accent_of_ours_is_no_foreign_letter(url):
    assert fault(url, OURS) is None
