"""The page of preferences, open for thirty minutes to whoever has just read the mailbox."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale

from mailer import addresses
from mailer.addresses import masked
from mailer.clock import now, paris_day
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.errors import Conflict, Expired
from mailer.subscriptions import address_changes, mailbox_links, offered, preferences
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.choice_forms import PreferencesForm, preferences_form
from mailer.subscriptions.choices import Difference
from mailer.subscriptions.forms import AddressForm
from mailer.subscriptions.mailbox_links import held_reader, reader
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.offered import Offer
from mailer.subscriptions.pausing import WEEKS_APART
from mailer.subscriptions.preferences import UNDO_WITHIN
from mailer.tokens import MANAGE
from mailer.web.access import public
from mailer.web.limits import network, public_posts, user_agent

View = Callable[..., ResponseReturnValue]


def for_the_mailbox(view: View) -> View:
    """When the link's time is over, offer a new one to the same mailbox instead."""

    @wraps(view)
    def checked(token: str, **rest: int) -> ResponseReturnValue:
        try:
            reader(token)
        except Expired:
            page = render_template("subscriptions/preferences_closed.html", token=token)
            return page, 410
        return view(token, **rest)

    return checked


@bp.get("/preferences/<token>")
@public
@for_the_mailbox
def preferences_page(token: str) -> ResponseReturnValue:
    """Every list with its box, and all else that can be chosen; a GET changes nothing."""
    found = offered.offer(reader(token), now())
    return _page(token, found, found.form(), AddressForm())


@bp.post("/preferences/<token>")
@public
@for_the_mailbox
def save_preferences(token: str) -> ResponseReturnValue:
    """All in one press."""
    with transaction():
        found = offered.offer(held_reader(token), now())
        typed = preferences_form(found.lists)(request.form)
        if not typed.validate():
            return _page(token, found, typed, AddressForm()), 422
        _save(found, typed)
    return redirect(url_for(".preferences_saved", token=token), 303)


def _save(found: Offer, typed: PreferencesForm) -> None:
    at = now()
    wanted = typed.choices((row.id for row in found.lists), found.chosen)
    joined = Difference(found.chosen, wanted).joined
    notice, form = offered.keep(found, joined, at)
    evidence = replace(_evidence(), given_at=at, notice_sha256=notice, form_sha256=form)
    preferences.save(found.person, wanted, evidence, at)


@bp.post("/preferences/<token>/listes/<int:list_id>/depart")
@public
@for_the_mailbox
def leave_one(token: str, list_id: int) -> ResponseReturnValue:
    """One list less, whatever else the page says."""
    return _keep_only(token, lambda number: number != list_id)


@bp.post("/preferences/<token>/depart")
@public
@for_the_mailbox
def leave_all(token: str) -> ResponseReturnValue:
    """No list any more."""
    return _keep_only(token, lambda _number: False)


def _keep_only(token: str, stays: Callable[[int], bool]) -> ResponseReturnValue:
    with transaction():
        person, at = held_reader(token), now()
        chosen = preferences.current(person, at)
        lists = {number: each for number, each in chosen.lists.items() if stays(number)}
        preferences.save(person, replace(chosen, lists=lists), _evidence(), at)
    return redirect(url_for(".preferences_saved", token=token), 303)


@bp.get("/preferences/<token>/fait")
@public
@for_the_mailbox
def preferences_saved(token: str) -> ResponseReturnValue:
    """What changed, in words; for 30 seconds the way back."""
    return _saved(token, is_late=False)


@bp.post("/preferences/<token>/annulation")
@public
@for_the_mailbox
def undo_preferences(token: str) -> ResponseReturnValue:
    """As it was before; after 30 seconds the page says how to choose anew."""
    try:
        with transaction():
            preferences.undo(held_reader(token), _evidence(), now())
    except (Expired, Conflict):
        return _saved(token, is_late=True), 409
    return redirect(url_for(".preferences_saved", token=token), 303)


@bp.post("/preferences/<token>/retour")
@public
@for_the_mailbox
def receive_again(token: str) -> ResponseReturnValue:
    """What the last change ended comes again."""
    with transaction():
        is_back = preferences.come_back(held_reader(token), _evidence(), now())
    if is_back:
        return redirect(url_for(".preferences_page", token=token), 303)
    return render_template("subscriptions/back.html", is_back=False, token=token)


@bp.post("/preferences/<token>/adresse")
@public
@for_the_mailbox
def change_address(token: str) -> ResponseReturnValue:
    """Write to both mailboxes; the page is the same whoever the other belongs to."""
    typed = AddressForm(request.form)
    at = now()
    if not typed.validate():
        found = offered.offer(reader(token), at)
        return _page(token, found, found.form(), typed), 422
    address = addresses.parse(typed.email.data)
    try:
        with transaction():
            address_changes.ask(held_reader(token), address, at)
    except Conflict:
        return render_template("subscriptions/address_wait.html", token=token), 409
    return render_template("subscriptions/address_asked.html", token=token, address=address.display)


@bp.post("/preferences/<token>/lien")
@public
@public_posts
def renew_preferences(token: str) -> ResponseReturnValue:
    """A new link to the same mailbox, in place of one whose time is over."""
    with transaction():
        person = db.session.get(Subscriber, MANAGE.read_late_id(token))
        if person:
            mailbox_links.send_to(person, now())
    if person is None:
        return redirect(url_for(".manage"), 303)
    return render_template("subscriptions/manage_sent.html", address=masked(person.address))


def _page(token: str, found: Offer, form: PreferencesForm, move: AddressForm) -> str:
    return render_template(
        "subscriptions/preferences.html",
        token=token,
        offer=found,
        form=form,
        move=move,
        address=masked(found.person.address),
        answered=found.answered(),
        words_day=_day,
    )


def _saved(token: str, *, is_late: bool) -> str:
    person = reader(token)
    change = preferences.last_change(person)
    return render_template(
        "subscriptions/preferences_saved.html",
        token=token,
        change=change,
        difference=change and preferences.difference_of(change),
        names={row.id: row.name for row in offered.offer(person, now()).lists},
        is_late=is_late,
        weeks_apart=WEEKS_APART,
        words_day=_day,
        is_fresh=bool(change and now() <= change.at + UNDO_WITHIN),
    )


def _evidence() -> Evidence:
    page, locale = "/preferences", str(get_locale())
    return Evidence(
        Method.PREFERENCE_PAGE, now(), locale, page=page, network=network(), user_agent=user_agent()
    )


def _day(at: datetime) -> str:
    return str(format_date(paris_day(at), "long"))
