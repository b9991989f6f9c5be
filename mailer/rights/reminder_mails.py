"""The digest of what has come: references and dates, nothing of the persons."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.rights import words
from mailer.rights.labels import ALARMS
from mailer.rights.reminders import Reminder
from mailer.rights.timers import Alarm

# No account says which language its owner reads.
OFFICERS_LANGUAGE = "fr"
UNANSWERED = frozenset({Alarm.LATE, Alarm.EXTEND, Alarm.DUE})


def digests(reminders: Sequence[Reminder], today: date) -> Iterator[Message]:
    """One mail to the officer, and one to their deputy of what is late."""
    if reminders:
        yield digest(reminders, today, current_app.config["DPO_ADDRESS"])
    late = [each for each in reminders if each.alarm == Alarm.LATE]
    deputy = current_app.config["DPO_DEPUTY_ADDRESS"]
    if late and deputy:
        yield digest(late, today, deputy)


def digest(
    reminders: Sequence[Reminder], today: date, recipient: str, language: str = OFFICERS_LANGUAGE
) -> Message:
    """A sentence for each alarm, then its cases, the most pressing first."""
    with force_locale(language):
        parts = [
            (str(ALARMS[alarm]), [_line(each, today) for each in found])
            for alarm, found in groupby(reminders, key=lambda each: each.alarm)
        ]
    return templates.render(
        "rights/warning",
        recipient,
        language,
        parts=parts,
        count=len({each.reference for each in reminders}),
        is_deputy=recipient != current_app.config["DPO_ADDRESS"],
        queue=links.absolute("/bureau/demandes"),
    )


def _line(each: Reminder, today: date) -> tuple[str, str, str]:
    return each.reference, _when(each, today), _case_address(each.reference)


def _when(each: Reminder, today: date) -> str:
    if each.alarm in UNANSWERED:
        by = _("réponse au plus tard le %(day)s", day=words.day(each.due))
        return f"{words.remaining(each.due, today)}, {by}"
    if each.asked_on:
        return str(_("question posée le %(day)s", day=words.day(each.asked_on)))
    return str(_("reçue le %(day)s", day=words.day(each.received_on)))


def _case_address(reference: str) -> str:
    return links.absolute(f"/bureau/demandes/{quote(reference)}")
