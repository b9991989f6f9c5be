"""What was shown, when, where and how it was answered: the proof that goes with a consent."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What happened to a consent."""

    SIGNUP_REQUESTED = "signup_requested"
    CONFIRMATION_SENT = "confirmation_sent"
    CONFIRMED = "confirmed"
    CONFIRMATION_EXPIRED = "confirmation_expired"
    IMPORTED = "imported"
    RENEWAL_ASKED = "renewal_asked"
    RENEWED = "renewed"
    LAPSED = "lapsed"
    PREFERENCE_CHANGED = "preference_changed"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    COMPLAINED = "complained"
    HARD_BOUNCED = "hard_bounced"
    TRACKING_GRANTED = "tracking_granted"
    TRACKING_REFUSED = "tracking_refused"
    TRACKING_WITHDRAWN = "tracking_withdrawn"
    RESTRICTED = "restricted"
    UNRESTRICTED = "unrestricted"
    RECTIFIED = "rectified"
    ERASED = "erased"
    RESTORED = "restored"


class Method(StrEnum):
    """By which way it came."""

    WEB_FORM = "web_form"
    CONFIRM_POST = "confirm_post"
    ONE_CLICK_POST = "one_click_post"
    MAILTO = "mailto"
    PREFERENCE_PAGE = "preference_page"
    STAFF = "staff"
    IMPORT = "import"
    API = "api"
    FEEDBACK_LOOP = "feedback_loop"
    BOUNCE = "bounce"
    JOB = "job"
    RIGHTS_REQUEST = "dsr"


@dataclass(frozen=True)
class Evidence:
    """What a person was shown and answered; `network` is a truncated IP address.

    Address, page, network, user agent and reason are kept under the person's own key.
    """

    method: Method
    given_at: datetime
    language: str = "fr"
    page: str = ""
    network: str = ""
    notice_sha256: str | None = None
    form_sha256: str | None = None
    origin: str = ""
    address: str = ""
    user_agent: str = ""
    basis: str = ""
    # What somebody of the service wrote of why they did it; sealed too.
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """One event to add to the ledger."""

    fingerprint: str
    purpose: str
    kind: Kind
    evidence: Evidence
    actor: str = "subject"


def sha256(text: str) -> str:
    """The digest by which a text that was shown is known."""
    return hashlib.sha256(text.encode()).hexdigest()
