"""Letters that compose themselves, once approved, become campaigns like any other."""

from datetime import datetime

from mailer.clock import paris_day
from mailer.delivery import campaigns, elections
from mailer.delivery.campaigns import Order
from mailer.errors import Conflict
from mailer.newsletters import approving, digest_runs, queries
from mailer.newsletters.digest_states import Why


def schedule(run_id: int, at: datetime) -> None:
    """Make the campaign of the period's letter, once; one that waits no more stays as it is.

    Before an election it waits for the second look that nobody has had.
    """
    run = digest_runs.approved(run_id)
    if run is None or run.issue_id is None or run.digest.confirmed_by is None:
        return
    issue = queries.locked_anywhere(run.issue_id)
    if elections.on(paris_day(at)):
        approving.take_back(issue, digest_runs.WORKER, at)
        digest_runs.leave(run, issue, Why.ELECTION, at)
        return
    list_id = run.digest.newsletter.list_id
    order = Order(issue.id, list_id, 1, at, run.digest.confirmed_by)
    try:
        campaigns.schedule(order, at)
    except Conflict:
        digest_runs.leave(run, issue, Why.TAKEN_BACK, at)
    else:
        digest_runs.scheduled(run, at)
