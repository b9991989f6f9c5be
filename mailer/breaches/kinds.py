"""What an incident is, in the words that the authority's form asks for; the values are stored."""

from enum import StrEnum


class Nature(StrEnum):
    """What the data lost (GDPR art. 4(12))."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    AVAILABILITY = "availability"


class Data(StrEnum):
    """Which data were touched (art. 33(3)(a))."""

    CONTACT = "contact"
    IDENTITY = "identity"
    CHOICES = "choices"
    HISTORY = "history"
    NETWORK = "network"
    ACCESS = "access"
    REQUESTS = "requests"
    SENSITIVE = "sensitive"
    OTHER = "other"


class People(StrEnum):
    """Whose data they are (art. 33(3)(a))."""

    SUBSCRIBERS = "subscribers"
    FORMER = "former"
    REQUESTERS = "requesters"
    STAFF = "staff"
    MINORS = "minors"
    OTHER = "other"


class Cause(StrEnum):
    """Where it came from: from inside or outside, by accident or on purpose."""

    UNKNOWN = "unknown"
    INTERNAL_ACCIDENT = "internal_accident"
    INTERNAL_ACT = "internal_act"
    EXTERNAL_ACCIDENT = "external_accident"
    EXTERNAL_ACT = "external_act"


class Risk(StrEnum):
    """For the persons. None: nothing to notify; a risk: art. 33(1); a high one: art. 34(1) too."""

    NONE = "none"
    RISK = "risk"
    HIGH = "high"


class Phase(StrEnum):
    """A notification is whole at once, or comes in phases (art. 33(4))."""

    WHOLE = "whole"
    INITIAL = "initial"
    COMPLEMENT = "complement"


class Exemption(StrEnum):
    """Why the persons need not be told one by one: the letters of art. 34(3)."""

    UNINTELLIGIBLE = "unintelligible"
    MITIGATED = "mitigated"
    PUBLISHED = "published"


class Reach(StrEnum):
    """By what the persons touched are found."""

    LISTS = "lists"
    PERIOD = "period"
    CAMPAIGN = "campaign"
    IMPORT = "import"
    ALL = "all"


class Told(StrEnum):
    """How far the letter to one person has come. `unreachable`: no address of theirs is left."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    UNREACHABLE = "unreachable"


class Detector(StrEnum):
    """What may be the trace of an incident."""

    LEDGER = "ledger"
    SIGN_INS = "sign_ins"
    EXPORT = "export"
