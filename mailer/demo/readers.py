"""Two thousand readers on two lists, with the proof of what each was shown."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask_babel import force_locale
from sqlalchemy import insert, select

from mailer import addresses
from mailer.consent import operations as consent
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.subjects import fingerprints_of
from mailer.db import db
from mailer.demo.growth import Reader, grown
from mailer.demo.people import invented
from mailer.subscriptions.models import Confirmation, MailingList, Subscriber, Subscription
from mailer.subscriptions.shown import keep, subscription_form
from mailer.subscriptions.states import State

READERS = 2000
LISTS = Path(__file__).with_name("lists.toml")


@dataclass(frozen=True)
class Line:
    """One reader on one list."""

    reader: Reader
    subscriber_id: int
    fingerprint: str
    mailing_list: MailingList


def load_lists() -> list[MailingList]:
    """What one can receive."""
    written = tomllib.loads(LISTS.read_text(encoding="utf-8"))["list"]
    lists = [MailingList(**each) for each in written]
    db.session.add_all(lists)
    db.session.flush()
    return lists


def load(lists: Sequence[MailingList], at: datetime) -> list[Reader]:
    """The readers, as if each had filled the form and pressed the button of the mail."""
    readers = grown(invented(READERS), at)
    shown = _keep_what_is_shown(lists, readers[0].requested_at)
    lines = list(_lines(readers, lists))
    confirmed = [line for line in lines if line.reader.confirmed_at]
    pending = lines[len(confirmed) :]
    asked = _events(lines, Kind.SIGNUP_REQUESTED, shown)
    yes = _events(confirmed, Kind.CONFIRMED, replace(shown, method=Method.CONFIRM_POST))
    proofs = [*yes, *asked[len(confirmed) :]]
    rows = [_subscription(line, proof) for line, proof in zip(lines, proofs, strict=True)]
    db.session.execute(insert(Subscription), rows)
    _await(pending)
    return readers


def _keep_what_is_shown(lists: Sequence[MailingList], at: datetime) -> Evidence:
    with force_locale("fr"):
        form = subscription_form(lists)
        digest = keep(form, at)
    return Evidence(
        Method.WEB_FORM,
        at,
        page="/inscriptions",
        # A network for documentation (RFC 5737).
        network="192.0.2.0/24",
        notice_sha256=form.short.sha256,
        form_sha256=digest,
        origin="demo",
    )


def _lines(readers: Sequence[Reader], lists: Sequence[MailingList]) -> Iterator[Line]:
    fingerprints = fingerprints_of([addresses.parse(r.person.email) for r in readers])
    rows = [
        {
            "address": reader.person.email,
            "fingerprint": fingerprint,
            "language": "fr",
            "created_at": reader.requested_at,
        }
        for reader, fingerprint in zip(readers, fingerprints, strict=True)
    ]
    added = insert(Subscriber).returning(Subscriber.id, sort_by_parameter_order=True)
    numbers = db.session.scalars(added, rows).all()
    for reader, number, fingerprint in zip(readers, numbers, fingerprints, strict=True):
        for mailing_list in lists[: 1 + reader.both_lists]:
            yield Line(reader, number, fingerprint, mailing_list)


def _events(lines: Sequence[Line], kind: Kind, evidence: Evidence) -> Sequence[int]:
    return consent.record_many([_event(line, kind, evidence) for line in lines])


def _event(line: Line, kind: Kind, evidence: Evidence) -> Entry:
    reader = line.reader
    at = reader.confirmed_at if kind == Kind.CONFIRMED else reader.requested_at
    shown = replace(evidence, given_at=at or reader.requested_at, address=reader.person.email)
    return Entry(line.fingerprint, line.mailing_list.purpose, kind, shown)


def _subscription(line: Line, proof: int) -> dict[str, object]:
    reader = line.reader
    return {
        "list_id": line.mailing_list.id,
        "subscriber_id": line.subscriber_id,
        "state": State.ACTIVE if reader.confirmed_at else State.PENDING,
        "consent_id": proof,
        "requested_at": reader.requested_at,
        "confirmed_at": reader.confirmed_at,
        "ended_origin": "",
    }


def _await(lines: Sequence[Line]) -> None:
    """The mails that ask to confirm, not yet opened."""
    for line in lines:
        asked = select(Subscription).where(Subscription.subscriber_id == line.subscriber_id)
        db.session.add(
            Confirmation(
                subscriber_id=line.subscriber_id,
                sent_at=line.reader.requested_at,
                subscriptions=list(db.session.scalars(asked)),
            )
        )
    db.session.flush()
