"""Importing this module declares every address of the reports."""

from mailer.rights.reporting import (
    calendar_desk,
    calendar_public,
    desk,
    evidence_desk,
    register_desk,
    year_desk,
)

__all__ = [
    "calendar_desk",
    "calendar_public",
    "desk",
    "evidence_desk",
    "register_desk",
    "year_desk",
]
