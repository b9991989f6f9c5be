"""The visitor's way in: form, mailbox, one button, welcome."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time, get_locale

from mailer import addresses
from mailer.addresses import masked
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.consent.lists import purpose_of_measuring
from mailer.db import transaction
from mailer.errors import Conflict, Expired, NotFound
from mailer.subscriptions import closing, operations, queries
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.forms import SubscriptionForm
from mailer.subscriptions.models import Confirmation
from mailer.subscriptions.preferences import UNDO_WITHIN
from mailer.subscriptions.shown import ShownForm, page_form
from mailer.subscriptions.signing import sign_up
from mailer.subscriptions.states import Standing, State
from mailer.subscriptions.typos import likely_meant
from mailer.tokens import CONFIRM
from mailer.web.access import public
from mailer.web.forms import is_automatic, is_too_fast
from mailer.web.limits import network, public_posts, user_agent

STATUS = {Standing.EXPIRED: 410, Standing.SUPERSEDED: 409, Standing.USED: 409, Standing.CLOSED: 410}


@bp.get("/")
@public
def form() -> ResponseReturnValue:
    """The lists by name, each with an unticked box; one alone is named."""
    return _form(SubscriptionForm(), page_form(queries.offered_lists()))


@bp.post("/inscriptions")
@public
@public_posts
def create() -> ResponseReturnValue:
    """The same page whoever the address belongs to; the mailbox learns the rest."""
    lists = queries.offered_lists()
    shown = page_form(lists)
    typed = SubscriptionForm(request.form).offering(lists)
    if not typed.validate():
        return _form(typed, shown), 422
    if typed.shown.data != shown.digest:
        return _form(typed, shown, has_changed=True), 422
    if is_too_fast():
        return _form(typed, shown, too_fast=True), 422
    address = addresses.parse(typed.email.data)
    if not is_automatic():
        wanted = [row.id for row in lists if row.slug in typed.lists.data]
        sign_up(address, wanted, shown, url_for(".form"), agreed=typed.measure.data)
    meant = likely_meant(address.display)
    return render_template(
        "subscriptions/check_mailbox.html", address=address.display, form=typed, meant=meant
    )


def _form(
    typed: SubscriptionForm, shown: ShownForm, *, has_changed: bool = False, too_fast: bool = False
) -> str:
    return render_template(
        "subscriptions/form.html",
        form=typed,
        closed=closing.among(typed.lists.data or ()),
        shown=shown,
        has_changed=has_changed,
        too_fast=too_fast,
    )


@bp.get("/inscriptions/<token>/confirmation")
@public
def confirmation(token: str) -> ResponseReturnValue:
    """One button. Programs that follow every link of a mail stop here."""
    link = queries.find_link(CONFIRM.read_late_id(token))
    standing = queries.standing(link, now()) if link else Standing.EXPIRED
    if link is None or standing is not Standing.OPEN:
        return _closed(link, standing, token)
    return render_template("subscriptions/confirm.html", token=token, **_of(link))


@bp.post("/inscriptions/<token>/confirmation")
@public
def confirm(token: str) -> ResponseReturnValue:
    """The press of the button: what consent is made of."""
    try:
        with transaction():
            no_more = "unmeasured" in request.form
            operations.confirm(token, _pressed(), now(), unmeasured=no_more)
    except (Expired, Conflict, NotFound):
        return confirmation(token)
    return redirect(url_for(".welcome", token=token), 303)


@bp.get("/inscriptions/<token>/bienvenue")
@public
def welcome(token: str) -> ResponseReturnValue:
    """What comes next. Shown again as long as the link is ours, and only after the button."""
    link = queries.find_link(CONFIRM.read_late_id(token))
    if link is None or link.used_at is None or _has_left(link):
        return redirect(url_for(".confirmation", token=token), 303)
    return render_template(
        "subscriptions/welcome.html", token=token, is_undoable=_is_fresh(link), **_of(link)
    )


@bp.post("/inscriptions/<token>/annulation")
@public
def undo_sign_up(token: str) -> ResponseReturnValue:
    """As if it had not been confirmed, for 30 seconds; afterwards every letter has its way out."""
    with transaction():
        link = queries.link(CONFIRM.read_late_id(token))
        if _is_fresh(link):
            for line in link.subscriptions:
                operations.end(line.id, f"confirmation:{link.id}", now())
    return redirect(url_for(".welcome", token=token), 303)


@bp.post("/inscriptions/<token>/lien")
@public
@public_posts
def renew(token: str) -> ResponseReturnValue:
    """A new link to the same mailbox, in place of one whose time is over."""
    with transaction():
        address = operations.renew(CONFIRM.read_late_id(token), now())
    return render_template("subscriptions/link_sent.html", address=masked(address))


def _pressed() -> Evidence:
    return Evidence(
        Method.CONFIRM_POST,
        now(),
        language=str(get_locale()),
        page="/inscriptions",
        network=network(),
        user_agent=user_agent(),
    )


def _of(link: Confirmation) -> dict[str, object]:
    named = (line.mailing_list for line in link.subscriptions)
    lists = [row for row in named if not row.closed_at]
    purpose = link.agreed and purpose_of_measuring(str(get_locale()))
    return {"lists": lists, "address": masked(link.subscriber.address), "measure_for": purpose}


def _closed(link: Confirmation | None, standing: Standing, token: str) -> ResponseReturnValue:
    newer = queries.newer_link(link) if link else None
    page = render_template(
        "subscriptions/link_closed.html",
        standing=standing,
        token=token,
        newer=newer and format_time(newer.sent_at, "short"),
        is_renewable=link is not None and queries.is_renewable(link, now()),
        has_left=link is not None and _has_left(link),
        lists=[line.mailing_list for line in link.subscriptions] if link else (),
    )
    return page, STATUS[standing]


def _has_left(link: Confirmation) -> bool:
    return all(line.state == State.ENDED for line in link.subscriptions)


def _is_fresh(link: Confirmation) -> bool:
    return link.used_at is not None and now() <= link.used_at + UNDO_WITHIN
