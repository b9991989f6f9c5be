"""What would embarrass or harm if the letter left as it is: blocking faults, and advice.

content | envelope | merge fields | links | pictures | structure | dates | articles | typography
rendered | page | sender: pure, all of it; what only the world knows comes in as Facts.
"""

from collections.abc import Iterator

from mailer.newsletters import typography
from mailer.newsletters.checks import (
    articles,
    dates,
    envelope,
    links,
    merge_fields,
    page,
    pictures,
    sender,
    structure,
)
from mailer.newsletters.checks.facts import NOTHING, Facts
from mailer.newsletters.checks.reading import words
from mailer.newsletters.checks.rules import BLOCKING, Finding, Level, Rule
from mailer.newsletters.content import IssueContent, Rendered

__all__ = ["Finding", "Level", "Rule", "blocking", "findings", "in_order", "of_content", "of_page"]


def findings(content: IssueContent, rendered: Rendered, facts: Facts = NOTHING) -> list[Finding]:
    """All that is to mend in the letter: what blocks first, in the order of the page."""
    return in_order([*of_content(content, facts), *of_page(content, rendered)])


def of_content(content: IssueContent, facts: Facts = NOTHING) -> list[Finding]:
    """What shows before the letter is drawn: it is quick enough for each save."""
    return in_order(
        [
            *envelope.findings(content),
            *merge_fields.findings(content),
            *structure.findings(content),
            *links.findings(content, facts.links),
            *pictures.findings(content),
            *dates.findings(content, facts.today),
            *articles.findings(content, facts),
            *_typography(content),
            *sender.findings(facts.sender),
        ]
    )


def of_page(content: IssueContent, rendered: Rendered) -> list[Finding]:
    """What shows once the letter is drawn."""
    return in_order([*page.findings(content, rendered)])


def blocking(found: list[Finding]) -> list[Finding]:
    """Those that forbid approval."""
    return [finding for finding in found if finding.level is Level.BLOCKS]


def in_order(found: list[Finding]) -> list[Finding]:
    """Each of them once, what blocks first."""
    return sorted(dict.fromkeys(found), key=lambda finding: finding.rule not in BLOCKING)


def _typography(content: IssueContent) -> Iterator[Finding]:
    for found in words(content):
        for slip in typography.slips(found.text, content.language):
            yield Finding(Rule(slip.correction), found.block, slip.around, found.field)
