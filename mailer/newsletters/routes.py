"""Importing this module declares every address of the domain."""

from mailer.newsletters import (
    approval_desk,
    archive,
    checking,
    composing,
    desk,
    digest_desk,
    history_desk,
    previews,
    public,
    review,
    trash_desk,
    trial_desk,
)
from mailer.newsletters.blueprint import bp
from mailer.newsletters.themes import desk as themes_desk

__all__ = [
    "approval_desk",
    "archive",
    "bp",
    "checking",
    "composing",
    "desk",
    "digest_desk",
    "history_desk",
    "previews",
    "public",
    "review",
    "themes_desk",
    "trash_desk",
    "trial_desk",
]
