"""Reading requests: one case, the questions that wait, what keeps a person's data unused."""

from datetime import date

from sqlalchemy import and_, exists, or_, select, union

from mailer.db import db
from mailer.errors import NotFound
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.kinds import FREEZING, Right
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.proceedings import Document, Handover, IdentityQuestion
from mailer.rights.requesters import Requester
from mailer.rights.states import GIVING, OPEN
from mailer.subscriptions.models import Subscriber


def by_id(case_id: int) -> RightsRequest:
    """The case of that number; raises NotFound."""
    case = db.session.get(RightsRequest, case_id)
    if case is None:
        raise NotFound("request")
    return case


def by_reference(reference: str) -> RightsRequest:
    """The case of that reference; raises NotFound."""
    case = db.session.scalar(select(RightsRequest).where(RightsRequest.reference == reference))
    if case is None:
        raise NotFound("request")
    return case


def find_reference(reference: str) -> RightsRequest | None:
    """The case of that reference, or None."""
    return db.session.scalar(select(RightsRequest).where(RightsRequest.reference == reference))


def last_objection(fingerprint: str) -> RightsRequest | None:
    """The newest request of that person that says no to every letter."""
    asked = select(RightsRequest).join(RequestLine).order_by(RightsRequest.id.desc()).limit(1)
    return db.session.scalar(
        asked.where(RightsRequest.fingerprint == fingerprint, RequestLine.right == Right.OBJECTION)
    )


def held(reference: str, *others: str) -> RightsRequest:
    """The case, held for this transaction: of two who decide at once, the second finds it done.

    Others are held with it, always in one order, so that nobody waits for each other.
    """
    asked = RightsRequest.reference.in_((reference, *others))
    db.session.execute(
        select(RightsRequest.id).where(asked).order_by(RightsRequest.id).with_for_update()
    )
    return by_reference(reference)


def is_frozen(fingerprint: str) -> bool:
    """Whether a request of that person, undecided or granted, keeps their data from being used."""
    # Who came back since they were erased said yes anew: that erasure holds nothing any more.
    is_back = exists().where(Subscriber.fingerprint == fingerprint)
    is_kept = or_(RequestLine.right != Right.ERASURE, ~is_back)
    lasts = and_(RequestLine.outcome.in_(GIVING), RightsRequest.lifted_at.is_(None), is_kept)
    keeps = or_(RightsRequest.state.in_(OPEN), lasts)
    found = exists().where(
        RequestLine.request_id == RightsRequest.id,
        RightsRequest.fingerprint == fingerprint,
        or_(
            RequestLine.right.in_(FREEZING),
            and_(RequestLine.right == Right.POST_MORTEM, RightsRequest.requester == Requester.HEIR),
        ),
        keeps,
    )
    return bool(db.session.scalar(select(found)))


def unanswered(until: date) -> list[int]:
    """The questions about who asks that wait since that day or longer, without a reminder."""
    waiting = select(IdentityQuestion.id).where(
        IdentityQuestion.answered_on.is_(None),
        IdentityQuestion.reminded_on.is_(None),
        IdentityQuestion.asked_on <= until,
    )
    return list(db.session.scalars(waiting.order_by(IdentityQuestion.id)))


def sealed_files() -> set[str]:
    """The names of the files that the vault is to keep."""
    tables = (IdentityQuestion, Handover, Document, IncomingMail)
    kept = union(*(select(table.file) for table in tables))
    return set(db.session.scalars(kept))


def last_closed() -> RightsRequest | None:
    """The request that was closed last, for the empty desk."""
    return db.session.scalar(
        select(RightsRequest)
        .where(RightsRequest.closed_at.is_not(None))
        .order_by(RightsRequest.closed_at.desc())
        .limit(1)
    )
