"""Why people leave a list, counted by month; who gave a reason is kept nowhere."""

from datetime import datetime

from sqlalchemy import func, select, text

from mailer.clock import paris_day
from mailer.db import db
from mailer.subscriptions.models import LeaveReason
from mailer.subscriptions.reasons import Reason

ONE_MORE = text(
    "INSERT INTO leave_reason (list_id, month, reason, number)"
    " VALUES (:list_id, :month, :reason, 1)"
    " ON CONFLICT (list_id, month, reason) DO UPDATE SET number = leave_reason.number + 1"
)


def count(list_id: int, reason: Reason, at: datetime) -> None:
    """One more for that reason in this month."""
    month = f"{paris_day(at):%Y-%m}"
    db.session.execute(ONE_MORE, {"list_id": list_id, "month": month, "reason": reason.value})


def of_list(list_id: int) -> dict[Reason, int]:
    """How often each reason was given for leaving the list, the most frequent first."""
    number = func.sum(LeaveReason.number)
    rows = db.session.execute(
        select(LeaveReason.reason, number)
        .where(LeaveReason.list_id == list_id)
        .group_by(LeaveReason.reason)
        .order_by(number.desc(), LeaveReason.reason)
    )
    return {reason: int(times) for reason, times in rows}
