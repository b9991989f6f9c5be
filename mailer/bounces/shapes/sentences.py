"""Reports that name the recipient within a sentence, or behind a label.

IMail, InterScan, DragonFly, KDDI, MailFoundry, FML, James, hMailServer, and letters of postmasters.
"""

from collections.abc import Iterator

from mailer.bounces.addressing import addresses
from mailer.bounces.findings import Finding
from mailer.bounces.report import Report
from mailer.bounces.wording import folded

# What stands right before the address; in folded text.
BEFORE = (
    *("unknown user:", "user unknown:", "undeliverable to", "attempts:", "allowed size:"),
    *("delivered to", "delivered to:", "message to", "message to:", "mail to", "mail to:"),
    *("addressed to", "recipient:", "recipient address:", "rcpt to:", "userid:", "rcpt to"),
    *("generated from", "violation for", "recipients:", "addressed,", "email to group"),
    *("list", "errors:", "deliver to", "user", "to local user", "delivre a", "remis a", "mailbox"),
    *(
        "delivery to",
        "recipient",
        "failed recipient:",
        "account",
        "sent to",
    ),
    *("to the following recipient:", "email to", "to:", "distribue a", "envoye a"),
    *("destinataire", "destinataire :", "zustellung an", "empfanger", "an", "email address"),
    *(
        "final-recipient: rfc822;",
        "address:",
        "adres:",
        "original recipient:",
        "undeliverable address:",
        "invalid:",
    ),
)
# What stands right after it.
AFTER = (
    *("unknown", "...", ": unknown", "is unknown", "does not exist", "not found", "not known"),
    *("is not a", "could not be", "was not", "has not", "n'existe pas", "est inconnu", "inconnu"),
    *("did not exactly", "is invalid", "is no longer", "has been", "is not valid", "not listed"),
    *("is not known", "cannot be", "invalid", "mailbox", "user", "address", "unbekannt", "is full"),
    *(
        "over quota",
        "is over",
        "exceeded",
        "rejected",
        "a ete",
        "n'a pas",
        ") not listed",
        "failed",
    ),
)
# A sentence that names the recipient also says one of these, near it.
FAILS = (
    *("unknown", "undeliverable", "not deliver", "unable to", "could not", "couldn't", "fail"),
    *("not been deliver", "not be deliver", "was not", "wasn't", "did not", "reject", "exceed"),
    *(
        "quota",
        "invalid",
        "not found",
        "no such",
        "not a ",
        "error",
        "not exist",
        "full",
        "delayed",
    ),
    *("returned", "n'a pas", "pas pu", "inconnu", "n'existe", "nicht", "disabled", "not listed"),
    *("trouble", "no longer", "denied", "not have", "attempts", "not known", "not permitted"),
)
NEAR = 48


def read(report: Report) -> list[Finding]:
    """The recipients that the sentences of the report name as failed."""
    text = report.text
    if not any(word in folded(text) for word in FAILS):
        return []
    senders = report.senders()
    named = dict.fromkeys(_named(text))
    strangers = [each for each in named if each.lower() not in senders]
    unique = {each.lower(): each for each in reversed(strangers)}
    return [Finding(each, text) for each in reversed(unique.values())]


def _named(text: str) -> Iterator[str]:
    for address, start, end in addresses(text):
        before = folded(text[max(0, start - NEAR) : start]).rstrip(" <\"'([")
        after = folded(text[end : end + NEAR]).lstrip(" >\"')]:;,")
        if before.endswith(BEFORE) or after.startswith(AFTER):
            yield address
