"""What becomes of a letter's revisions: each save keeps one, undo and redo go along them.

A revision names the one that it was written upon. Undo shows that one again, redo the newest that
was written upon it; what is written after an undo begins a branch, and no revision is lost.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from mailer.db import db
from mailer.newsletters import arrange, operations
from mailer.newsletters.blocks import Block, dump, parse
from mailer.newsletters.content import Draft
from mailer.newsletters.models import Issue, IssueRevision
from mailer.newsletters.revisions import draft_of, find, newest_first, next_of

KEPT = 50
# What one person types in so long is one revision, as long as no block comes, goes or moves.
TOGETHER = timedelta(minutes=3)


def write(issue: Issue, draft: Draft, revision: int, actor: str, at: datetime) -> None:
    """Save the draft and keep it as a revision; raises Conflict as operations.save() does."""
    shown = _shown(issue)
    changed = draft != draft_of(issue)
    operations.save(issue, draft, revision, at, actor)
    if not changed:
        return
    if _goes_on(shown, draft.blocks, actor, at):
        _fill(shown, draft, at)
    else:
        _show(issue, _append(issue, draft, shown.number, actor, at))


def undo(issue: Issue, actor: str, at: datetime) -> None:
    """Show the revision that this one was written upon; the first stays."""
    before = find(issue, _shown(issue).follows)
    if before is not None:
        _return_to(issue, before, actor, at)


def redo(issue: Issue, actor: str, at: datetime) -> None:
    """Show the newest revision that was written upon this one; the newest stays."""
    after = next_of(issue)
    if after is not None:
        _return_to(issue, after, actor, at)


def restore(issue: Issue, row: IssueRevision, actor: str, at: datetime) -> None:
    """Show again what stood in that revision, as a new one, so that undo takes it back."""
    shown, draft = _shown(issue), draft_of(row)
    operations.save(issue, draft, issue.revision, at, actor)
    _show(issue, _append(issue, draft, shown.number, actor, at))


def set_aside(issue: Issue, draft: Draft, actor: str, at: datetime) -> None:
    """Keep as a revision what somebody typed and gave up for what another one saved."""
    _append(issue, draft, _shown(issue).number, actor, at)


def bring_back(issue: Issue, name: str, actor: str, at: datetime) -> None:
    """Put the block that was taken out where it last stood; one that is there stays."""
    now_there = draft_of(issue)
    for row in newest_first(issue):
        blocks = parse(row.blocks)
        place = arrange.place_of(blocks, name) - 1
        if place >= 0 and blocks[place].id == name:
            after = blocks[place - 1].id if place else arrange.FIRST
            whole = arrange.returned(now_there.blocks, blocks[place], after)
            draft = Draft(now_there.subject, now_there.preheader, whole)
            return write(issue, draft, issue.revision, actor, at)
    return None


def _shown(issue: Issue) -> IssueRevision:
    """The revision that the letter shows; what came otherwise than by an editor becomes one."""
    found, stands = find(issue, issue.stands_at), draft_of(issue)
    if found is None or draft_of(found) != stands:
        found = _append(issue, stands, issue.stands_at, "", issue.updated_at)
        _show(issue, found)
    return found


def _goes_on(shown: IssueRevision, blocks: tuple[Block, ...], actor: str, at: datetime) -> bool:
    """Whether what is saved now belongs to the same revision."""
    same_author = shown.actor == actor and at - shown.began_at < TOGETHER
    same_shape = _shape(parse(shown.blocks)) == _shape(blocks)
    return same_author and same_shape and shown.number == _last_number(shown.issue_id)


def _shape(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.id, block.type) for block in blocks]


def _append(
    issue: Issue, draft: Draft, follows: int | None, actor: str, at: datetime
) -> IssueRevision:
    row = IssueRevision(
        issue_id=issue.id,
        number=_last_number(issue.id) + 1,
        follows=follows,
        actor=actor,
        began_at=at,
    )
    _fill(row, draft, at)
    db.session.add(row)
    db.session.flush()
    old = row.number - KEPT
    db.session.execute(
        delete(IssueRevision).where(IssueRevision.issue_id == issue.id, IssueRevision.number <= old)
    )
    return row


def _fill(row: IssueRevision, draft: Draft, at: datetime) -> None:
    row.subject, row.preheader, row.blocks = draft.subject, draft.preheader, dump(draft.blocks)
    row.saved_at = at


def _last_number(issue_id: int) -> int:
    newest = select(func.max(IssueRevision.number)).where(IssueRevision.issue_id == issue_id)
    return db.session.scalar(newest) or 0


def _show(issue: Issue, row: IssueRevision) -> None:
    issue.stands_at = row.number
    db.session.flush()


def _return_to(issue: Issue, row: IssueRevision, actor: str, at: datetime) -> None:
    operations.save(issue, draft_of(row), issue.revision, at, actor)
    _show(issue, row)
