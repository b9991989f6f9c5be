"""The rights a person may exercise, and what the law says of each."""

from enum import StrEnum

from mailer.rulebook import References, Rulebook


class Right(StrEnum):
    """What is asked. UNCLEAR until the officer has read the message."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    OBJECTION = "objection"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    WITHDRAWAL = "withdrawal"
    POST_MORTEM = "post_mortem"
    UNCLEAR = "unclear"


# They take effect when they are received: only the written answer has a month (GDPR 21(3), 7(3)).
AT_ONCE = frozenset({Right.OBJECTION, Right.WITHDRAWAL})

# Sending stops when they are received, and begins again when they are refused (GDPR 18(1), 17(1)).
FREEZING = frozenset({Right.ERASURE, Right.RESTRICTION})

# Nothing is sent or changed for these before the person has shown control of the mailbox.
NEEDS_MAILBOX = frozenset(
    {
        *(Right.ACCESS, Right.PORTABILITY, Right.ERASURE, Right.RECTIFICATION),
        Right.POST_MORTEM,
    }
)

# Whoever the data went to is told of these (GDPR art. 19).
TELLING = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})

# They cannot be carried out without knowing what is to be changed, or what is asked.
NEEDS_MESSAGE = frozenset({Right.RECTIFICATION, Right.UNCLEAR})


def references(right: Right, rules: Rulebook) -> References | None:
    """The articles that grant the right; none while it is unclear which it is."""
    return rules.rights.get(right)


def cited_as(article: str, rules: Rulebook) -> frozenset[Right]:
    """The rights that old notices cite by that article: loi 78-17 as numbered before June 2019."""
    return frozenset(
        right
        for right in Right
        if (found := references(right, rules)) and article in found.lil_pre_2019
    )
