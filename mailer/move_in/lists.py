"""The lists of another program, here: the same name is the same list."""

from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer.move_in.shapes import MovedList
from mailer.subscriptions import operations, queries
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import MailingList
from mailer.web.language import LANGUAGES


def known(name: str) -> MailingList | None:
    """The list of that name, or of that short name."""
    wanted = name.strip().casefold()
    rows = queries.all_lists()
    return next((row for row in rows if wanted in {row.slug, row.name.casefold()}), None)


def make(name: str, told: Mapping[str, MovedList], program: str, actor: str) -> MailingList:
    """A list of that name, described as it was there; one that was on no form is on none here."""
    with force_locale(LANGUAGES[0]):
        there = told.get(name) or MovedList(name)
        description = there.description or _("des lettres reprises de %(program)s", program=program)
        frequency = _("de temps en temps")
        data = ListData(name.strip(), description, frequency, unlisted=not there.is_public)
    return operations.create_list(data, actor)
