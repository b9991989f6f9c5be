"""Why people leave, in their words; nobody has to say."""

from enum import StrEnum


class Reason(StrEnum):
    """One of few, so that a count of them says nothing of a person."""

    TOO_OFTEN = "too_often"
    NOT_FOR_ME = "not_for_me"
    NEVER_ASKED = "never_asked"
    NO_TIME = "no_time"
    OTHER = "other"
