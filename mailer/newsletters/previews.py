"""A letter before it leaves, as each kind of mail client and each kind of reader shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict

from mailer import addresses
from mailer.audit import operations as audit
from mailer.clock import now, paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.db import transaction
from mailer.errors import Invalid
from mailer.newsletters import edition, queries
from mailer.newsletters.appearance import dark, light, without_pictures, without_style
from mailer.newsletters.blueprint import bp
from mailer.newsletters.content import Rendered
from mailer.newsletters.models import Issue
from mailer.newsletters.public import letter_page
from mailer.newsletters.readers import Reader
from mailer.subscriptions import queries as subscriptions
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.web.access import staff
from mailer.web.language import LANGUAGES

VIEWS = {
    "ordinateur": lazy_gettext("Ordinateur"),
    "telephone": lazy_gettext("Téléphone, 375 px"),
    "sombre": lazy_gettext("Mode sombre"),
    "sans-images": lazy_gettext("Sans images"),
    "sans-style": lazy_gettext("Sans feuille de style"),
    "texte": lazy_gettext("Texte seul"),
}
FREQUENCIES = {
    Frequency.EACH: lazy_gettext("Chaque lettre"),
    Frequency.WEEKLY: lazy_gettext("Au plus une par semaine"),
    Frequency.MONTHLY: lazy_gettext("Au plus une par mois"),
}


@dataclass(frozen=True)
class Profile:
    """What a letter may know of a person; nothing in it tells who it is."""

    language: str
    frequency: Frequency
    since: date

    @classmethod
    def asked_for(cls, wished: MultiDict[str, str], issue: Issue) -> Self:
        """The one of the address; what it does not say is as most people are."""
        language = wished.get("langue", issue.language)
        today = paris_day(now())
        return cls(
            language if language in LANGUAGES else issue.language,
            wished.get("frequence", Frequency.EACH, type=Frequency),
            wished.get("depuis", today, type=date.fromisoformat),
        )

    def query(self) -> dict[str, str]:
        """The same, to be put into an address."""
        told = {"langue": self.language, "frequence": self.frequency.value}
        return told | {"depuis": self.since.isoformat()}


@bp.get("/bureau/lettres/<int:issue_id>/apercus")
@staff("editor", "sender", "approver", "subscribers")
def previews(issue_id: int) -> ResponseReturnValue:
    """The letter in one of its views, and the choice of the others."""
    issue = queries.issue(issue_id)
    profile = Profile.asked_for(request.args, issue)
    view = request.args.get("vue", "ordinateur")
    view = view if view in VIEWS else "ordinateur"
    return render_template(
        "newsletters/desk/previews.html",
        issue=issue,
        view=view,
        views=VIEWS,
        profile=profile,
        frequencies=FREQUENCIES,
        text=_read(issue, profile).text if view == "texte" else "",
    )


@bp.get("/bureau/lettres/<int:issue_id>/apercu")
@staff("editor", "sender", "approver", "subscribers")
def preview(issue_id: int) -> Response:
    """The letter alone, for a frame of the desk, in one of the views."""
    issue = queries.issue(issue_id)
    html = _read(issue, Profile.asked_for(request.args, issue)).html
    return letter_page(_shown(html, request.args.get("vue", "")), framed_by="'self'")


@bp.post("/bureau/lettres/<int:issue_id>/apercus")
@staff("sender", "subscribers")
def preview_as(issue_id: int) -> ResponseReturnValue:
    """The view of one who receives the list; the address they are found by stays out of it."""
    list_id = queries.issue(issue_id).newsletter.list_id
    with transaction():
        found = _receives(list_id, request.form.get("address", ""))
        if found is not None:
            audit.record(g.account.actor, "previewed_as", f"subscriber:{found.subscriber_id}")
            query = _profile_of(found).query()
    if found is None:
        flash(_("Personne ne reçoit cette liste à cette adresse. Vérifiez-la."), "warn")
        return redirect(url_for(".previews", issue_id=issue_id), 303)
    return redirect(f"{url_for('.previews', issue_id=issue_id)}?{urlencode(query)}", 303)


def _receives(list_id: int, typed: str) -> Subscription | None:
    try:
        address = addresses.parse(typed)
    except Invalid:
        return None
    theirs = subscriptions.not_ended(fingerprint_of(address))
    return next((line for line in theirs if line.list_id == list_id), None)


def _profile_of(line: Subscription) -> Profile:
    since = line.confirmed_at or line.requested_at
    return Profile(line.subscriber.language, line.frequency, paris_day(since))


def _read(issue: Issue, profile: Profile) -> Rendered:
    slug = issue.newsletter.mailing_list.slug
    reader = Reader(slug, profile.language, profile.frequency)
    return edition.as_read_by(issue, reader, profile.since)


def _shown(html: str, view: str) -> str:
    match view:
        case "sombre":
            return dark(html)
        case "sans-images":
            return without_pictures(light(html))
        case "sans-style":
            return without_style(html)
    return light(html)
