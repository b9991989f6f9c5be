"""The domain's addresses at the desk share one name, and its pages two ways to tell the time."""

from datetime import datetime

from flask import Blueprint
from flask_babel import format_date, format_datetime, get_locale

from mailer import clock

bp = Blueprint("articles", __name__)


@bp.app_template_filter("paris_day")
def paris_day(at: datetime) -> str:
    """The civil date in Paris, in the reader's language."""
    day = clock.paris_day(at)
    return clock.as_said(format_date(day, "long"), day, str(get_locale()))


@bp.app_template_filter("paris_minute")
def paris_minute(at: datetime) -> str:
    """The civil date and the minute in Paris, in the reader's language."""
    said = format_datetime(at, "d MMMM y, HH:mm")
    return clock.as_said(said, clock.paris_day(at), str(get_locale()))
