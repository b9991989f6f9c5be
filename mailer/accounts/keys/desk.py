"""The administrator makes keys for programs, and ends them."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.accounts.keys import operations, queries
from mailer.accounts.keys.forms import KeyForm
from mailer.accounts.keys.scopes import lacking, meet
from mailer.accounts.keys.words import SCOPES
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Invalid
from mailer.web.access import staff

bp = Blueprint("keys", __name__)

bp.context_processor(lambda: {"scope_words": SCOPES, "scopes_meet": meet})


@bp.get("/bureau/cles")
@staff("admin")
def keys() -> ResponseReturnValue:
    """Every key: what it may do, who made it, when it was last used."""
    return render_template("accounts/keys/keys.html", keys=queries.every(), now=now())


@bp.get("/bureau/cles/nouvelle")
@staff("admin")
def new_key() -> ResponseReturnValue:
    return render_template("accounts/keys/new.html", form=KeyForm())


@bp.post("/bureau/cles")
@staff("admin")
def create_key() -> ResponseReturnValue:
    """Shows the secret, this once."""
    form = KeyForm()
    if not form.validate():
        return render_template("accounts/keys/new.html", form=form), 422
    try:
        with transaction():
            made = operations.create(form.values(), g.account.id, g.account.actor, now())
    except Invalid:
        form.refuse(lacking(form.values().scopes, g.roles))
        return render_template("accounts/keys/new.html", form=form), 422
    return render_template("accounts/keys/made.html", made=made)


@bp.get("/bureau/cles/<int:key_id>/fin")
@staff("admin")
def ending_key(key_id: int) -> ResponseReturnValue:
    """What ends with it, before it does."""
    return render_template("accounts/keys/ending.html", key=queries.key(key_id))


@bp.post("/bureau/cles/<int:key_id>/fin")
@staff("admin")
def end_key(key_id: int) -> ResponseReturnValue:
    with transaction():
        name = operations.revoke(key_id, g.account.actor, now()).name
    flash(_("La clé « %(name)s » n’ouvre plus rien.", name=name))
    return redirect(url_for(".keys"), 303)
