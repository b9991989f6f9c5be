import pytest

from mailer import checks, settings
from mailer.consent.tracking import Mode
from mailer.settings import BadSetting

# A way that would do without encryption, or without looking whose certificate it is.
AT_A_DISTANCE = [
    (name, f"{scheme}://{place}")
    for name, scheme in (("DATABASE_URL", "postgresql+psycopg"), ("QUEUE_URL", "postgresql"))
    for place in (
        "mailer@base.exemple.fr/mailer",
        "mailer@192.0.2.1/mailer?sslmode=prefer",
        "mailer@192.0.2.1/mailer?sslmode=require",
        "/mailer?host=base.exemple.fr",
        "mailer@[base/mailer",
    )
]


def test_the_defaults_can_be_used():
    checks.check(settings.load({}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://lettre.exemple.fr"),
        ("BASE_URL", "http://[::1]:8000"),
        ("DATABASE_URL", "postgresql+psycopg://mailer@localhost/mailer"),
        ("DATABASE_URL", "postgresql+psycopg:///mailer?host=/run/postgresql"),
        ("DATABASE_URL", "postgresql+psycopg://mailer@base.exemple.fr/mailer?sslmode=verify-full"),
        ("QUEUE_URL", "postgresql://mailer@db/mailer?sslmode=disable"),
        ("OIDC_ISSUER", "http://127.0.0.1:9000/realms/agence"),
        ("HOLIDAY_CALENDAR", "alsace_moselle"),
        ("SENDER_NAME", "Préfecture : service des côtes"),
        ("SENDER_NAME", ""),
        ("DPO_DEPUTY_ADDRESS", "adjointe@exemple.fr"),
        ("OUTGOING_ALLOWED_NETWORKS", ["10.20.0.0/16", "fd00::/8"]),
        ("FORM_MIN_SECONDS", 0),
        *(("TRACKING", mode.value) for mode in Mode),
    ],
)
def test_a_value_that_can_be_used_starts(name, value):
    checks.check(settings.load({}, {name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ORGANISATION", " "),
        ("POSTAL_ADDRESS", ""),
        ("SENDER_ADDRESS", "lettre"),
        ("SENDER_NAME", "Agence\r\nBcc: autre@exemple.fr"),
        ("SENDER_NAME", "Agence\u2028"),
        ("SENDER_NAME", "Agence\0"),
        ("DPO_ADDRESS", "dpo@"),
        ("DPO_DEPUTY_ADDRESS", "adjointe"),
        ("SECURITY_ADDRESS", ""),
        ("MONITORED_MAILBOXES", ["cil@"]),
        ("HOLIDAY_CALENDAR", "metropolis"),
        ("BASE_URL", "lettre.exemple.fr"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://lettre.exemple.fr:porte"),
        ("BASE_URL", "ftp://lettre.exemple.fr"),
        ("PROXIES", -1),
        ("TRACKING", "all"),
        ("TRACKING_PURPOSE", " "),
        ("TRACKING_PURPOSE_EN", " "),
        ("DATABASE_URL", "mysql://localhost/mailer"),
        ("QUEUE_URL", "redis://localhost"),
        *AT_A_DISTANCE,
        ("OIDC_ISSUER", "http://fournisseur.exemple.fr"),
        ("OIDC_ISSUER", "http://127.0.0.1.exemple.fr"),
        ("OIDC_ISSUER", "http://localhost.exemple.fr"),
        ("SMTP_PORT", 0),
        ("SMTP_PORT", 70_000),
        ("SMTP_CONNECTIONS", 0),
        ("SMTP_CARRIER", "carrier pigeon"),
        ("SMTP_SECONDS_PER_MAIL", 0),
        ("RETURN_PATH_DOMAIN", "rebond"),
        ("DKIM_DOMAIN", "exemple"),
        ("DKIM_DOMAIN", "été.fr"),
        ("OUTGOING_ALLOWED_NETWORKS", ["10.20.0.1/16"]),
        ("FORM_MIN_SECONDS", -1),
        ("FORM_MAX_HOURS", 0),
        ("CONFIRMATION_MINUTES_APART", -1),
        ("CONFIRMATIONS_A_DAY", 0),
        ("POSTS_A_MINUTE", 0),
        ("POSTS_AN_HOUR", 0),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(BadSetting, match=f"^{name} must be "):
        checks.check(settings.load({}, {name: value}))
