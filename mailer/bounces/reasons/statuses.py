"""What enhanced status codes mean (RFC 3463 and its registry), where they mean one thing."""

import re

from mailer.mail.returned import Reason

# Before it no digit and no dot: an IP address is no status.
ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]\d|\d)")
REPLY = re.compile(r"(?<![\d.\w/-])([245]\d\d)(?=[ \-:;,]|$)")

# By subject and detail; the class only says whether it is for good.
MEANINGS = {
    "1.1": Reason.USER_UNKNOWN,
    "1.0": Reason.USER_UNKNOWN,
    "1.2": Reason.HOST_UNKNOWN,
    "1.3": Reason.USER_UNKNOWN,
    "1.4": Reason.FILTERED,
    "1.6": Reason.HAS_MOVED,
    "1.7": Reason.REJECTED,
    "1.8": Reason.REJECTED,
    "1.9": Reason.SYSTEM_ERROR,
    "1.10": Reason.NOT_ACCEPT,
    "2.0": Reason.FILTERED,
    "2.1": Reason.SUSPEND,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.EXCEED_LIMIT,
    "2.4": Reason.FILTERED,
    "3.0": Reason.SYSTEM_ERROR,
    "3.1": Reason.SYSTEM_FULL,
    "3.2": Reason.NOT_ACCEPT,
    "3.3": Reason.SYSTEM_ERROR,
    "3.4": Reason.MESSAGE_TOO_BIG,
    "3.5": Reason.SYSTEM_ERROR,
    "4.1": Reason.EXPIRED,
    "4.2": Reason.NETWORK_ERROR,
    "4.3": Reason.SYSTEM_ERROR,
    "4.4": Reason.HOST_UNKNOWN,
    "4.5": Reason.SPEEDING,
    "4.6": Reason.NETWORK_ERROR,
    "4.7": Reason.EXPIRED,
    "5.0": Reason.MAILER_ERROR,
    "5.1": Reason.SYNTAX_ERROR,
    "5.2": Reason.SYNTAX_ERROR,
    "5.3": Reason.TOO_MANY_CONNECTIONS,
    "5.4": Reason.SYNTAX_ERROR,
    "5.5": Reason.SYNTAX_ERROR,
    "6.0": Reason.CONTENT_ERROR,
    "6.1": Reason.CONTENT_ERROR,
    "6.2": Reason.CONTENT_ERROR,
    "6.3": Reason.CONTENT_ERROR,
    "6.5": Reason.CONTENT_ERROR,
    "6.7": Reason.CONTENT_ERROR,
    "6.9": Reason.CONTENT_ERROR,
    "7.0": Reason.SECURITY_ERROR,
    "7.1": Reason.SECURITY_ERROR,
    "7.2": Reason.REJECTED,
    "7.3": Reason.SECURITY_ERROR,
    "7.4": Reason.SECURITY_ERROR,
    "7.5": Reason.SECURITY_ERROR,
    "7.6": Reason.SECURITY_ERROR,
    "7.7": Reason.SECURITY_ERROR,
    "7.8": Reason.SECURITY_ERROR,
    "7.9": Reason.SECURITY_ERROR,
    "7.10": Reason.FAILED_STARTTLS,
    "7.13": Reason.SUSPEND,
    "7.17": Reason.HAS_MOVED,
    "7.18": Reason.HAS_MOVED,
    "7.20": Reason.AUTH_FAILURE,
    "7.21": Reason.AUTH_FAILURE,
    "7.22": Reason.AUTH_FAILURE,
    "7.23": Reason.AUTH_FAILURE,
    "7.24": Reason.AUTH_FAILURE,
    "7.25": Reason.REQUIRE_PTR,
    "7.26": Reason.AUTH_FAILURE,
    "7.27": Reason.NOT_ACCEPT,
    "7.28": Reason.SPEEDING,
    "7.29": Reason.AUTH_FAILURE,
    "7.30": Reason.FAILED_STARTTLS,
    "7.509": Reason.AUTH_FAILURE,
    "7.515": Reason.AUTH_FAILURE,
}
# Of Microsoft 365: addresses that send, refused.
MICROSOFT_BLOCKED = range(501, 800)
# These are not given for want of a better one.
SURE = frozenset({"4.7", "2.2"})
# These say no more than that something went wrong.
VAGUE = frozenset({"0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "7.1", "5.1"})


def meaning(status: str) -> Reason | None:
    """What the code alone says; None for those that say nothing."""
    found = MEANINGS.get(status[2:])
    if found is None and status.startswith("5.7."):
        is_blocked = int(status[4:]) in MICROSOFT_BLOCKED
        return Reason.BLOCKED if is_blocked else Reason.SECURITY_ERROR
    return found


def is_vague(status: str) -> bool:
    """Whether words tell more than the code."""
    return not status or status[2:] in VAGUE


def enhanced(said: str) -> str:
    """The status that the diagnostic itself gives: the first that is not vague, else the last."""
    found = [each for each in ENHANCED.findall(said[:2000]) if each[0] != "2"]
    return next((each for each in found if not is_vague(each)), found[-1] if found else "")


def reply(said: str) -> str:
    """The reply code of RFC 5321 in the diagnostic, or nothing."""
    found = [each for each in REPLY.findall(said[:2000]) if each[0] != "2"]
    return found[0] if found else ""
