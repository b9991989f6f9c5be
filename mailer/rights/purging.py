"""The end of a file, years after the case: a line of statistics a right, and nothing else."""

from collections.abc import Iterable

from mailer.clock import paris_day
from mailer.db import db
from mailer.rights.deadlines import in_time
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.states import State
from mailer.rights.statistics import RightsStatistic


def purge(cases: Iterable[RightsRequest]) -> None:
    """Delete closed cases with all that hangs on them; their sealed files follow (vault.sweep)."""
    for case in cases:
        db.session.add_all(_statistic(case, line) for line in case.lines)
        db.session.delete(case)


def _statistic(case: RightsRequest, line: RequestLine) -> RightsStatistic:
    closed_at = case.closed_at or case.logged_at
    return RightsStatistic(
        year=case.received_on.year,
        right=line.right,
        channel=case.channel,
        ending=State(case.ended_as or case.state),
        outcome=line.outcome,
        days=(paris_day(closed_at) - case.received_on).days,
        in_time=in_time(closed_at, case.due),
        is_extended=case.extension is not None,
    )
