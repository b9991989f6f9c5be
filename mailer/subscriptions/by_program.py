"""A program signs somebody up: the mailbox confirms it, or a proof like that of an import does."""

from datetime import datetime

from flask_babel import force_locale

from mailer.addresses import Address
from mailer.consent.evidence import Evidence, Method
from mailer.errors import Conflict
from mailer.subscriptions import closing, operations, queries
from mailer.subscriptions.models import MailingList, Subscription
from mailer.subscriptions.shown import ShownForm, keep, subscription_form


class FormChanged(Conflict):
    """The list is not asked for in these words any more."""


def form_of(row: MailingList, language: str) -> ShownForm:
    """What a page that asks for this list shows, word for word."""
    with force_locale(language):
        return subscription_form([row])


def ask(
    address: Address, row: MailingList, language: str, shown: str, at: datetime
) -> Subscription:
    """Write to the mailbox, whoever it belongs to: nothing is sent before its button is pressed.

    `shown` is the digest of the form that the person had before them, or empty when it was none
    of ours: the proof then says so. Raises FormChanged for a form that is not shown any more, and
    Conflict for a list that appears no more.
    """
    closing.refuse(row.id)
    evidence = Evidence(Method.API, at, language, address=address.display)
    if shown:
        evidence = _shown(row, language, shown, at)
    operations.request(address, [row.id], evidence, language, at)
    return queries.of_address(address)[row.id]


def _shown(row: MailingList, language: str, shown: str, at: datetime) -> Evidence:
    form = form_of(row, language)
    if form.digest != shown:
        raise FormChanged("form")
    kept = keep(form, at)
    return Evidence(Method.API, at, language, notice_sha256=form.short.sha256, form_sha256=kept)
