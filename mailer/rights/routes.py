"""Importing this module declares every address of the domain."""

from mailer.rights import (
    acknowledging_desk,
    answer_desk,
    archive_desk,
    assigning_desk,
    case_desk,
    desk,
    file_desk,
    intake_desk,
    letter_visits,
    letters_desk,
    objecting,
    public,
    queue_desk,
    remaining_desk,
    visits,
)
from mailer.rights.blueprint import bp
from mailer.rights.incoming import desk as incoming
from mailer.rights.reporting import routes as reporting

__all__ = [
    "acknowledging_desk",
    "answer_desk",
    "archive_desk",
    "assigning_desk",
    "bp",
    "case_desk",
    "desk",
    "file_desk",
    "incoming",
    "intake_desk",
    "letter_visits",
    "letters_desk",
    "objecting",
    "public",
    "queue_desk",
    "remaining_desk",
    "reporting",
    "visits",
]
