"""The calendar of due dates, for programs that follow it without a session."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.rights.blueprint import bp
from mailer.rights.reporting import feed, icalendar
from mailer.web.access import public


# Public, for a calendar cannot sign in: the address itself is the secret, and names nobody.
@bp.get("/calendrier/<token>.ics")
@public
def calendar_feed(token: str) -> ResponseReturnValue:
    feed.check(token)
    file = icalendar.calendar(_("Réponses dues aux demandes"), feed.events())
    return Response(file, content_type="text/calendar; charset=utf-8")
