"""Why a mail came back: words that are about one thing, then the status, then words that are vague.

provider code > about us > mailbox > sender > program > unknown host or user > vague
> perhaps unknown > status > stage > single words
"""

import re
from dataclasses import dataclass

from mailer.bounces.findings import Finding
from mailer.bounces.reasons import (
    about_mailbox,
    about_us,
    french_providers,
    powermta,
    statuses,
    unknown,
    vague,
)
from mailer.bounces.reasons.stages import Stage, stage_of
from mailer.bounces.wording import first, folded, says, without_urls
from mailer.mail.returned import Reason

LONGEST = 3000
# What Google adds to every refusal; it names reasons that are not this one.
BOILERPLATE = (
    "to best protect our users from spam and phishing, the message has been blocked",
    "to best protect our users from spam, the message has been blocked",
    "to reduce the amount of spam sent to gmail, this message has been blocked",
    "unknown address error",
)
# In a reply of several lines each begins with the code.
REPEATED = re.compile(r"(?<=\S) [45]\d\d[- ][45]\.\d{1,3}\.\d{1,3} | [45]\d\d-")
BY_STAGE = {
    Stage.CONNECT: Reason.BLOCKED,
    Stage.HELO: Reason.BLOCKED,
    Stage.MAIL: Reason.REJECTED,
}
# Codes under which a mailbox that does not exist is named as such.
BAD_MAILBOX = frozenset({"1.1", "1.0", "1.3", "1.10", "1.351", "4.1", "5.0", "3.0"})


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, made comparable, with what was found in it."""

    text: str
    status: str
    reply: str
    stage: Stage | None

    @property
    def passes(self) -> bool:
        """Whether it is only for now (RFC 5321, 4.2.1)."""
        return self.status.startswith("4") or self.reply.startswith("4")


def reason_of(finding: Finding) -> Reason:
    """The reason that the diagnostic gives, else its code, else the rest of the report."""
    stage = stage_of(folded(finding.said[:LONGEST])) or stage_of(folded(finding.around[:LONGEST]))
    said = _told(finding.said, finding, stage)
    if found := _worded(said):
        return powermta.CATEGORIES.get(finding.category, found)
    is_meant = bool(finding.said.strip()) or said.status[2:] in statuses.SURE
    if is_meant and (found := _certain(said)):
        return found
    whole = _told(f"{finding.said} {finding.around}", finding, stage)
    steps = (_worded, _certain, _by_stage, _hinted, _by_code)
    if found := next((found for step in steps if (found := step(whole))), None):
        return found
    return Reason.EXPIRED if finding.action == "delayed" else Reason.UNDEFINED


def _told(text: str, finding: Finding, stage: Stage | None) -> Told:
    whole = folded(text[:LONGEST])
    status = statuses.enhanced(whole)
    if statuses.is_vague(status) and not statuses.is_vague(finding.status):
        status = finding.status
    reply = statuses.reply(whole)
    whole = REPEATED.sub(" ", whole)
    for each in BOILERPLATE:
        whole = whole.replace(each, "")
    return Told(whole, status or finding.status, reply, stage)


def _worded(told: Told) -> Reason | None:
    """What the words say; the pages they point at are only asked last."""
    if found := french_providers.read(told.text):
        return found
    text = without_urls(told.text)
    for tables in (about_us.FIRST, about_mailbox.MAILBOX, about_mailbox.SENDER, vague.PROGRAM):
        if found := first(text, tables):
            return found
    if found := _unknown(text, told) or first(text, vague.LAST):
        return found
    if says(text, unknown.PERHAPS):
        return _perhaps_unknown(told)
    return first(told.text, about_us.FIRST)


def _hinted(told: Told) -> Reason | None:
    """What a single word of refusal says, when nothing else does."""
    return first(without_urls(told.text), vague.FINALLY)


def _unknown(text: str, told: Told) -> Reason | None:
    """Whether nobody, or no host, is there; each only where the dialogue allows that."""
    if says(text, unknown.HOST):
        return Reason.NETWORK_ERROR if told.status.startswith("4") else Reason.HOST_UNKNOWN
    if says(text, unknown.USER):
        return _unknown_user(told)
    return None


def _unknown_user(told: Told) -> Reason:
    """A server that took the recipient and refuses the mail filters; the mailbox may live."""
    if told.stage is Stage.MAIL:
        return Reason.REJECTED
    if told.stage is Stage.RCPT or told.status[2:] in BAD_MAILBOX:
        return Reason.USER_UNKNOWN
    if told.stage is Stage.DATA:
        return Reason.FILTERED
    if statuses.is_vague(told.status) and (not told.reply or "... " in told.text):
        return Reason.USER_UNKNOWN
    return Reason.FILTERED


def _perhaps_unknown(told: Told) -> Reason:
    """Only a refusal of the recipient, or a code for it, makes it sure."""
    if told.stage is Stage.MAIL:
        return Reason.REJECTED
    if told.status[2:] in BAD_MAILBOX and not told.passes:
        return Reason.USER_UNKNOWN
    if found := _certain(told):
        return found
    if told.stage is not Stage.RCPT or told.passes:
        return Reason.FILTERED
    return Reason.POLICY_VIOLATION if _is_of_policy(told) else Reason.USER_UNKNOWN


def _is_of_policy(told: Told) -> bool:
    """Whether a policy server speaks: Postfix says the same of what those refuse."""
    is_closed = told.status[2:] == "7.1" and "recipient address rejected" in told.text
    return is_closed and "access denied" not in told.text


def _certain(told: Told) -> Reason | None:
    """What the code means when it means one thing."""
    return None if statuses.is_vague(told.status) else statuses.meaning(told.status)


def _by_stage(told: Told) -> Reason | None:
    """What a refusal at that moment means, whatever it is called."""
    return BY_STAGE.get(told.stage) if told.stage else None


def _by_code(told: Told) -> Reason | None:
    """What the code means, even one that says little."""
    return statuses.meaning(told.status) if told.status else None
