"""Whether a campaign may leave under the approval that its letter has."""

from datetime import datetime

from flask import current_app

from mailer.delivery import audience, subjects
from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.errors import Conflict
from mailer.newsletters import approving
from mailer.newsletters import queries as newsletters
from mailer.newsletters.models import Issue
from mailer.subscriptions.segments.predicate import Node


def obstacle(campaign: Campaign, at: datetime) -> tuple[Failure, str] | None:
    """What forbids the campaign to begin, and the detail of it; None when it may.

    Asked at its hour: the letter may have been taken back since, and the list have grown.
    """
    issue = newsletters.locked_anywhere(campaign.issue_id)
    try:
        letter = approving.verified(issue)
    except Conflict:
        return Failure.CHANGED, ""
    if letter.content_hash != campaign.content_hash:
        return Failure.CHANGED, ""
    # Whoever was promised the letter once gets it, whatever the list has become.
    if campaign.started_at is None and wants_another(issue, campaign.list_id, at, campaign.where):
        return Failure.UNAPPROVED, str(current_app.config["APPROVAL_ABOVE"])
    if wants_subjects_approved(campaign, at):
        return Failure.SUBJECTS, str(current_app.config["APPROVAL_ABOVE"])
    return None


def wants_subjects_approved(campaign: Campaign, at: datetime) -> bool:
    """Whether nobody else has approved subjects that somebody typed when they sent to so many."""
    test = subjects.test_of(campaign.id)
    if test is None or test.approved_by is not None or campaign.started_at is not None:
        return False
    return approving.is_for_many(audience.size(campaign.list_id, at, where=campaign.where).people)


def wants_another(issue: Issue, list_id: int, at: datetime, where: Node | None = None) -> bool:
    """Whether only its author approved a letter that so many will get by now, of the segment."""
    if not approving.was_alone(issue):
        return False
    return approving.is_for_many(audience.size(list_id, at, where=where).people)
