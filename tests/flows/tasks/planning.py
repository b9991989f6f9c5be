"""Letters and sendings that a task of the staff begins with."""

from datetime import datetime, timedelta

from flows.tasks.scene import Scene
from sqlalchemy import select

from mailer.accounts.models import Account
from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.delivery import campaigns
from mailer.delivery.campaigns import Order
from mailer.newsletters import operations
from mailer.newsletters.block_types import Heading, Text
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Draft
from mailer.newsletters.models import Issue, Newsletter

SOON = timedelta(seconds=60)


def draft(scene: Scene, subject: str) -> str:
    """Where the composer shows a letter that lacks nothing."""
    with scene.program().app_context(), transaction():
        return f"/bureau/lettres/{_written(scene, subject).id}"


def sending(scene: Scene, subject: str, starts_in: timedelta = SOON) -> str:
    """Where the desk shows the sending of such a letter, which begins after that time."""
    with scene.program().app_context(), transaction():
        issue, at = _written(scene, subject), now()
        operations.approve(issue, issue.revision, f"account:{_staff(scene).id}", at)
        order = Order(issue.id, issue.newsletter.list_id, 1, at, _staff(scene).id)
        campaign = campaigns.schedule(order, at)
        # The minute in which nothing leaves may be over already.
        campaign.starts_at = at + starts_in
        return f"/bureau/envois/{campaign.id}"


def _written(scene: Scene, subject: str) -> Issue:
    series = db.session.scalars(select(Newsletter).order_by(Newsletter.id)).first()
    assert series
    actor, at = f"account:{_staff(scene).id}", now()
    issue = operations.draft_issue(series, [], "fr", at, actor)
    blocks = (Block("b1", Heading("Ce mois-ci")), Block("b2", Text(f"Bonjour à tous, {subject}.")))
    words = Draft(subject, "Les nouvelles de la côte, en deux minutes de lecture.", blocks)
    operations.save(issue, words, issue.revision, at, actor)
    return issue


def _staff(scene: Scene) -> Account:
    email, _ = scene.demo.account("staff")
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def next_week() -> datetime:
    return now() + timedelta(days=7)


def typed_day() -> str:
    """A week from now, as the parts of a date field are typed in this browser."""
    return f"{paris_day(next_week()):%m%d%Y}"
