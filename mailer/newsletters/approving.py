"""The approval of a letter, bound to its content: noted, checked again, taken back."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from mailer.accounts import queries as accounts
from mailer.accounts.models import Account
from mailer.accounts.roles import Role
from mailer.audit import operations as audit
from mailer.db import db
from mailer.errors import Conflict, NotFound
from mailer.newsletters import approvals, filling
from mailer.newsletters.approvals import Act, Step
from mailer.newsletters.blocks import dump
from mailer.newsletters.content import Rendered
from mailer.newsletters.models import ApprovedLetter, Issue, LetterEvent, State
from mailer.subscriptions import queries as subscriptions


class OwnLetter(Conflict):
    """For that many readers, somebody approves who holds the role and had no part in the letter."""


class Unseen(Conflict):
    """Somebody approves, or sends, without saying which content they read."""


def steps(issue: Issue) -> list[Step]:
    """What was done to the letter, oldest first."""
    found = select(LetterEvent).where(LetterEvent.issue_id == issue.id).order_by(LetterEvent.id)
    return [Step(row.act, row.actor, row.content_hash, row.at) for row in db.session.scalars(found)]


def hash_of(issue: Issue, drawn: Sequence[Rendered]) -> str:
    """What an approval of the letter, it and its versions drawn so, is bound to."""
    # Sections are filled at approval: the hash of a draft is what it would be then.
    blocks = dump(filling.drawn(issue)) if issue.is_draft else issue.blocks
    written = (issue.subject, issue.preheader, issue.language, blocks)
    return approvals.content_hash(written, *drawn)


def edited(issue: Issue, actor: str, at: datetime) -> None:
    """Remember who has a part in the letter; saves of one person in a row are one event."""
    audit.record_once(actor, "write", f"issue:{issue.id}")
    _wrote(issue, actor, at)


def answers_for(issue: Issue, actor: str, at: datetime) -> None:
    """Remember who answers for what a program wrote: they are no second person either."""
    if actor not in approvals.authors(steps(issue)):
        _wrote(issue, actor, at)


def _wrote(issue: Issue, actor: str, at: datetime) -> None:
    last = _last(issue)
    if last and last.act is Act.EDITED and last.actor == actor:
        last.at = at
        db.session.flush()
    else:
        # Drawing the letter at each save would cost more than the save: the next act tells it.
        _add(issue, Act.EDITED, "", actor, at)


def copied(copy: Issue, source: Issue, actor: str, at: datetime) -> None:
    """Remember that who wrote the one has written the other too, beside who made it of that."""
    audit.record(actor, "copy", f"issue:{copy.id}")
    wrote = approvals.authors(steps(source)) - {""}
    for author in sorted(wrote | {actor}):
        _wrote(copy, author, at)


def note(issue: Issue, act: Act, digest: str, actor: str, at: datetime) -> None:
    """Remember the act on what has that hash, and tell the audit record."""
    _add(issue, act, digest, actor, at)
    audit.record(actor, act.value, f"issue:{issue.id}")


def is_for_many(readers: int) -> bool:
    """Whether so many readers want a second person to approve the letter."""
    return readers > int(current_app.config["APPROVAL_ABOVE"])


def needs_another(issue: Issue) -> bool:
    """Whether the list has more readers than its author may answer for alone."""
    return is_for_many(subscriptions.active(issue.newsletter.list_id))


def verdict(issue: Issue, actor: str) -> Act:
    """What an approval by that person is; raises OwnLetter when it would not be enough."""
    act = approvals.verdict(steps(issue), actor, _holders())
    if act is Act.APPROVED_ALONE:
        check_few(issue)
    return act


def check_few(issue: Issue) -> None:
    """Raise OwnLetter when the list has more readers than one person may answer for."""
    if needs_another(issue):
        raise OwnLetter("issue")


def check_seen(seen: str, current: str) -> None:
    """Raise Unseen for an empty hash of what was read, Conflict for that of another content."""
    if not seen:
        raise Unseen("issue")
    if seen != current:
        raise Conflict("issue")


def confirm(issue: Issue, actor: str, at: datetime) -> None:
    """Approve what was approved for few; raises OwnLetter for who is no second person either."""
    if issue.is_draft or not was_alone(issue):
        raise Conflict("issue")
    digest = verified(issue).content_hash
    if approvals.verdict(steps(issue), actor, _holders()) is Act.APPROVED_ALONE:
        raise OwnLetter("issue")
    note(issue, Act.APPROVED, digest, actor, at)


def request(issue: Issue, digest: str) -> Step | None:
    """The request for approval that still stands: what was asked for is what is drawn now."""
    found = approvals.request(steps(issue))
    return found if found and found.content_hash == digest else None


def was_alone(issue: Issue) -> bool:
    """Whether no second person has approved the letter."""
    return approvals.was_alone(steps(issue))


def approvers(issue: Issue) -> Sequence[Account]:
    """Who may be asked: those of that role who had no part in it."""
    wrote = approvals.authors(steps(issue))
    holders = accounts.holders(Role.APPROVER)
    return [each for each in holders if accounts.actor_of(each.id) not in wrote]


def _holders() -> frozenset[str]:
    """Those who hold the role of approver now, as the audit record calls them."""
    return frozenset(accounts.actor_of(each.id) for each in accounts.holders(Role.APPROVER))


def verified(issue: Issue) -> ApprovedLetter:
    """What may leave; raises Conflict when it is not, to the letter, what was approved."""
    letter = issue.letter
    if issue.is_draft or letter is None:
        raise Conflict("issue")
    if hash_of(issue, letter.drawn) != letter.content_hash:
        raise Conflict("issue")
    return letter


def take_back(issue: Issue, actor: str, at: datetime) -> None:
    """A draft again, whose approval is void; raises Conflict once a campaign has frozen it."""
    if issue.sent_at is not None:
        raise Conflict("issue")
    if issue.letter is None:
        return
    note(issue, Act.TAKEN_BACK, issue.letter.content_hash, actor, at)
    issue.state, issue.approved_at, issue.letter = State.DRAFT, None, None
    issue.updated_at = at
    db.session.flush()


def sent(issue_id: int, at: datetime) -> None:
    """Remember that a campaign has frozen the letter; the first time counts."""
    found = db.session.get(Issue, issue_id)
    if found is None:
        raise NotFound("issue")
    found.sent_at = found.sent_at or at
    db.session.flush()


def _last(issue: Issue) -> LetterEvent | None:
    found = select(LetterEvent).where(LetterEvent.issue_id == issue.id)
    return db.session.scalar(found.order_by(LetterEvent.id.desc()).limit(1))


def _add(issue: Issue, act: Act, digest: str, actor: str, at: datetime) -> None:
    event = LetterEvent(issue_id=issue.id, act=act, actor=actor, content_hash=digest, at=at)
    db.session.add(event)
    db.session.flush()
