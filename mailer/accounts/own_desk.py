"""« Mon compte »: one's name, one's passphrase, and where one is signed in."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import addresses
from mailer.accounts import choosing, operations, queries, sessions
from mailer.accounts.blueprint import bp
from mailer.accounts.choosing import Guessable
from mailer.accounts.desk import credentials_of, must_wait
from mailer.accounts.passphrase_forms import ChangeForm, NameForm, refuse
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Invalid
from mailer.web.access import SIGNED_IN, local_path, staff
from mailer.web.language import LANGUAGES


@bp.get("/bureau/compte")
@staff(SIGNED_IN)
def own() -> ResponseReturnValue:
    return _page(NameForm(data={"name": g.account.name}), ChangeForm(), 200)


@bp.post("/bureau/compte/nom")
@staff(SIGNED_IN)
def rename() -> ResponseReturnValue:
    form = NameForm()
    if not form.validate():
        return _page(form, ChangeForm(formdata=None), 422)
    with transaction():
        operations.rename(g.account.id, form.name.data)
    flash(_("Votre nom est enregistré."))
    return redirect(url_for(".own"), 303)


@bp.post("/bureau/compte/langue")
@staff(SIGNED_IN)
def speak() -> ResponseReturnValue:
    """Every page has the button; it leads back to where it was pressed."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise Invalid("language")
    with transaction():
        operations.speak(g.account.id, language)
    with force_locale(language):
        flash(_("Le bureau et les courriels qu’il vous écrit sont maintenant en français."))
    return redirect(local_path(request.form.get("page")) or url_for(".desk"), 303)


@bp.post("/bureau/compte/phrase-de-passe")
@staff(SIGNED_IN)
def change_passphrase() -> ResponseReturnValue:
    """Asks for the present one: a desk left open is not enough (OWASP ASVS 6.2.3)."""
    form = ChangeForm()
    named = NameForm(formdata=None, data={"name": g.account.name})
    if not form.validate():
        return _page(named, form, 422)
    shown = credentials_of(addresses.parse(g.account.email), form.present.data)
    with transaction():
        made = operations.attempt(shown, now())
    if made.wait:
        return must_wait(form.present, made, lambda: _drawn(named, form))
    if operations.compare(shown) != g.account.id:
        form.present.errors = [_("Ce n’est pas votre phrase de passe actuelle. Vérifiez-la.")]
        return _page(named, form, 422)
    try:
        with transaction():
            operations.succeed(made)
            account = queries.must(g.account.id)
            choosing.set_passphrase(account, form.new.data, now(), but=g.session_id)
            sessions.change_id(now())
    except Guessable as refused:
        refuse(form, refused.fault)
        return _page(named, form, 422)
    flash(_("Votre phrase de passe est changée, et vos autres sessions sont fermées."))
    return redirect(url_for(".own"), 303)


def _page(name: NameForm, change: ChangeForm, status: int) -> ResponseReturnValue:
    return _drawn(name, change), status


def _drawn(name: NameForm, change: ChangeForm) -> str:
    return render_template("accounts/own.html", name_form=name, form=change)
