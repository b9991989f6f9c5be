"""The measures that protect the data (GDPR art. 32), as this installation has them."""

from flask import current_app

from mailer.mail.relay import relays
from mailer.mail.relays import CHECKED

# What the program does whatever its settings.
ALWAYS = (
    "roles",
    "passphrases",
    "throttle",
    "fingerprints",
    "sealed_proofs",
    "chained_proofs",
    "journal",
    "one_way_erasure",
    "purge",
    "no_third_party",
)


def measures() -> tuple[str, ...]:
    """Each measure by its name: those of the program, then those that the settings bring."""
    config = current_app.config
    chosen = {
        "https": config["BASE_URL"].startswith("https:"),
        "encrypted_relay": all(each.security in CHECKED for each in relays().values()),
        "secure_delete": config["DATABASE_URL"].startswith("sqlite"),
    }
    return (*ALWAYS, *(name for name, holds in chosen.items() if holds))
