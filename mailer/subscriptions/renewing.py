"""The page behind the renewal mail: one button, pressed or not."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer.addresses import masked
from mailer.canonical import canonical
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Method
from mailer.consent.models import NoticeKind
from mailer.consent.notices import NoticeText, in_force
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.subscriptions import renewals
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.models import Renewal
from mailer.web.access import public
from mailer.web.limits import network, public_posts, user_agent

PAGE = "/abonnements/renouvellement"


@bp.get("/abonnements/<token>/renouvellement")
@public
def renewal_page(token: str) -> ResponseReturnValue:
    """What one would go on receiving, and the button; a reader that only looks changes nothing."""
    try:
        asked = renewals.find(token)
    except NotFound:
        return render_template("subscriptions/renewal_over.html"), 410
    return _page(asked, token)


@bp.post("/abonnements/<token>/renouvellement")
@public
@public_posts
def answer_renewal(token: str) -> ResponseReturnValue:
    """The press of the button."""
    try:
        with transaction():
            asked = renewals.answer(token, _shown(renewals.find(token)))
            return _page(asked, token)
    except NotFound:
        return render_template("subscriptions/renewal_over.html"), 410


def _shown(asked: Renewal) -> Evidence:
    """What the page shows, kept: a yes of today rests on the notice of today."""
    at, short = now(), _notice()
    consent.keep_notice(short, at)
    content = {
        "form": "renewal",
        "locale": short.locale,
        "title": _("Continuer à recevoir nos lettres"),
        "boxes": [
            {"value": line.mailing_list.slug, "label": line.mailing_list.name}
            for line in renewals.active(asked.subscriber)
        ],
        "button": _("Oui, je continue"),
        "notices": {"short": short.sha256},
    }
    return Evidence(
        Method.CONFIRM_POST,
        at,
        short.locale,
        page=PAGE,
        network=network(),
        notice_sha256=short.sha256,
        form_sha256=consent.keep_form(canonical(content), at),
        user_agent=user_agent(),
    )


def _notice() -> NoticeText:
    return in_force(NoticeKind.SHORT, str(get_locale()))


def _page(asked: Renewal, token: str) -> str:
    lists = [line.mailing_list for line in renewals.active(asked.subscriber)]
    return render_template(
        "subscriptions/renewal.html",
        token=token,
        is_answered=asked.answered_at is not None,
        lists=lists,
        short=_notice(),
        address=masked(asked.subscriber.address),
    )
