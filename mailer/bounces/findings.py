"""What a report tells of one recipient, in its own words, before it is judged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`said` is the diagnostic; `around` is what else the report tells, and counts for less.

    `action` and `status` are as in RFC 3464, 2.3, or empty; `category` is the word of a sender's
    own program for it (PowerMTA).
    """

    recipient: str
    said: str = ""
    around: str = ""
    action: str = ""
    status: str = ""
    category: str = ""
