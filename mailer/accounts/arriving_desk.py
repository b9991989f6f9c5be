"""The links of mails that end in choosing a passphrase: an invitation, a forgotten one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer import addresses
from mailer.accounts import choosing, invitations, operations
from mailer.accounts.blueprint import bp
from mailer.accounts.choosing import Guessable
from mailer.accounts.desk import credentials_of, must_wait
from mailer.accounts.passphrase_forms import ChooseForm, ForgottenForm, refuse
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Expired
from mailer.web.access import public
from mailer.web.limits import sign_ins


@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Who is invited, and one field; nothing exists before it is sent."""
    return _invitation(token, ChooseForm(), 200)


@bp.post("/invitations/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    form = ChooseForm(request.form)
    if not form.validate():
        return _invitation(token, form, 422)
    try:
        with transaction():
            invitations.accept(token, form.new.data, now())
    except Guessable as refused:
        refuse(form, refused.fault)
        return _invitation(token, form, 422)
    except (Expired, Conflict):
        return _over("invitation")
    flash(_("Votre compte est prêt. Connectez-vous avec la phrase de passe choisie."))
    return redirect(url_for(".sign_in"), 303)


def _invitation(token: str, form: ChooseForm, status: int) -> ResponseReturnValue:
    try:
        invited = invitations.of_token(token)
    except Expired:
        return _over("invitation")
    page = render_template("accounts/invitation.html", form=form, invited=invited, token=token)
    return page, status


@bp.get("/phrase-de-passe")
@public
def forgotten() -> ResponseReturnValue:
    return render_template("accounts/forgotten.html", form=ForgottenForm())


@bp.post("/phrase-de-passe")
@public
@sign_ins
def ask_passphrase() -> ResponseReturnValue:
    """The same page whoever the address belongs to; the mailbox learns the rest."""
    form = ForgottenForm(request.form)
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    address = addresses.parse(form.email.data)
    with transaction():
        made = operations.attempt_apart("link", credentials_of(address, ""), now())
    if made.wait:
        return must_wait(form.email, made, lambda: _forgotten(form))
    with transaction():
        choosing.ask(address, str(get_locale()), now())
    return render_template("accounts/link_sent.html", address=address.display)


def _forgotten(form: ForgottenForm) -> str:
    return render_template("accounts/forgotten.html", form=form)


@bp.get("/phrase-de-passe/<token>")
@public
def new_passphrase(token: str) -> ResponseReturnValue:
    return _replacement(token, ChooseForm(), 200)


@bp.post("/phrase-de-passe/<token>")
@public
def replace_passphrase(token: str) -> ResponseReturnValue:
    form = ChooseForm(request.form)
    if not form.validate():
        return _replacement(token, form, 422)
    try:
        with transaction():
            choosing.replace(token, form.new.data, now())
    except Guessable as refused:
        refuse(form, refused.fault)
        return _replacement(token, form, 422)
    except Expired:
        return _over("passphrase")
    flash(_("Votre phrase de passe est changée, et toutes vos sessions sont fermées."))
    return redirect(url_for(".sign_in"), 303)


def _replacement(token: str, form: ChooseForm, status: int) -> ResponseReturnValue:
    try:
        owner = choosing.owner(token)
    except Expired:
        return _over("passphrase")
    page = render_template("accounts/new_passphrase.html", form=form, owner=owner, token=token)
    return page, status


def _over(what: str) -> ResponseReturnValue:
    return render_template("accounts/link_over.html", what=what), 410
