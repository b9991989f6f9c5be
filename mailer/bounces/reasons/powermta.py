"""The categories that PowerMTA, a carrier of bulk mail, adds to its reports."""

from mailer.mail.returned import Reason

CATEGORIES = {
    "bad-mailbox": Reason.USER_UNKNOWN,
    "bad-domain": Reason.HOST_UNKNOWN,
    "inactive-mailbox": Reason.SUSPEND,
    "quota-issues": Reason.MAILBOX_FULL,
    "spam-related": Reason.SPAM_DETECTED,
    "virus-related": Reason.VIRUS_DETECTED,
    "policy-related": Reason.POLICY_VIOLATION,
    "content-related": Reason.CONTENT_ERROR,
    "relaying-issues": Reason.NO_RELAYING,
    "routing-errors": Reason.NETWORK_ERROR,
    "bad-connection": Reason.NETWORK_ERROR,
    "no-answer-from-host": Reason.EXPIRED,
    "message-expired": Reason.EXPIRED,
    "invalid-sender": Reason.REJECTED,
    "protocol-errors": Reason.SYNTAX_ERROR,
    "bad-configuration": Reason.SYSTEM_ERROR,
}
