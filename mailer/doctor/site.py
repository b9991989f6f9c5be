"""Whether the public address answers, encrypted: every link of every mail leads there."""

import ssl
from collections.abc import Iterator
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from mailer.doctor.finding import Finding, fault, good

BROKEN = 500
# What a proxy answers to what it does not let through, or leads elsewhere.
REFUSED = {*range(300, 400), 401, 403, 405}
# RFC 8058, 3.1. No letter has that token: nobody is unsubscribed.
ONE_CLICK, PRESSED = "/u/doctor", "List-Unsubscribe=One-Click"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def site(url: str, seconds: float) -> Iterator[Finding]:
    """What BASE_URL answers, and whether one click in a mail program comes through."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        said = f"BASE_URL is {url}, which is not https: links can be read and changed on the way"
        yield fault("BASE_URL", said, "set it to the https address that people reach")
        return
    context = ssl.create_default_context()
    asking = HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=context)
    path = parts.path.rstrip("/")
    try:
        home = _status(asking, "GET", f"{path}/")
        click = _status(asking, "POST", f"{path}{ONE_CLICK}", PRESSED)
    except ssl.SSLCertVerificationError:
        said = f"{url} shows a certificate that is not its own, or is out of date"
        yield fault("BASE_URL", said, "have the proxy renew it, or correct BASE_URL")
    except (OSError, HTTPException) as error:
        said = f"nobody answers at {url} ({type(error).__name__})"
        cure = "start `mailer up` and the proxy before it, or correct BASE_URL"
        yield fault("BASE_URL", said, cure)
    else:
        yield _answered(url, home)
        yield _clicked(click)
    finally:
        asking.close()


def _status(asking: HTTPSConnection, method: str, path: str, content: str = "") -> int:
    asking.request(method, path, content or None, FORM if content else {})
    answer = asking.getresponse()
    answer.read()
    return answer.status


def _answered(url: str, status: int) -> Finding:
    if status < BROKEN:
        return good("BASE_URL", f"{url} answers")
    said = f"{url} answers {status}"
    return fault("BASE_URL", said, "see the log of mailer and of the proxy")


def _clicked(status: int) -> Finding:
    if status not in REFUSED and status < BROKEN:
        return good("one-click", "mail programs can unsubscribe whoever asks")
    said = f"what mail programs post to unsubscribe somebody is answered {status}"
    cure = "let POST to /u/ pass the proxy, without sign-in or redirect (RFC 8058)"
    return fault("one-click", said, cure)
