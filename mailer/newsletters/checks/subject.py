"""A subject by itself: what forbids to send a letter under it."""

from mailer.newsletters.checks import envelope, merge_fields
from mailer.newsletters.checks.reading import as_read
from mailer.newsletters.checks.rules import Finding, Level


def findings(subject: str) -> list[Finding]:
    """What is to mend in it before a letter may have it, by the rules of every letter."""
    told = [*envelope.of_subject(as_read(subject).strip()), *merge_fields.of_text(subject)]
    found = [Finding(rule, "", detail, "subject") for rule, detail in told]
    return [finding for finding in found if finding.level is Level.BLOCKS]
