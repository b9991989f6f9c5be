"""What is done to letters: drafted, saved, approved, duplicated."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mailer.articles import queries as articles
from mailer.audit import operations as audit
from mailer.db import db
from mailer.errors import Conflict, Invalid, NotFound
from mailer.events import Kind, happened
from mailer.mail import outbox
from mailer.newsletters import approving, edition, emails, filling, preflight, queries
from mailer.newsletters.approvals import Act
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import Block, dump, parse
from mailer.newsletters.content import Draft
from mailer.newsletters.envelope import suggested
from mailer.newsletters.models import ApprovedLetter, ApprovedVersion, Issue, Newsletter, State
from mailer.newsletters.preflight import Report
from mailer.newsletters.snapshots import copied
from mailer.newsletters.themes import queries as themes
from mailer.newsletters.typesetting import typeset
from mailer.subscriptions.models import MailingList

# In the language of the letter, which is not always that of the desk.
CORRECTION = {"fr": "Rectificatif\u202f: {}", "en": "Correction: {}"}


def series_of(mailing_list: MailingList) -> Newsletter:
    """The series that the list receives, made with its name at the first letter."""
    found = queries.newsletter_of(mailing_list.id)
    if found is None:
        found = Newsletter(name=mailing_list.name, mailing_list=mailing_list)
        db.session.add(found)
        db.session.flush()
    return found


def draft_issue(
    newsletter: Newsletter,
    articles: Sequence[Article],
    language: str,
    at: datetime,
    actor: str,
) -> Issue:
    """A new letter with a copy of each article, in that order; they give subject and preheader."""
    blocks = tuple(Block(f"b{n}", article) for n, article in enumerate(articles, start=1))
    subject = articles[0].title if articles else ""
    issue = Issue(
        newsletter=newsletter,
        subject=subject,
        preheader=suggested(article.title for article in articles[1:]),
        language=language,
        theme=themes.last_used(newsletter.id),
        blocks=dump(blocks),
        created_at=at,
        updated_at=at,
    )
    db.session.add(issue)
    db.session.flush()
    approving.edited(issue, actor, at)
    return issue


def save(issue: Issue, draft: Draft, revision: int, at: datetime, actor: str) -> None:
    """Keep the draft; raises Conflict when somebody saved since that revision, or approved.

    Whoever saves has a part in the letter, and cannot be the second person who approves it.
    """
    if not issue.is_draft or issue.revision != revision:
        raise Conflict("issue")
    issue.subject, issue.preheader = draft.subject, draft.preheader
    issue.blocks = dump(draft.blocks)
    issue.revision += 1
    issue.updated_at = at
    approving.edited(issue, actor, at)


def mend_typography(issue: Issue, revision: int, at: datetime, actor: str) -> None:
    """Set its texts as printers do; raises Conflict when somebody saved since that revision."""
    mended = typeset(edition.whole(issue))
    save(issue, Draft(mended.subject, mended.preheader, mended.blocks), revision, at, actor)


def take_again(issue: Issue, block_id: str, revision: int, at: datetime, actor: str) -> None:
    """Copy the article of that block anew; raises NotFound, or Conflict as save() does."""
    blocks = parse(issue.blocks)
    props = next((block.props for block in blocks if block.id == block_id), None)
    if not isinstance(props, Article):
        raise NotFound("article")
    fresh = replace(copied(articles.article(props.article_id)), layout=props.layout)
    taken = tuple(replace(b, props=fresh) if b.id == block_id else b for b in blocks)
    save(issue, Draft(issue.subject, issue.preheader, taken), revision, at, actor)


def approve(issue: Issue, revision: int, actor: str, at: datetime) -> ApprovedLetter:
    """Fix what leaves; raises Conflict when it changed since it was read, Invalid if it may not.

    The template of an automatic letter is a Conflict too: only what is made from it leaves.
    Above the number of the settings, OwnLetter for whoever is no second person.
    """
    _check_draft(issue, revision)
    return _fixed(issue, approving.verdict(issue, actor), actor, at)


def approve_unread(issue: Issue, revision: int, actor: str, at: datetime) -> ApprovedLetter:
    """Fix what composed itself and leaves in the name of that person; raises as approve() does.

    Whoever had it leave by itself has not read it: for many, they are no second person.
    """
    _check_draft(issue, revision)
    approving.check_few(issue)
    return _fixed(issue, Act.APPROVED_ALONE, actor, at)


def _check_draft(issue: Issue, revision: int) -> None:
    is_read = issue.is_draft and issue.revision == revision and not issue.trashed_at
    if not is_read or queries.is_template(issue.id):
        raise Conflict("issue")


def _fixed(issue: Issue, act: Act, actor: str, at: datetime) -> ApprovedLetter:
    issue.blocks = dump(filling.drawn(issue))
    looked = approvable(issue, at)
    web = edition.web_version(issue)
    issue.state, issue.approved_at = State.APPROVED, at
    digest = approving.hash_of(issue, looked.drawn)
    issue.letter = edition.kept(issue, digest, looked.rendered, web)
    issue.letter.versions = _versions(looked)
    approving.note(issue, act, digest, actor, at)
    happened(Kind.LETTER_APPROVED, letter_id=issue.id)
    return issue.letter


def _versions(looked: Report) -> list[ApprovedVersion]:
    return [
        ApprovedVersion(
            language=reader.language,
            frequency=reader.frequency,
            html=rendered.html,
            text=rendered.text,
        )
        for reader, rendered in looked.versions.items()
    ]


def approvable(issue: Issue, at: datetime) -> Report:
    """The letter as drawn; raises Invalid when something in it forbids its approval."""
    looked = preflight.report(issue, at)
    if found := looked.blocking:
        raise Invalid(f"issue {issue.id}: {', '.join(finding.rule for finding in found)}")
    return looked


def ask_approval(issue: Issue, actor: str, at: datetime) -> int:
    """Ask those who may approve it, by mail; says how many. Asked twice, they are told once.

    Raises Invalid when something in the letter forbids its approval, Conflict when nothing is to
    be approved.
    """
    if not issue.is_draft and not approving.was_alone(issue):
        raise Conflict("issue")
    digest = approving.hash_of(issue, approvable(issue, at).drawn)
    asked = approving.approvers(issue)
    if asked and approving.request(issue, digest) is None:
        approving.note(issue, Act.ASKED, digest, actor, at)
        for colleague in asked:
            outbox.put(emails.approval(issue, colleague, actor), f"issue:{issue.id}")
    return len(asked)


def trash(issue: Issue, actor: str, at: datetime) -> None:
    """Put a draft aside until its time in the trash is over; raises Conflict for what is not one.

    The template of automatic letters is a Conflict too, and so is what was ever sent.
    """
    if not issue.is_draft or issue.sent_at or queries.is_template(issue.id):
        raise Conflict("issue")
    issue.trashed_at = issue.trashed_at or at
    audit.record(actor, "trash", f"issue:{issue.id}")


def take_out(issue: Issue, actor: str) -> None:
    """Have a draft back from the trash as it was."""
    issue.trashed_at = None
    audit.record(actor, "take-out", f"issue:{issue.id}")


def send_trial(issue: Issue, recipient: str) -> None:
    """Put the letter as it stands into the outbox for one colleague."""
    outbox.put(emails.trial(issue, recipient), f"issue:{issue.id}")


def duplicate(issue: Issue, at: datetime, actor: str) -> Issue:
    """A draft with the same subject, preheader, theme, blocks and authors."""
    copy = copy_of(issue, at)
    db.session.add(copy)
    db.session.flush()
    approving.copied(copy, issue, actor, at)
    return copy


def correct(issue: Issue, at: datetime, actor: str) -> Issue:
    """The same, under a subject that says in the letter's language that it corrects another."""
    copy = duplicate(issue, at, actor)
    copy.subject = CORRECTION[copy.language].format(issue.subject)
    return copy


def copy_of(issue: Issue, at: datetime) -> Issue:
    """The same, which nothing stores yet."""
    return Issue(
        newsletter=issue.newsletter,
        subject=issue.subject,
        preheader=issue.preheader,
        language=issue.language,
        theme=issue.theme,
        blocks=issue.blocks,
        created_at=at,
        updated_at=at,
    )
