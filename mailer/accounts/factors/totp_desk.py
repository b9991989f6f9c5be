"""Setting up an application that gives codes."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from mailer.accounts.factors import codes_desk, operations, qr, queries, totp
from mailer.accounts.factors.blueprint import bp
from mailer.accounts.factors.forms import CodeForm
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Invalid
from mailer.web.access import SIGNED_IN, staff


@bp.post("/bureau/compte/securite/application")
@staff(SIGNED_IN)
def begin_totp() -> ResponseReturnValue:
    with transaction():
        operations.propose_key(g.account.id, now())
    return redirect(url_for(".new_totp"), 303)


@bp.get("/bureau/compte/securite/application")
@staff(SIGNED_IN)
def new_totp() -> ResponseReturnValue:
    return _page(CodeForm(formdata=None), 200)


@bp.post("/bureau/compte/securite/application/confirmation")
@staff(SIGNED_IN)
def confirm_totp() -> ResponseReturnValue:
    form = CodeForm(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        with transaction():
            operations.confirm_key(g.account.id, form.code.data, now())
    except Invalid:
        form.refuse(
            _(
                "Ce code n’est pas celui de maintenant. Attendez le suivant dans l’application, et"
                " vérifiez l’heure de votre téléphone."
            )
        )
        return _page(form, 422)
    flash(_("L’application est liée à votre compte."))
    return codes_desk.first_codes()


@bp.get("/bureau/compte/securite/application/retrait")
@staff(SIGNED_IN)
def removing_totp() -> ResponseReturnValue:
    """What opens the account without the application, before it goes."""
    factors = queries.of(g.account.id)
    if factors.totp is None:
        return redirect(url_for(".own"), 303)
    return render_template("accounts/factors/remove_totp.html", is_last=factors.number == 1)


@bp.post("/bureau/compte/securite/application/retrait")
@staff(SIGNED_IN)
def remove_totp() -> ResponseReturnValue:
    try:
        with transaction():
            operations.remove_key(g.account.id)
    except Conflict:
        flash(_("Votre rôle demande une seconde preuve : ajoutez-en une avant."), "warn")
    else:
        flash(_("L’application n’est plus liée à votre compte."))
    return redirect(url_for(".own"), 303)


def _page(form: CodeForm, status: int) -> ResponseReturnValue:
    row = queries.proposed(g.account.id)
    if row is None:
        return redirect(url_for(".own"), 303)
    key = operations.key_of(row)
    address = totp.address(key, g.account.email, current_app.config["ORGANISATION"])
    drawn = render_template(
        "accounts/factors/totp.html",
        form=form,
        key=totp.in_groups(key),
        # Drawn from modules alone; nothing of the text stands in it as text.
        code=Markup(qr.svg(address)),  # noqa: S704 - our own drawing
    )
    return drawn, status
