"""The word to the officer that somebody looked at unusually many people."""

from collections.abc import Mapping

from flask import current_app
from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from mailer.clock import PARIS
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.oversight.volume import WITHIN, Burst

OFFICERS_LANGUAGE = "fr"


def unusual(
    bursts: Mapping[str, Burst], names: Mapping[str, str], language: str = OFFICERS_LANGUAGE
) -> Message:
    """Who, how many and when: nothing of whom they looked at."""
    with force_locale(language):
        lines = [
            _(
                "%(name)s : %(people)s personnes entre %(begun)s et %(ended)s, le %(day)s",
                name=names.get(actor, actor),
                people=burst.people,
                begun=f"{(burst.at - WITHIN).astimezone(PARIS):%H:%M}",
                ended=f"{burst.at.astimezone(PARIS):%H:%M}",
                day=format_date(burst.at.astimezone(PARIS).date(), "medium"),
            )
            for actor, burst in bursts.items()
        ]
        return templates.render(
            "oversight/unusual",
            current_app.config["DPO_ADDRESS"],
            language,
            lines=lines,
            number=len(lines),
            most=current_app.config["ALERT_PEOPLE_SEEN_AN_HOUR"],
        )
