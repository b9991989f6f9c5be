"""Whether the public address answers, encrypted: every link of every mail leads there."""

import ssl
from collections.abc import Iterator
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from mailer.doctor.finding import Finding, fault, good

BROKEN = 500


def site(url: str, seconds: float) -> Iterator[Finding]:
    """What BASE_URL answers."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        said = f"BASE_URL is {url}, which is not https: links can be read and changed on the way"
        yield fault("BASE_URL", said, "set it to the https address that people reach")
        return
    context = ssl.create_default_context()
    asking = HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=context)
    try:
        asking.request("GET", "/")
        status = asking.getresponse().status
    except ssl.SSLCertVerificationError:
        said = f"{url} shows a certificate that is not its own, or is out of date"
        yield fault("BASE_URL", said, "have the proxy renew it, or correct BASE_URL")
    except (OSError, HTTPException) as error:
        said = f"nobody answers at {url} ({type(error).__name__})"
        cure = "start `mailer up` and the proxy before it, or correct BASE_URL"
        yield fault("BASE_URL", said, cure)
    else:
        yield _answered(url, status)
    finally:
        asking.close()


def _answered(url: str, status: int) -> Finding:
    if status < BROKEN:
        return good("BASE_URL", f"{url} answers")
    said = f"{url} answers {status}"
    return fault("BASE_URL", said, "see the log of mailer and of the proxy")
