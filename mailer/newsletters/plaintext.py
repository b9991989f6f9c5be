"""The text part, from the same blocks as the HTML."""

import re

from mailer.newsletters.compose import drawn, parts
from mailer.newsletters.content import IssueContent
from mailer.newsletters.drawing import TEXT


def plaintext(content: IssueContent) -> str:
    """The letter as plain text: every heading and link, 78 columns at most, addresses apart."""
    text = TEXT.get_template("text/letter.txt").render(
        letter=content, blocks=drawn(content.blocks), contents=parts(content.blocks)
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
