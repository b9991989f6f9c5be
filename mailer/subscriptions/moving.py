"""The two mailboxes of a change of address each say yes by one button."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from mailer.addresses import masked
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import transaction
from mailer.errors import Conflict, Expired, MailerError, NotFound
from mailer.subscriptions import address_changes
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.mailbox_emails import OLD
from mailer.web.access import public
from mailer.web.limits import network, user_agent

STATUS = {Expired: 410, NotFound: 410, Conflict: 409}


@bp.get("/adresses/<token>/confirmation")
@public
def address_change(token: str) -> ResponseReturnValue:
    """One button, or how far the change is; a GET changes nothing."""
    try:
        change, side = address_changes.find(token)
    except (Expired, NotFound, Conflict) as closed:
        return _closed(closed)
    said = change.old_said_yes_at if side == OLD else change.new_said_yes_at
    return render_template(
        "subscriptions/address_change.html",
        token=token,
        is_old=side == OLD,
        has_said=said is not None,
        is_done=change.done_at is not None,
        old=masked(change.subscriber.address),
        new=masked(change.address),
    )


@bp.post("/adresses/<token>/confirmation")
@public
def agree_to_move(token: str) -> ResponseReturnValue:
    """The press of the button."""
    evidence = Evidence(
        Method.CONFIRM_POST,
        now(),
        str(get_locale()),
        page="/adresses",
        network=network(),
        user_agent=user_agent(),
    )
    try:
        with transaction():
            address_changes.agree(token, evidence, now())
    except (Expired, NotFound, Conflict) as closed:
        return _closed(closed)
    return redirect(url_for(".address_change", token=token), 303)


def _closed(error: MailerError) -> ResponseReturnValue:
    page = render_template("subscriptions/address_closed.html", is_taken=request.method == "POST")
    return page, STATUS[type(error)]
