"""What visitors may read of what we keep."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale

from mailer.clock import paris_day
from mailer.consent.blueprint import bp
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.consent.queries import kept_notice
from mailer.web.access import public


@bp.get("/donnees-personnelles")
@public
def notice() -> ResponseReturnValue:
    """The whole of GDPR art. 13, one click away from the form."""
    text = in_force(NoticeKind.FULL, str(get_locale()))
    kept = kept_notice(text.sha256)
    day = format_date(paris_day(kept.valid_from), "long") if kept else ""
    return render_template("consent/notice.html", text=text, kept=kept, day=day)
