"""Adding, naming and taking away passkeys."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.accounts.factors import codes_desk, operations, queries
from mailer.accounts.factors.blueprint import bp
from mailer.accounts.factors.desk import page
from mailer.accounts.factors.forms import NameForm, PasskeyForm
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Expired, Invalid
from mailer.web.access import SIGNED_IN, staff


@bp.post("/bureau/compte/securite/cles")
@staff(SIGNED_IN)
def add_passkey() -> ResponseReturnValue:
    form = PasskeyForm(request.form)
    if not form.validate():
        return page(form, 422)
    answer, token = form.credential.data or "", form.ceremony.data or ""
    try:
        with transaction():
            operations.add_passkey(g.account.id, form.name.data, answer, token, now())
    except (Invalid, Expired):
        form.name.errors = [_("L’appareil n’a pas répondu à cette question. Recommencez.")]
        return page(form, 422)
    except Conflict:
        form.name.errors = [_("Cette clé est déjà enregistrée, ou vous en avez déjà dix.")]
        return page(form, 409)
    flash(_("La clé d’accès est liée à votre compte."))
    return codes_desk.first_codes()


@bp.post("/bureau/compte/securite/cles/<int:passkey_id>/nom")
@staff(SIGNED_IN)
def rename_passkey(passkey_id: int) -> ResponseReturnValue:
    form = NameForm(request.form)
    # The key of somebody else is absent whatever was typed.
    queries.passkey(g.account.id, passkey_id)
    if form.validate():
        with transaction():
            operations.rename_passkey(g.account.id, passkey_id, form.name.data)
        flash(_("Le nom de la clé est enregistré."))
    else:
        flash(form.name.errors[0], "warn")
    return redirect(url_for(".own"), 303)


@bp.get("/bureau/compte/securite/cles/<int:passkey_id>/retrait")
@staff(SIGNED_IN)
def removing_passkey(passkey_id: int) -> ResponseReturnValue:
    """What opens the account without that key, before it goes."""
    return render_template(
        "accounts/factors/remove_passkey.html",
        passkey=queries.passkey(g.account.id, passkey_id),
        is_last=queries.of(g.account.id).number == 1,
    )


@bp.post("/bureau/compte/securite/cles/<int:passkey_id>/retrait")
@staff(SIGNED_IN)
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    try:
        with transaction():
            operations.remove_passkey(g.account.id, passkey_id)
    except Conflict:
        flash(_("Votre rôle demande une seconde preuve : ajoutez-en une avant."), "warn")
    else:
        flash(_("La clé n’ouvre plus rien ici. Effacez-la aussi de votre appareil."))
    return redirect(url_for(".own"), 303)
