"""What a reply without an enhanced code is taken to say."""

import pytest

from mailer.mail.transports.replies import parse


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"530 Authentication required", "5.7.0"),
        (b"534 Mechanism too weak", "5.7.9"),
        (b"535 Credentials invalid", "5.7.8"),
        (b"538 Encryption required", "5.7.11"),
        (b"530 5.7.1 relaying denied", "5.7.1"),
        (b"550 no", "5.0.0"),
        (b"452 later", "4.0.0"),
    ],
)
def test_a_bare_code_of_a_login_says_what_its_rfc_says_and_any_other_nothing_more(line, status):
    assert parse((line + b"\r\n",)).status == status
