"""The page of preferences as it is drawn, and what is kept of it as the proof of a new yes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer.canonical import canonical
from mailer.clock import paris_day
from mailer.consent import operations as consent
from mailer.consent.measurement import may_be_asked
from mailer.consent.models import ConsentState, NoticeKind
from mailer.consent.notices import NoticeText, in_force
from mailer.consent.queries import suppression_of
from mailer.consent.tracking import Mode, What, strictest
from mailer.db import db
from mailer.subscriptions import preferences, queries
from mailer.subscriptions.choice_forms import PreferencesForm, preferences_form
from mailer.subscriptions.choices import Choices
from mailer.subscriptions.models import MailingList, Subscriber
from mailer.subscriptions.shown import box
from mailer.subscriptions.states import State


@dataclass(frozen=True)
class Offer:
    """What one person may choose, and where they stand."""

    person: Subscriber
    lists: Sequence[MailingList]
    # What the person received, and appears no more.
    closed: Sequence[MailingList]
    chosen: Choices
    waiting: Collection[int]
    suppression: str | None
    short: NoticeText
    at: datetime

    def asks(self, purpose: str) -> bool:
        """Whether that question may be put: a no is not followed by it for months."""
        return may_be_asked(self.person.fingerprint, What(purpose), self.at)

    @property
    def is_measuring(self) -> bool:
        """Whether any letter may be measured: else there is nothing to answer."""
        most = Mode(current_app.config["TRACKING"])
        return any(strictest(most, row.tracking) is not Mode.NONE for row in self.lists)

    def answered(self) -> Mapping[What, ConsentState]:
        """The last answers about being measured, and since when."""
        fingerprint = self.person.fingerprint
        found = {what: db.session.get(ConsentState, (fingerprint, what.value)) for what in What}
        return {what: state for what, state in found.items() if state}

    def form(self) -> PreferencesForm:
        """The form, with the choices as they stand."""
        until, tracking = self.chosen.paused_until, self.chosen.tracking
        frequencies = {f"frequency_{n}": each.value for n, each in self.chosen.lists.items()}
        return preferences_form(self.lists)(
            lists=list(self.chosen.lists),
            language=self.chosen.language,
            paused_until=until and paris_day(until),
            opens=tracking.opens.value,
            clicks=tracking.clicks.value,
            **frequencies,
        )


def offer(person: Subscriber, at: datetime) -> Offer:
    """All lists, with what the person chose so far; unlisted ones to whom they are known."""
    waits = {State.PENDING, State.UNPROVEN}
    known = queries.of_subscriber(person.id)
    lines = known.values()
    chosen = preferences.current(person, at)
    return Offer(
        person=person,
        lists=[row for row in queries.open_lists() if not row.unlisted or row.id in known],
        closed=[row for row in queries.lists(chosen.lists) if row.closed_at],
        chosen=chosen,
        waiting={line.list_id for line in lines if line.state in waits},
        suppression=suppression_of(person.fingerprint),
        short=in_force(NoticeKind.SHORT, str(get_locale())),
        at=at,
    )


def keep(offered: Offer, joined: Collection[int], at: datetime) -> tuple[str | None, str | None]:
    """Keep the notice, and the boxes that were newly ticked, as they were shown: their digests."""
    if not joined:
        return None, None
    consent.keep_notice(offered.short, at)
    content = canonical(
        {
            "form": "preferences",
            "locale": str(get_locale()),
            "title": _("Mes préférences"),
            "boxes": [vars(box(row)) for row in offered.lists if row.id in joined],
            "button": _("Enregistrer mes choix"),
            "notices": {"short": offered.short.sha256},
        }
    )
    return offered.short.sha256, consent.keep_form(content, at)
