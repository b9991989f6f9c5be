"""What a person at the desk may do."""

from enum import StrEnum


class Role(StrEnum):
    """A role; one person may hold several."""

    EDITOR = "editor"
    SENDER = "sender"
    SUBSCRIBERS = "subscribers"
    DPO = "dpo"
    ADMIN = "admin"
