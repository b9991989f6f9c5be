"""What a person at the desk may do."""

from collections.abc import Collection
from dataclasses import dataclass
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


@dataclass(frozen=True)
class ConflictOfInterests:
    """The officer holds a role whose work they have to judge (GDPR art. 38(6))."""

    officer: Role
    other: Role


# An officer must not decide what is done with the data, nor by what means: CJEU, 9 February 2023,
# C-453/21; guidelines WP 243, 3.5. Who sends decides the one, who administers the other.
CONFLICTS = (
    ConflictOfInterests(Role.DPO, Role.SENDER),
    ConflictOfInterests(Role.DPO, Role.ADMIN),
)


def conflicts(roles: Collection[str]) -> list[ConflictOfInterests]:
    """Those that stand while one person holds these roles."""
    return [each for each in CONFLICTS if {each.officer, each.other} <= set(roles)]


def home(roles: Collection[str]) -> str:
    """The endpoint of the first page after signing in, by the first of the roles."""
    first = next((role for role in Role if role in roles), None)
    return HOMES.get(first, "accounts.desk") if first else "accounts.desk"
