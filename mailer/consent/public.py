"""What visitors may read of what we keep."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from mailer.clock import paris_day
from mailer.consent import queries
from mailer.consent.blueprint import bp
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force, shown_then
from mailer.web.access import public


@bp.get("/donnees-personnelles")
@public
def notice() -> ResponseReturnValue:
    """The whole of GDPR art. 13, one click away from the form."""
    locale = str(get_locale())
    text = in_force(NoticeKind.FULL, locale)
    kept = queries.kept_notice(text.sha256)
    day = format_date(paris_day(kept.valid_from), "long") if kept and kept.valid_from else ""
    earlier = [row for row in queries.earlier_notices(locale) if row.sha256 != text.sha256]
    return render_template("consent/notice.html", text=text, kept=kept, day=day, earlier=earlier)


@bp.get("/donnees-personnelles/versions/<int:notice_id>")
@public
def kept(notice_id: int) -> ResponseReturnValue:
    """A text as it was shown; said to be of the archive when it is in force no longer."""
    row = queries.notice(notice_id)
    text = shown_then(row)
    is_archive = bool(row.filed_at) or text.sha256 != in_force(row.kind, row.locale).sha256
    since = format_date(paris_day(row.valid_from), "long") if row.valid_from else _("date inconnue")
    until = format_date(paris_day(row.valid_to), "long") if row.valid_to else ""
    return render_template(
        "consent/notice_kept.html",
        row=row,
        text=text,
        is_archive=is_archive,
        since=since,
        until=until,
    )
