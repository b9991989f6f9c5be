"""The domain's addresses at the desk share one name, and its pages two ways to tell the time."""

from datetime import datetime

from flask import Blueprint
from flask_babel import format_date, format_datetime

from mailer import clock

bp = Blueprint("articles", __name__)


@bp.app_template_filter("paris_day")
def paris_day(at: datetime) -> str:
    """The civil date in Paris, in the reader's language."""
    return str(format_date(clock.paris_day(at), "long"))


@bp.app_template_filter("paris_minute")
def paris_minute(at: datetime) -> str:
    """The civil date and the minute in Paris, in the reader's language."""
    return str(format_datetime(at, "d MMMM y, HH:mm"))
