"""On what a list rests (GDPR art. 6), and which rights that opens: the CNIL's table.

LINCnil/Guide-RGPD-du-developpeur, fiche 15, « Prendre en compte les bases légales ».
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from mailer.consent.tracking import Mode


class LawfulBasis(StrEnum):
    """The six of art. 6(1), then the two exceptions of the law on prospecting by mail."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"
    LEGAL_OBLIGATION = "legal_obligation"
    PUBLIC_INTEREST = "public_interest"
    VITAL_INTERESTS = "vital_interests"
    SOFT_OPTIN = "soft_optin"
    B2B_INTEREST = "b2b_interest"


# What a list may rest on. Nobody's life hangs on a letter.
OF_A_LIST = tuple(basis for basis in LawfulBasis if basis is not LawfulBasis.VITAL_INTERESTS)

# The exceptions spare the prior consent of the code of posts; what then carries the processing is
# the sender's interest.
CARRIED_BY = {
    LawfulBasis.SOFT_OPTIN: LawfulBasis.LEGITIMATE_INTEREST,
    LawfulBasis.B2B_INTEREST: LawfulBasis.LEGITIMATE_INTEREST,
}


class Right(StrEnum):
    """The columns of the table; rights.kinds gives them the same words."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"


class Answer(StrEnum):
    """What a cell of the table says."""

    OPEN = "open"
    ON_CONDITIONS = "on_conditions"
    AS_WITHDRAWAL = "as_withdrawal"
    CLOSED = "closed"


@dataclass(frozen=True)
class Opening:
    """What a basis makes of a right, and the rulebook's name of the articles that say so."""

    answer: Answer
    reason: str

    @property
    def is_open(self) -> bool:
        return self.answer is not Answer.CLOSED


@dataclass(frozen=True)
class Aim:
    """What a list is for, as the notice says it."""

    name: str
    text: str
    basis: LawfulBasis = LawfulBasis.CONSENT
    tracking: Mode = Mode.NONE


# Every cell that is not simply open.
NARROWED = {
    (LawfulBasis.CONSENT, Right.OBJECTION): Opening(
        Answer.AS_WITHDRAWAL, "objection_as_withdrawal"
    ),
    (LawfulBasis.CONTRACT, Right.OBJECTION): Opening(Answer.CLOSED, "objection_narrow"),
    (LawfulBasis.LEGAL_OBLIGATION, Right.OBJECTION): Opening(Answer.CLOSED, "objection_narrow"),
    (LawfulBasis.VITAL_INTERESTS, Right.OBJECTION): Opening(Answer.CLOSED, "objection_narrow"),
    (LawfulBasis.LEGAL_OBLIGATION, Right.ERASURE): Opening(Answer.ON_CONDITIONS, "erasure_narrow"),
    (LawfulBasis.PUBLIC_INTEREST, Right.ERASURE): Opening(Answer.CLOSED, "erasure_narrow"),
    **{
        (basis, Right.PORTABILITY): Opening(Answer.CLOSED, "portability_narrow")
        for basis in (
            LawfulBasis.LEGITIMATE_INTEREST,
            LawfulBasis.LEGAL_OBLIGATION,
            LawfulBasis.PUBLIC_INTEREST,
            LawfulBasis.VITAL_INTERESTS,
        )
    },
}


def opens(basis: LawfulBasis, right: Right) -> Opening:
    """What the basis makes of the right, for the processing as a whole.

    Objecting to receive letters is outside this table: it is absolute, whatever the basis
    (GDPR art. 21(2) and (3)).
    """
    carrier = CARRIED_BY.get(basis, basis)
    return NARROWED.get((carrier, right), Opening(Answer.OPEN, right.value))


def all_rest_on_consent(aims: Collection[Aim]) -> bool:
    """Whether nothing but people's consent carries the letters."""
    return all(aim.basis is LawfulBasis.CONSENT for aim in aims)


def closed(basis: LawfulBasis) -> list[tuple[Right, str]]:
    """The rights that the basis does not open, each with the articles that say so."""
    return [
        (right, opens(basis, right).reason) for right in Right if not opens(basis, right).is_open
    ]
