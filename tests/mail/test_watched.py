"""Which mailboxes the settings may name."""

import pytest

from mailer.app import create_app
from mailer.mail import watched
from mailer.settings import BadSetting

TWO = {"IMAP_USERS": ["dpo@exemple.fr", "cil@exemple.fr"], "IMAP_PASSWORDS": ["un", "deux"]}


@pytest.fixture
def start(tmp_path):
    """The mailboxes that are read with these settings."""

    def with_settings(**settings):
        with create_app({"DATA_FOLDER": str(tmp_path), **settings}).app_context():
            return watched.mailboxes()

    return with_settings


def test_no_mailbox_is_read_by_default(start):
    assert start() == ()


def test_each_account_has_its_own_password(start):
    found = start(IMAP_HOST="imap.exemple.fr", IMAP_DONE_FOLDER="Lus", **TWO)
    assert [(box.user, box.password, box.security) for box in found] == [
        ("dpo@exemple.fr", "un", "tls"),
        ("cil@exemple.fr", "deux", "tls"),
    ]
    assert {box.done_folder for box in found} == {"Lus"}


def test_only_a_server_on_this_machine_may_be_spoken_to_in_plain_text(start):
    start(IMAP_HOST="127.0.0.1", IMAP_SECURITY="plain", **TWO)
    with pytest.raises(BadSetting, match='IMAP_SECURITY "plain"'):
        start(IMAP_HOST="imap.exemple.fr", IMAP_SECURITY="plain", **TWO)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"IMAP_SECURITY": "ssl"}, "IMAP_SECURITY must be one of plain, starttls, tls"),
        ({"IMAP_HOST": "imap.exemple.fr"}, "IMAP_HOST and IMAP_USERS"),
        ({"IMAP_USERS": ["dpo@exemple.fr"], "IMAP_PASSWORDS": ["un"]}, "IMAP_HOST and IMAP_USERS"),
        ({"IMAP_HOST": "imap.exemple.fr", "IMAP_USERS": ["dpo@exemple.fr"]}, "IMAP_PASSWORDS"),
        (
            {
                "IMAP_HOST": "imap.exemple.fr",
                "IMAP_USERS": ["dpo@exemple.fr"] * 2,
                "IMAP_PASSWORDS": ["un", "deux"],
            },
            "IMAP_PASSWORDS",
        ),
        ({"IMAP_PORT": 0}, "IMAP_PORT"),
        ({"IMAP_USERS": [1]}, "IMAP_USERS"),
        ({"IMAP_PASSWORDS": [""]}, "IMAP_PASSWORDS"),
        ({"IMAP_FOLDER": " "}, "IMAP_FOLDER"),
        ({"IMAP_MAX_MEGABYTES": 0}, "IMAP_MAX_MEGABYTES"),
    ],
)
def test_settings_that_do_not_go_together_are_named(start, settings, named):
    with pytest.raises(BadSetting, match=named):
        start(**settings)
