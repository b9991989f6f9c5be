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


def may_be_made(name: str, told: Mapping[str, MovedList]) -> bool:
    """Whether a list of that name may be offered to everybody: unless it was on no form there."""
    return told[name].is_public if name in told else True


def make(name: str, told: Mapping[str, MovedList], program: str, actor: str) -> MailingList:
    """A list of that name, described as it was there, in the language of the office."""
    with force_locale(LANGUAGES[0]):
        there = told[name].description if name in told else ""
        description = there or _("des lettres reprises de %(program)s", program=program)
        data = ListData(name.strip(), description, _("de temps en temps"))
    return operations.create_list(data, actor)
