"""The places in a letter where each person reads something else."""

import re
from collections.abc import Iterator

from mailer.newsletters.checks.reading import links, words
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent
from mailer.newsletters.fields import ADDRESSES, PERSONAL, TYPED, unknown, without_default

# What is left of a field that was typed with too few braces, or as another program writes it.
BROKEN = re.compile(
    r"\{{1,2}\s*[A-Za-zÀ-ÿ_][^{}\n]{0,40}\}{0,2}|\b[\w|]{1,40}\}{1,2}"
    r"|\*\|[A-Z0-9_:]+\|\*|%%?[A-Za-z_]{3,30}%%?|\[\[[^\]\n]{1,40}\]\]"
)


def findings(content: IssueContent) -> Iterator[Finding]:
    """Fields that do not exist, that somebody may lack, or that nothing would be put into."""
    for found in words(content):
        for rule, detail in of_text(found.text):
            yield Finding(rule, found.block, detail, found.field)
    for link in links(content):
        if typed := TYPED.search(link.url):
            if typed[1] not in ADDRESSES or typed[0] != link.url:
                yield Finding(Rule.FIELD_IN_ADDRESS, link.block, typed[0], link.field)
        elif "{" in link.url or "}" in link.url:
            yield Finding(Rule.BROKEN_FIELD, link.block, link.url, link.field)


def of_text(text: str) -> Iterator[tuple[Rule, str]]:
    """What is to mend in the fields of one text."""
    for name in unknown(text):
        yield Rule.UNKNOWN_FIELD, name
    for name in without_default(text):
        yield Rule.NO_DEFAULT, name
    for typed in TYPED.finditer(text):
        if typed[1] in PERSONAL and typed[2] is not None and not typed[2].strip():
            yield Rule.EMPTY_DEFAULT, typed[1]
    if broken := BROKEN.search(TYPED.sub(" ", re.sub(r"\]\([^)\s]*\)", "]", text))):
        yield Rule.BROKEN_FIELD, broken[0]
