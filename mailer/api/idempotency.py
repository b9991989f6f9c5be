"""The same request once: what was answered to it is answered again.

draft-ietf-httpapi-idempotency-key-header:
claim, committed | the work and its answer, in one transaction | or release, when it failed
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, g, json, make_response, request
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from mailer import rulebook
from mailer.api import matching
from mailer.api.models import ApiAttempt
from mailer.api.words import fault_of, refused
from mailer.clock import now
from mailer.db import db, transaction
from mailer.web.problems import Kind, Problem

HEADER = "Idempotency-Key"
# A string of RFC 8941, or the same without its quotes.
PATTERN = '^("[!#-~]{1,253}"|[!#-~]{1,255})$'
SHAPE = re.compile(PATTERN)
# The draft wants the time published: the document, its page and docs/api.md tell it.
KEPT = timedelta(days=rulebook.load().figures.idempotency_days.value)
HOURS = KEPT // timedelta(hours=1)
# Longer than any request takes: whoever has not answered by then is dead, and did nothing.
LEASE = timedelta(minutes=1)

IN_FLIGHT = Kind(409, "in-flight", _("La même demande est en cours"))
OTHER = Kind(
    422, "idempotency-key-reused", _("Cette Idempotency-Key a servi pour une autre demande")
)


@dataclass(frozen=True)
class Claim:
    """This request is the one that does the work."""

    which: tuple[ColumnElement[bool], ...]
    token: str


def once(work: Callable[[], Response]) -> Response:
    """Do the work, or answer what was answered before; without a key, do it.

    The work runs within the transaction that also keeps its answer.
    """
    given = request.headers.get(HEADER)
    if given is None:
        with transaction():
            return work()
    if SHAPE.fullmatch(given) is None:
        raise refused("length", header=HEADER)
    # A structured field has quotes around it (RFC 8941, 3.3.3); many programs leave them out.
    claimed = _claim(given.strip('"'), now())
    if isinstance(claimed, Response):
        return claimed
    is_done = False
    try:
        with transaction():
            answer = work()
            _finish(claimed, answer)
        is_done = True
    finally:
        if not is_done:
            _release(claimed)
    return answer


def _claim(given: str, at: datetime) -> Claim | Response:
    """The right to do it, or the answer that was given; raises Problem while it is under way."""
    which = (ApiAttempt.key_id == g.key.id, ApiAttempt.given_digest == _digest(given.encode()))
    try:
        with transaction():
            db.session.execute(delete(ApiAttempt).where(*which, ApiAttempt.began_at <= at - KEPT))
            known = db.session.scalar(select(ApiAttempt).where(*which).with_for_update())
            if known is None:
                return _begun(given, which, at)
            return _known(known, which, at)
    except IntegrityError:
        # Another request with this key was committed while this one waited.
        raise Problem(IN_FLIGHT, headers={"Retry-After": "1"}) from None


def _begun(given: str, which: tuple[ColumnElement[bool], ...], at: datetime) -> Claim:
    token = secrets.token_hex(8)
    db.session.add(
        ApiAttempt(
            key_id=g.key.id,
            given_digest=_digest(given.encode()),
            request_digest=_asked(),
            began_at=at,
            lease_until=at + LEASE,
            claim=token,
        )
    )
    return Claim(which, token)


def _known(
    known: ApiAttempt, which: tuple[ColumnElement[bool], ...], at: datetime
) -> Claim | Response:
    if known.request_digest != _asked():
        raise Problem(OTHER, faults=[fault_of("invalid", header=HEADER)])
    if known.status is not None:
        return _replayed(known)
    if known.lease_until > at:
        raise Problem(IN_FLIGHT, headers={"Retry-After": "1"})
    known.claim, known.lease_until = secrets.token_hex(8), at + LEASE
    return Claim(which, known.claim)


def _replayed(known: ApiAttempt) -> Response:
    answer = known.answer or "{}"
    headers = {
        "Content-Type": "application/json",
        "ETag": matching.etag(json.loads(answer)),
        "Idempotency-Replayed": "true",
    }
    if known.location:
        headers["Location"] = known.location
    return make_response(answer, known.status or 200, headers)


def _finish(claimed: Claim, answer: Response) -> None:
    """Keep the answer; raises Problem when the lease was over and another did it."""
    values = {
        "status": answer.status_code,
        "answer": answer.get_data(as_text=True),
        "location": answer.headers.get("Location", ""),
    }
    mine = (*claimed.which, ApiAttempt.claim == claimed.token)
    kept = db.session.connection().execute(update(ApiAttempt).where(*mine).values(values))
    if kept.rowcount != 1:
        raise Problem(IN_FLIGHT, headers={"Retry-After": "1"})


def _release(claimed: Claim) -> None:
    """What failed may be mended, and sent again under the same key."""
    mine = (*claimed.which, ApiAttempt.claim == claimed.token, ApiAttempt.status.is_(None))
    with transaction():
        db.session.execute(delete(ApiAttempt).where(*mine))


def _asked() -> str:
    """The digest of what is asked: the method, the address and the body."""
    said = f"{request.method} {request.full_path}\n".encode()
    return _digest(said + request.get_data())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
