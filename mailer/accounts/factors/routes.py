"""All that is served about second factors."""

from mailer.accounts.factors import (
    ask_desk,
    codes_desk,
    desk,
    freshness,
    passkeys_desk,
    reset_desk,
    totp_desk,
)
from mailer.accounts.factors.blueprint import bp

__all__ = [
    "ask_desk",
    "bp",
    "codes_desk",
    "desk",
    "freshness",
    "passkeys_desk",
    "reset_desk",
    "totp_desk",
]
