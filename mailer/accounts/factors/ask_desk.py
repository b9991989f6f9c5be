"""The second factor at the door, and the passkey that needs no passphrase before it."""

from math import ceil

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mailer import addresses
from mailer.accounts import operations as doors
from mailer.accounts import queries as accounts
from mailer.accounts import sessions
from mailer.accounts.factors import ceremonies, operations, passkeys, queries
from mailer.accounts.factors.blueprint import bp
from mailer.accounts.factors.forms import CodeForm
from mailer.accounts.operations import Attempt, Credentials
from mailer.accounts.roles import home
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Expired, Invalid, NotFound
from mailer.web.access import FACTOR_OWED, local_path, public, staff
from mailer.web.limits import network, sign_ins


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
        made = doors.attempt(_credentials(), now())
    if made.wait:
        return _must_wait(form, made)
    try:
        with transaction():
            operations.show_code(g.owing.id, form.code.data, now())
            operations.succeed(made)
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


def _credentials() -> Credentials:
    """Counted apart from passphrases: showing the passphrase makes no network a usual one here."""
    address = addresses.parse(g.owing.email)
    print_of_address = addresses.fingerprint(address, current_app.config["FINGERPRINT_KEY"])
    return Credentials(address, "", f"{print_of_address}/factor", network())


def _inside(account_id: int) -> ResponseReturnValue:
    account = accounts.by_id(account_id)
    if account is None:
        raise NotFound("account")
    first_page = url_for(home(account.roles))
    return redirect(local_path(request.form.get("next")) or first_page, 303)


def _must_wait(form: CodeForm, made: Attempt) -> ResponseReturnValue:
    seconds = ceil(made.wait.total_seconds())
    form.refuse(
        ngettext(
            "Trop d’essais de suite. Attendez une seconde, puis recommencez.",
            "Trop d’essais de suite. Attendez %(num)d secondes, puis recommencez.",
            seconds,
        )
    )
    answer = make_response(_page(form, 429))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _page(form: CodeForm, status: int) -> ResponseReturnValue:
    factors, site = queries.of(g.owing.id), ceremonies.site()
    asked = ceremonies.begin(ceremonies.SHOW, now(), g.owing.id)
    known = [each.credential_id for each in factors.passkeys]
    drawn = render_template(
        "accounts/factors/ask.html",
        form=form,
        factors=factors,
        back=local_path(request.values.get("next")),
        ceremony=asked.token,
        options=passkeys.request(site, asked.challenge, known),
    )
    return drawn, status


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
