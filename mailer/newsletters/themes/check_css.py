"""A theme's style: only what premailer puts onto elements as browsers understand it."""

import re
from collections.abc import Iterator

from mailer.errors import Invalid
from mailer.newsletters.themes import sheets
from mailer.newsletters.themes.refusals import Refusal, Rule, line_of
from mailer.newsletters.themes.tokens import Tokens

# Classes and tags, one within the other: the rest is lost, or put on what it is not for.
SELECTOR = re.compile(
    r"(?:[a-z][a-z0-9]*|\.[a-z][a-z0-9-]*)(?:\s+(?:[a-z][a-z0-9]*|\.[a-z][a-z0-9-]*))*"
)
PATTERNS = (
    (Rule.IMPORT, re.compile(r"@import", re.IGNORECASE)),
    (Rule.REMOTE, re.compile(r"url\(|image-set\(|@font-face", re.IGNORECASE)),
    (Rule.SCRIPT, re.compile(r"expression\(|behavior\s*:|-moz-binding", re.IGNORECASE)),
    (Rule.MARKUP, re.compile(r"<|\\")),
)


def refusals(name: str, css: str, tokens: Tokens) -> Iterator[Refusal]:
    """What is wrong in either sheet."""
    for rule, pattern in PATTERNS:
        for found in pattern.finditer(css):
            yield Refusal(rule, name, line_of(css, found.start()), found[0])
    for found in sheets.VARIABLE.finditer(css):
        try:
            sheets.style(found[0], tokens)
        except Invalid:
            yield Refusal(Rule.VARIABLE, name, line_of(css, found.start()), found[0])


def inlined(name: str, css: str) -> Iterator[Refusal]:
    """What is wrong in the sheet that goes onto the elements."""
    for found in re.finditer(r"@(?!import|font-face)[a-z-]+", css):
        yield Refusal(Rule.AT_RULE, name, line_of(css, found.start()), found[0])
    # Comments leave their line breaks, so that lines are counted as they were written.
    bare = sheets.COMMENT.sub(lambda c: re.sub(r"[^\n]", " ", c[0]), css)
    for rule in sheets.RULE.finditer(bare):
        for selector in rule[1].split(","):
            if not SELECTOR.fullmatch(selector.strip()) and "@" not in selector:
                at = rule.start() + len(rule[1]) - len(rule[1].lstrip())
                yield Refusal(Rule.SELECTOR, name, line_of(bare, at), selector.strip())
