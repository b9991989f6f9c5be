"""Importing this module declares every address of the domain."""

from mailer.newsletters import (
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
    "bp",
    "checking",
    "composing",
    "desk",
    "previews",
    "public",
    "review",
    "trial_desk",
]
