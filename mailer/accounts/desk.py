"""The door of the desk, and the room behind it."""

from collections.abc import Callable
from math import ceil

from flask import (
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field

from mailer import addresses
from mailer.accounts import operations, session_rows, sessions
from mailer.accounts.blueprint import bp
from mailer.accounts.factors import queries as factors
from mailer.accounts.forms import SignInForm
from mailer.accounts.openid import hints
from mailer.accounts.operations import Attempt, Credentials
from mailer.accounts.roles import home
from mailer.accounts.standing import Standing
from mailer.addresses import Address
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import FACTOR_OWED, FACTOR_PAGE, SIGNED_IN, local_path, public, staff
from mailer.web.limits import network, sign_ins


@bp.get("/connexion")
@public
def sign_in() -> ResponseReturnValue:
    if "account" in g:
        return redirect(url_for(home(g.roles)), 303)
    return _page(SignInForm(), 200)


@bp.post("/connexion")
@public
@sign_ins
def open_session() -> ResponseReturnValue:
    form = SignInForm(request.form)
    if not form.validate():
        return _page(form, 422)
    credentials = _credentials(form)
    with transaction():
        made = operations.attempt(credentials, now())
    if made.wait:
        return must_wait(form.passphrase, made, lambda: _drawn(form))
    account_id = operations.compare(credentials)
    with transaction():
        account = operations.sign_in(made, account_id)
        if account is None:
            return _refused(form)
        owes = factors.has_any(account.id)
        sessions.start(account, now(), Standing.FACTOR_OWED if owes else Standing.FULL)
        first_page = url_for(home(account.roles))
    back = local_path(request.form.get("next"))
    return redirect(url_for(FACTOR_PAGE, next=back) if owes else back or first_page, 303)


@bp.post("/deconnexion")
@staff(SIGNED_IN, FACTOR_OWED)
def sign_out() -> ResponseReturnValue:
    """End this session; those in other browsers go on, and the page says so."""
    person, at = g.get("account") or g.owing, now()
    with transaction():
        operations.end_session(person.id, g.session_id, person.actor, at)
        others = len(session_rows.running(person.id, at))
    sessions.forget()
    flash(_farewell(others))
    # Who came through the provider is signed in there too.
    return redirect(url_for("openid.leave" if hints.has_token() else "accounts.sign_in"), 303)


def _farewell(others: int) -> str:
    if not others:
        return str(_("Vous êtes déconnecté."))
    return str(
        ngettext(
            "Vous êtes déconnecté d’ici. Une autre session reste ouverte, dans un autre"
            " navigateur : « Mon compte » permet de la fermer.",
            "Vous êtes déconnecté d’ici. %(num)d autres sessions restent ouvertes, dans d’autres"
            " navigateurs : « Mon compte » permet de les fermer.",
            others,
        )
    )


@bp.get("/bureau")
@staff(SIGNED_IN)
def desk() -> ResponseReturnValue:
    return render_template("accounts/desk.html")


def _credentials(form: SignInForm) -> Credentials:
    return credentials_of(addresses.parse(form.email.data), form.passphrase.data)


def credentials_of(address: Address, passphrase: str) -> Credentials:
    """What was typed, and the network that it came from."""
    print_of_address = addresses.fingerprint(address, current_app.config["FINGERPRINT_KEY"])
    return Credentials(address, passphrase, print_of_address, network())


def _refused(form: SignInForm) -> ResponseReturnValue:
    form.refuse(
        _("Cette adresse et cette phrase de passe ne vont pas ensemble. Vérifiez les deux.")
    )
    return _page(form, 422)


def must_wait(field: Field, made: Attempt, page: Callable[[], str]) -> ResponseReturnValue:
    """The same page, which says at the field from when on it may be sent again."""
    seconds = ceil(made.wait.total_seconds())
    said = ngettext(
        "Trop d’essais de suite. Attendez une seconde, puis recommencez.",
        "Trop d’essais de suite. Attendez %(num)d secondes, puis recommencez.",
        seconds,
    )
    field.errors = [said]
    answer = make_response(page(), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _page(form: SignInForm, status: int) -> ResponseReturnValue:
    return _drawn(form), status


def _drawn(form: SignInForm) -> str:
    back = local_path(request.values.get("next"))
    return render_template("accounts/sign_in.html", form=form, back=back)
