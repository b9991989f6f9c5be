"""Why a request to another server came to nothing."""

from enum import StrEnum


class Reason(StrEnum):
    """The code that is stored; the words for people stand where they are shown."""

    BAD_ADDRESS = "bad-address"
    UNKNOWN_HOST = "unknown-host"
    REFUSED_ADDRESS = "refused-address"
    REFUSED_PORT = "refused-port"
    NOT_REACHABLE = "not-reachable"
    NOT_TRUSTED = "not-trusted"
    TOO_SLOW = "too-slow"
    TOO_BIG = "too-big"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    NOT_FOUND = "not-found"
    FORBIDDEN = "forbidden"
    BAD_STATUS = "bad-status"
    BAD_ANSWER = "bad-answer"


class RequestError(Exception):
    """Nothing usable came back; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
