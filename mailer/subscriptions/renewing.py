"""The page behind the renewal mail: one button, pressed or not."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from mailer.addresses import masked
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
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
    evidence = Evidence(
        Method.CONFIRM_POST,
        now(),
        str(get_locale()),
        page=PAGE,
        network=network(),
        user_agent=user_agent(),
    )
    try:
        with transaction():
            asked = renewals.answer(token, evidence)
            return _page(asked, token)
    except NotFound:
        return render_template("subscriptions/renewal_over.html"), 410


def _page(asked: Renewal, token: str) -> str:
    lists = [line.mailing_list for line in renewals.active(asked.subscriber)]
    return render_template(
        "subscriptions/renewal.html",
        token=token,
        is_answered=asked.answered_at is not None,
        lists=lists,
        address=masked(asked.subscriber.address),
    )
