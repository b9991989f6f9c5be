"""Ask for the link to one's preferences: typed, or from a letter, it goes to the mailbox alone."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from mailer import addresses
from mailer.addresses import masked
from mailer.clock import now
from mailer.db import transaction
from mailer.subscriptions import mailbox_links, queries
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.forms import AddressForm
from mailer.subscriptions.leaving import ticket
from mailer.subscriptions.models import Subscriber
from mailer.web.access import public
from mailer.web.forms import is_automatic, is_too_fast
from mailer.web.limits import public_posts


@bp.get("/gestion")
@public
def manage() -> ResponseReturnValue:
    """One address."""
    return _form(AddressForm())


@bp.post("/gestion")
@public
@public_posts
def send_manage_link() -> ResponseReturnValue:
    """The same page whoever the address belongs to; the mailbox learns the rest."""
    typed = AddressForm(request.form)
    if not typed.validate():
        return _form(typed), 422
    if is_too_fast():
        return _form(typed, too_fast=True), 422
    address = addresses.parse(typed.email.data)
    if not is_automatic():
        with transaction():
            mailbox_links.send(address, str(get_locale()), now())
    return _sent(address.display)


@bp.get("/gestion/<token>")
@public
def manage_from_letter(token: str) -> ResponseReturnValue:
    """Whoever holds a letter may have been forwarded it: one button writes to its mailbox."""
    person = _receiver(token)
    if person is None:
        return _form(AddressForm())
    return render_template(
        "subscriptions/manage_letter.html", token=token, address=masked(person.address)
    )


@bp.post("/gestion/<token>")
@public
@public_posts
def send_letter_link(token: str) -> ResponseReturnValue:
    """To the mailbox on file, and to no other."""
    with transaction():
        person = _receiver(token)
        if person:
            mailbox_links.send_to(person, now())
    return _sent(masked(person.address)) if person else _form(AddressForm())


def _receiver(token: str) -> Subscriber | None:
    line = queries.find_subscription(ticket(token)[0])
    return line.subscriber if line else None


def _form(typed: AddressForm, *, too_fast: bool = False) -> str:
    return render_template("subscriptions/manage.html", form=typed, too_fast=too_fast)


def _sent(address: str) -> str:
    return render_template("subscriptions/manage_sent.html", address=address)
