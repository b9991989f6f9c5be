"""Writing proofs and the do-not-write list. Every event passes through here into the ledger."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, text

from mailer.clock import now
from mailer.consent import bulk, ledger, projection, withdrawals
from mailer.consent.alike import DIFFERENT
from mailer.consent.evidence import Entry, Evidence, Kind, Method, sha256
from mailer.consent.grounds import grounded
from mailer.consent.keys import chain_key
from mailer.consent.models import ConsentEvent, Reason, table_of
from mailer.consent.notices import NoticeText
from mailer.consent.queries import is_kept, is_set_aside, suppression_of
from mailer.consent.states import ALL_LISTS
from mailer.db import UTCDateTime, db
from mailer.errors import Conflict

# What each reason is called in the ledger, how it came, and from whom: no person bounces.
HAPPENED = {
    Reason.OBJECTION: (Kind.OBJECTED, Method.RIGHTS_REQUEST, "subject"),
    Reason.COMPLAINT: (Kind.COMPLAINED, Method.FEEDBACK_LOOP, "subject"),
    Reason.HARD_BOUNCE: (Kind.HARD_BOUNCED, Method.BOUNCE, "job:send"),
    Reason.RESTRICTION: (Kind.RESTRICTED, Method.RIGHTS_REQUEST, "subject"),
}

# What two visitors were shown at once is kept once: the second waits for the first, then adds
# nothing.
KEEP_NOTICE = text(
    "INSERT INTO notice (kind, locale, version, title, body, sha256, valid_from)"
    " SELECT CAST(:kind AS VARCHAR), CAST(:locale AS VARCHAR), COALESCE(MAX(version), 0) + 1,"
    " :title, :body, :sha256, :at"
    " FROM notice WHERE kind = :kind AND locale = :locale"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UTCDateTime()))
KEEP_FORM = text(
    "INSERT INTO form_snapshot (content, sha256, valid_from) VALUES (:content, :sha256, :at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UTCDateTime()))


def record(
    fingerprint: str, purpose: str, kind: Kind, evidence: Evidence, actor: str = "subject"
) -> ConsentEvent:
    """Add one event to the ledger; it is never changed afterwards.

    From here to the end of the transaction nobody else adds one: hold the rows of the person
    before, never after.
    """
    [entry] = grounded([Entry(fingerprint, purpose, kind, evidence, actor)])
    event = ConsentEvent(**ledger.rows([entry], chain_key(), now())[0])
    db.session.add(event)
    db.session.flush()
    projection.keep([(fingerprint, projection.happened(entry, event.id))])
    withdrawals.note([kind])
    return event


def record_many(entries: Sequence[Entry]) -> range:
    """Add these events in their order, as `record` does, and give their numbers."""
    entries = grounded(entries)
    rows = ledger.rows(entries, chain_key(), now())
    if rows:
        bulk.add(table_of(ConsentEvent), rows)
    last = ledger.head().seq
    numbers = range(last - len(rows) + 1, last + 1)
    told = zip(entries, numbers, strict=True)
    projection.keep((one.fingerprint, projection.happened(one, number)) for one, number in told)
    withdrawals.note([one.kind for one in entries])
    return numbers


def record_alike(entry: Entry, fingerprints: Sequence[str]) -> range:
    """Add that event for each of these people, all different, and give the numbers.

    What `record_many` does with an entry for each, several times faster; the entry's own
    fingerprint counts for nothing, and its evidence must hold nothing of one person.
    """
    [entry] = grounded([entry])
    events = ledger.alike(entry, fingerprints, chain_key(), now())
    bulk.add_alike(table_of(ConsentEvent), events.shared, DIFFERENT, events.links)
    last = ledger.head().seq
    numbers = range(last - len(fingerprints) + 1, last + 1)
    projection.keep_alike(entry, fingerprints, numbers)
    return numbers


def keep_notice(shown: NoticeText, at: datetime) -> None:
    """Keep the text as a new version, unless it is the text of a version that is kept already."""
    values: dict[str, object] = {
        "kind": shown.kind.value,
        "locale": shown.locale,
        "title": shown.title,
    }
    values |= {"body": shown.body, "sha256": shown.sha256, "at": at}
    # Another text may have taken the number meanwhile: the next is then free.
    while not is_kept(shown.sha256):
        db.session.execute(KEEP_NOTICE, values)


def keep_form(content: str, at: datetime) -> str:
    """Keep the form as it was shown, once, and give the digest by which events point at it."""
    digest = sha256(content)
    db.session.execute(KEEP_FORM, {"content": content, "sha256": digest, "at": at})
    return digest


def suppress(fingerprint: str, reason: Reason, at: datetime, origin: str) -> None:
    """Never write to this address again, from this transaction on."""
    entry = suppression(fingerprint, reason, at, origin)
    record(fingerprint, ALL_LISTS, entry.kind, entry.evidence, entry.actor)


def suppression(fingerprint: str, reason: Reason, at: datetime, origin: str) -> Entry:
    """What `suppress` adds, for `record_many`: a file may bring a whole list of them."""
    kind, method, actor = HAPPENED[reason]
    return Entry(fingerprint, ALL_LISTS, kind, Evidence(method, at, origin=origin), actor)


def unrestrict(fingerprint: str, at: datetime, origin: str) -> None:
    """Allow writing again after a restriction; every other cause stands.

    The end is told also of a restriction whose place another cause took, or a yes anew: whoever
    reads the events knows that it lasts no more.
    """
    if is_set_aside(fingerprint):
        evidence = Evidence(Method.RIGHTS_REQUEST, at, origin=origin)
        record(fingerprint, ALL_LISTS, Kind.UNRESTRICTED, evidence, actor="staff")


def restore(fingerprint: str, reason: str, at: datetime, actor: str) -> None:
    """Allow writing again to an address whose mail came back; raises Conflict for another cause.

    Who objected or complained is written to again only after they press a button of ours; whose
    data are set aside, only after that has ended (GDPR art. 18(2)).
    """
    if suppression_of(fingerprint) is not Reason.HARD_BOUNCE:
        raise Conflict("not suppressed because of a mail that came back")
    if is_set_aside(fingerprint):
        raise Conflict("the data of this person are set aside")
    evidence = Evidence(Method.STAFF, at, reason=reason)
    record(fingerprint, ALL_LISTS, Kind.RESTORED, evidence, actor)
