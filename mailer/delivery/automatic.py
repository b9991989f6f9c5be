"""Letters that compose themselves, once approved, become campaigns like any other."""

from datetime import datetime

from mailer.delivery import campaigns
from mailer.delivery.campaigns import Order
from mailer.errors import Conflict
from mailer.newsletters import digest_runs


def schedule(run_id: int, at: datetime) -> None:
    """Make the campaign of the period's letter, once; one that waits no more stays as it is."""
    run = digest_runs.approved(run_id)
    if run is None or run.issue is None or run.digest.confirmed_by is None:
        return
    list_id = run.digest.newsletter.list_id
    order = Order(run.issue.id, list_id, 1, at, run.digest.confirmed_by)
    try:
        campaigns.schedule(order, at)
    except Conflict:
        digest_runs.taken_back(run, at)
    else:
        digest_runs.scheduled(run, at)
