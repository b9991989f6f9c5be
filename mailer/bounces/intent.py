"""Whether somebody who answers a letter asks that no more come.

A suggestion for the editor, who reads the answer; nothing is ended by it alone.
"""

import re

from mailer.bounces import mime, report
from mailer.bounces.wording import folded
from mailer.consent import leaving
from mailer.mail import quoting

ASKS = re.compile(rf"\b(?:{leaving.OBJECTION}|{leaving.WITHDRAWAL})")
# Enough on its own, not within a longer text.
ALONE = re.compile(
    r"(?:re ?: ?)?(?:merci de |please |pls |svp |s'il vous plait )?(?:me |m')?"
    r"(?:stop|arret(?:ez)?|assez|desabonne\w*|desinscri\w*|supprim\w+|retirez[- ]moi|unsubscribe"
    r"|remove(?: me)?|opt[- ]out|plus de (?:mails?|lettres?|messages?|newsletters?)(?: de vous)?"
    r"|no more (?:e-?)?mails?|abmelden|abbestellen)"
    r"(?:[ ,]+(?:svp|merci|please|thanks|thank you|s'il vous plait|cordialement))?[ .!]*"
)
ANSWER = re.compile(r"(?:re|tr|fwd?|aw|rep) ?:")
LONGEST = 4000


def asks_to_stop(raw: bytes) -> bool:
    """Whether the writer's own words do, what they quote left out; or a subject of their own."""
    told = report.sort(mime.split(raw))
    said = folded(_own(told.text[:LONGEST]))
    subject = folded(told.subject)
    # The subject of an answer is ours, and may speak of leaving.
    own_subject = "" if ANSWER.match(subject) else subject
    return any(ASKS.search(each) or ALONE.fullmatch(each) for each in (said, own_subject))


def _own(text: str) -> str:
    """What the writer adds; nothing when the mail only brings ours back."""
    own = quoting.split(text).own
    if quoting.REST.match(own):
        return ""
    return "\n".join(line for line in own.split("\n") if not line.startswith(">"))
