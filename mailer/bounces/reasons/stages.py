"""At which point of the dialogue (RFC 5321, 3) the mail was refused, as reports tell it."""

import re
from enum import StrEnum


class Stage(StrEnum):
    """The command that was answered with a refusal."""

    CONNECT = "connect"
    HELO = "helo"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"


# Postfix, Exim, DragonFly, Yahoo, qmail, GMX, mFILTER and the like; in folded text.
TOLD = re.compile(
    r"(?:in reply to(?: the)?|error from remote (?:mail ?)?(?:server|mailer) after|server after"
    r"|remote server after|did not like our(?: final)?|error from remote server for|smtp:"
    r"|smtp error from remote mail server after|smtp command|message \(|response to|while sending"
    r"|performing the|errors? (?:in|after|during)(?: the)?) ?(?:pipelined )?(?:end of )?"
    r"(ehlo|helo|lhlo|initial|mail|sender|rcpt|recipient|data|text|sending|message body)"
)
MARKED = re.compile(r"\[(mail_from|rcpt_to|data|connect|ehlo|helo)\]")
WORDS = {
    "ehlo": Stage.HELO,
    "helo": Stage.HELO,
    "lhlo": Stage.HELO,
    "connect": Stage.CONNECT,
    "initial": Stage.CONNECT,
    "mail": Stage.MAIL,
    "mail_from": Stage.MAIL,
    "sender": Stage.MAIL,
    "rcpt": Stage.RCPT,
    "rcpt_to": Stage.RCPT,
    "recipient": Stage.RCPT,
    "data": Stage.DATA,
    "text": Stage.DATA,
    "sending": Stage.DATA,
    "message body": Stage.DATA,
}
PHRASES = (
    ("refused to talk to me", Stage.CONNECT),
    ("my name was rejected", Stage.HELO),
    ("but sender was rejected", Stage.MAIL),
    ("does not like recipient", Stage.RCPT),
    ("failed after i sent the message", Stage.DATA),
    ("failed on data command", Stage.DATA),
)
# A transcript: the last command before the refusal (sendmail, Postfix).
COMMAND = re.compile(
    r"(?:>>>|in:|sent:|sent <<<|i said ?:|-->) ?(ehlo|helo|mail|rcpt|data|quit|rset)\b"
)


def stage_of(said: str) -> Stage | None:
    """The stage that the folded text names; None when it names none."""
    for phrase, stage in PHRASES:
        if phrase in said:
            return stage
    if found := TOLD.search(said) or MARKED.search(said):
        return WORDS[found[1]]
    return _last_command(said)


def _last_command(said: str) -> Stage | None:
    last = None
    for found in COMMAND.finditer(said):
        last = WORDS.get(found[1], last)
    return last
