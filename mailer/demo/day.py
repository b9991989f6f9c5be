"""The day the demonstration was loaded: its dates are counted back from there, and then stay."""

from datetime import datetime

from sqlalchemy import func, select

from mailer.accounts.models import Account
from mailer.db import db


def first_day() -> datetime | None:
    """When the demonstration was loaded, or None before."""
    return db.session.scalar(select(func.min(Account.created_at)))
