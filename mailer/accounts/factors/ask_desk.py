"""The second factor at the door, and the passkey that needs no passphrase before it."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import addresses
from mailer.accounts import operations as doors
from mailer.accounts import queries as accounts
from mailer.accounts import sessions
from mailer.accounts.desk import credentials_of, must_wait
from mailer.accounts.factors import ceremonies, operations, passkeys, queries
from mailer.accounts.factors.blueprint import bp
from mailer.accounts.factors.forms import CodeForm
from mailer.accounts.roles import home
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Expired, Invalid
from mailer.web.access import FACTOR_OWED, local_path, public, staff
from mailer.web.limits import sign_ins


@bp.get("/connexion/seconde-preuve")
@staff(FACTOR_OWED)
def ask() -> ResponseReturnValue:
    return _page(CodeForm(formdata=None), 200)


@bp.post("/connexion/seconde-preuve")
@staff(FACTOR_OWED)
def show_code() -> ResponseReturnValue:
    form = CodeForm(request.form)
    if not form.validate():
        return _page(form, 422)
    with transaction():
        made = doors.attempt_apart(
            "factor", credentials_of(addresses.parse(g.owing.email), ""), now()
        )
    if made.wait:
        return must_wait(form.code, made, lambda: _drawn(form))
    try:
        with transaction():
            operations.show_code(g.owing.id, form.code.data, now())
            doors.succeed(made)
            sessions.complete(now())
    except Invalid:
        form.refuse(
            _("Ce code ne va pas, ou il a déjà servi. Attendez le suivant et saisissez-le.")
        )
        return _page(form, 422)
    return _inside(g.owing.id)


@bp.post("/connexion/seconde-preuve/cle")
@staff(FACTOR_OWED)
def show_passkey() -> ResponseReturnValue:
    try:
        with transaction():
            operations.show_passkey(*_answer(), g.owing.id, now())
            sessions.complete(now())
    except (Invalid, Expired):
        form = CodeForm(formdata=None)
        form.refuse(
            _("Cette clé n’a pas répondu à notre question. Recommencez, ou servez-vous d’un code.")
        )
        return _page(form, 422)
    return _inside(g.owing.id)


@bp.post("/connexion/cle")
@public
@sign_ins
def open_by_passkey() -> ResponseReturnValue:
    """A passkey alone: the device, and the finger, the face or the PIN that opens it."""
    at = now()
    try:
        with transaction():
            account = operations.enter(*_answer(), at)
            sessions.start(account, at)
            account_id = account.id
    except (Invalid, Expired):
        return render_template("accounts/factors/refused.html"), 422
    return _inside(account_id)


def _answer() -> tuple[str, str]:
    return request.form.get("credential", ""), request.form.get("ceremony", "")


def _inside(account_id: int) -> ResponseReturnValue:
    first_page = url_for(home(accounts.must(account_id).roles))
    return redirect(local_path(request.form.get("next")) or first_page, 303)


def _page(form: CodeForm, status: int) -> ResponseReturnValue:
    return _drawn(form), status


def _drawn(form: CodeForm) -> str:
    factors, site = queries.of(g.owing.id), ceremonies.site()
    asked = ceremonies.begin(ceremonies.SHOW, now(), g.owing.id)
    known = [each.credential_id for each in factors.passkeys]
    return render_template(
        "accounts/factors/ask.html",
        form=form,
        factors=factors,
        back=local_path(request.values.get("next")),
        ceremony=asked.token,
        options=passkeys.request(site, asked.challenge, known),
    )


@bp.app_context_processor
def passkey_at_the_door() -> dict[str, object]:
    """Let the page of signing in ask for a passkey, without an address."""

    def question() -> dict[str, str] | None:
        site = ceremonies.site()
        if not site.can_have_any:
            return None
        asked = ceremonies.begin(ceremonies.SHOW, now())
        return {"ceremony": asked.token, "options": passkeys.request(site, asked.challenge)}

    return {"passkey_question": question}
