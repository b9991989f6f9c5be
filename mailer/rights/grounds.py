"""On what a right may be refused, and on what its answer may take longer. The rulebook cites."""

from enum import StrEnum


class Ground(StrEnum):
    """Why a line is refused, in full or in part."""

    NOT_IDENTIFIED = "not_identified"
    NOT_OPENED = "not_opened"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGAL_CLAIMS = "legal_claims"
    OTHERS_RIGHTS = "others_rights"
    EXCESSIVE = "excessive"
    NOT_CONCERNED = "not_concerned"


class ExtensionGround(StrEnum):
    """The two of GDPR art. 12(3); there is no third."""

    COMPLEXITY = "complexity"
    NUMBER = "number"
