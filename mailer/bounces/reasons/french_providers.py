"""The codes that Orange (OFR_nnn) and La Poste (LPN_nnn) end their answers with.

Both come from one family of filters, and mostly share their numbers.
"""

import re

from mailer.mail.returned import Reason

CODE = re.compile(r"\b(?:ofr|lpn)(?:\d{0,3})_(\d{3})\b")
CODES = {
    "102": Reason.BLOCKED,
    "103": Reason.BLOCKED,
    "104": Reason.TOO_MANY_CONNECTIONS,
    "105": Reason.BLOCKED,
    "106": Reason.BLOCKED,
    "108": Reason.BLOCKED,
    "109": Reason.BLOCKED,
    "201": Reason.BLOCKED,
    "202": Reason.BLOCKED,
    "305": Reason.TOO_MANY_CONNECTIONS,
    "401": Reason.AUTH_FAILURE,
    "402": Reason.AUTH_FAILURE,
    "403": Reason.REJECTED,
    "404": Reason.REJECTED,
    "405": Reason.NOT_ACCEPT,
    "409": Reason.REJECTED,
    "415": Reason.REJECTED,
    "416": Reason.USER_UNKNOWN,
    "417": Reason.MAILBOX_FULL,
    "420": Reason.SUSPEND,
    "421": Reason.REJECTED,
    "426": Reason.SUSPEND,
    "427": Reason.SUSPEND,
    "505": Reason.SYSTEM_ERROR,
    "506": Reason.SPAM_DETECTED,
    "510": Reason.BLOCKED,
    "513": Reason.MESSAGE_TOO_BIG,
    "514": Reason.TOO_MANY_CONNECTIONS,
    "515": Reason.NOT_COMPLIANT_RFC,
    "516": Reason.SPAM_DETECTED,
    "517": Reason.AUTH_FAILURE,
    "519": Reason.SPAM_DETECTED,
    "610": Reason.POLICY_VIOLATION,
    "630": Reason.POLICY_VIOLATION,
}


def read(said: str) -> Reason | None:
    """What the code in the folded text means; None without one, or with one not known."""
    found = CODE.search(said)
    return CODES.get(found[1]) if found else None
