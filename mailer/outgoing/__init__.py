"""The one way out to the web; only the doctor looks at our own site by itself."""

from mailer.outgoing.asking import status
from mailer.outgoing.client import Answer, fetch
from mailer.outgoing.failure import Reason, RequestError
from mailer.outgoing.posting import post, send
from mailer.outgoing.rules import Rules, configured, public_web_only
from mailer.outgoing.target import refusal

__all__ = [
    "Answer",
    "Reason",
    "RequestError",
    "Rules",
    "configured",
    "fetch",
    "post",
    "public_web_only",
    "refusal",
    "send",
    "status",
]
