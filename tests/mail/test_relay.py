"""Which relays the settings may name."""

import pytest

from mailer.app import create_app
from mailer.settings import BadSetting


@pytest.fixture
def start(tmp_path):
    """Start the application with these settings."""

    def with_settings(**settings):
        return create_app({"DATA_FOLDER": str(tmp_path), **settings})

    return with_settings


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_relay_on_this_machine_may_be_spoken_to_in_plain_text(start, host):
    start(SMTP_HOST=host)


@pytest.mark.parametrize("host", ["relais.exemple.fr", "192.0.2.1"])
def test_any_other_relay_needs_encryption(start, host):
    with pytest.raises(BadSetting, match="SMTP_SECURITY"):
        start(SMTP_HOST=host)
    start(SMTP_HOST=host, SMTP_SECURITY="starttls")


def test_an_unknown_kind_of_encryption_is_named(start):
    with pytest.raises(BadSetting, match="SMTP_SECURITY must be one of plain, starttls, tls"):
        start(SMTP_SECURITY="ssl")
