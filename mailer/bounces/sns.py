"""Amazon SNS: its certificates, fetched once from Amazon's hosts alone, and its confirmations."""

from collections import OrderedDict
from datetime import timedelta
from threading import Lock

from structlog import get_logger

from mailer import outgoing
from mailer.bounces import signatures_sns
from mailer.bounces.providers.reading import Table
from mailer.outgoing import Rules

log = get_logger()

CERTIFICATES_KEPT = 8
# SNS waits fifteen seconds for our answer, to which one or two of these come first.
DEADLINE = timedelta(seconds=5)
RULES = Rules(deadline=DEADLINE, max_bytes=100_000, max_redirects=0)


class Certificates:
    """Those that signed something for us, by their address; shared by the threads of a process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, url: str) -> bytes | None:
        """The certificate, if it was kept."""
        with self._lock:
            return self._kept.get(url)

    def keep(self, url: str, certificate: bytes) -> None:
        """Keep it in the place of the oldest."""
        with self._lock:
            self._kept[url] = certificate
            if len(self._kept) > CERTIFICATES_KEPT:
                self._kept.popitem(last=False)


CERTIFICATES = Certificates()


def is_signed(message: Table) -> bool:
    """Whether Amazon signed the message; asks them for the certificate outside any transaction.

    Raises RequestError while the certificate is out of reach.
    """
    url = signatures_sns.certificate_url(message)
    signature = signatures_sns.signature_of(message)
    if url is None or signature is None:
        return False
    certificate = CERTIFICATES.get(url) or _fetched(url)
    if not signature.is_by(certificate):
        return False
    CERTIFICATES.keep(url, certificate)
    return True


def confirm(message: Table) -> None:
    """Say yes to a subscription whose signature was checked; raises RequestError."""
    if url := signatures_sns.subscribe_url(message):
        _fetched(url)
        log.info("sns.confirmed")


def _fetched(url: str) -> bytes:
    return outgoing.fetch(url, RULES).content
