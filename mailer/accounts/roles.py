"""What a person at the desk may do."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """A role; one person may hold several."""

    EDITOR = "editor"
    SENDER = "sender"
    APPROVER = "approver"
    SUBSCRIBERS = "subscribers"
    DPO = "dpo"
    ADMIN = "admin"


# Where the day of those begins who hold no role before it; the others begin at the desk itself.
HOMES = {Role.DPO: "rights.queue", Role.APPROVER: "newsletters.approvals"}


def home(roles: Collection[str]) -> str:
    """The endpoint of the first page after signing in, by the first of the roles."""
    first = next((role for role in Role if role in roles), None)
    return HOMES.get(first, "accounts.desk") if first else "accounts.desk"
