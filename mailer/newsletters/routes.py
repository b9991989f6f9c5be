"""Importing this module declares every address of the domain."""

from mailer.newsletters import (
    approval_desk,
    checking,
    composing,
    desk,
    previews,
    public,
    review,
    trial_desk,
)
from mailer.newsletters.blueprint import bp

__all__ = [
    "approval_desk",
    "bp",
    "checking",
    "composing",
    "desk",
    "previews",
    "public",
    "review",
    "trial_desk",
]
