"""The administrator says which programs are told of what happens here."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.webhooks import operations, queries, signing, words
from mailer.webhooks.forms import EndpointForm

bp = Blueprint("webhooks", __name__)

bp.context_processor(lambda: {"webhook_words": words})


@bp.get("/bureau/webhooks")
@staff("admin")
def endpoints() -> ResponseReturnValue:
    """Every endpoint, and the form of another one."""
    return _list(EndpointForm()), 200


@bp.post("/bureau/webhooks")
@staff("admin")
def add() -> ResponseReturnValue:
    """Shows the secret, this once."""
    form = EndpointForm()
    if not form.validate():
        return _list(form), 422
    secret = signing.new_secret()
    with transaction():
        row = operations.add(form.values(), secret, g.account.actor, now())
    return render_template("webhooks/secret.html", row=row, secret=secret)


@bp.get("/bureau/webhooks/<int:endpoint_id>")
@staff("admin")
def endpoint(endpoint_id: int) -> ResponseReturnValue:
    """One endpoint, and what became of what it was told."""
    row = queries.endpoint(endpoint_id)
    page = queries.latest(row.id, request.args.get("avant", type=row_key))
    return render_template("webhooks/endpoint.html", row=row, page=page)


@bp.post("/bureau/webhooks/<int:endpoint_id>/essai")
@staff("admin")
def test(endpoint_id: int) -> ResponseReturnValue:
    with transaction():
        operations.test(endpoint_id, g.account.actor, now())
    return _to(endpoint_id, _("Un essai part\u00a0: rechargez la page pour voir s’il est reçu."))


@bp.get("/bureau/webhooks/<int:endpoint_id>/secret")
@staff("admin")
def rotating(endpoint_id: int) -> ResponseReturnValue:
    """How long the former secret still signs, before there is another."""
    row = queries.endpoint(endpoint_id)
    return render_template("webhooks/rotate.html", row=row, end=now() + operations.OVERLAP)


@bp.post("/bureau/webhooks/<int:endpoint_id>/secret")
@staff("admin")
def rotate(endpoint_id: int) -> ResponseReturnValue:
    """Shows the new secret, this once; the former one signs beside it for a day."""
    with transaction():
        secret = operations.rotate(endpoint_id, g.account.actor, now())
    row = queries.endpoint(endpoint_id)
    return render_template("webhooks/secret.html", row=row, secret=secret)


@bp.post("/bureau/webhooks/<int:endpoint_id>/arret")
@staff("admin")
def disable(endpoint_id: int) -> ResponseReturnValue:
    with transaction():
        operations.disable(queries.held(endpoint_id), g.account.actor, now())
    return _to(endpoint_id, _("Ce programme n’est plus prévenu\u00a0; ce qui se passe l’attend."))


@bp.post("/bureau/webhooks/<int:endpoint_id>/reprise")
@staff("admin")
def enable(endpoint_id: int) -> ResponseReturnValue:
    with transaction():
        operations.enable(endpoint_id, g.account.actor)
    return _to(endpoint_id, _("Ce programme est prévenu de nouveau."))


@bp.get("/bureau/webhooks/<int:endpoint_id>/retrait")
@staff("admin")
def removing(endpoint_id: int) -> ResponseReturnValue:
    """What is forgotten with it, before it is."""
    return render_template("webhooks/remove.html", row=queries.endpoint(endpoint_id))


@bp.post("/bureau/webhooks/<int:endpoint_id>/retrait")
@staff("admin")
def remove(endpoint_id: int) -> ResponseReturnValue:
    with transaction():
        operations.remove(queries.held(endpoint_id), g.account.actor)
    flash(_("Ce programme est oublié, avec ce qui lui a été dit."))
    return redirect(url_for(".endpoints"), 303)


@bp.post("/bureau/webhooks/envois/<int:telling_id>/renvoi")
@staff("admin")
def resend(telling_id: int) -> ResponseReturnValue:
    with transaction():
        endpoint_id = operations.resend(telling_id, g.account.actor, now()).endpoint_id
    return _to(endpoint_id, _("C’est renvoyé, sous le même numéro."))


def _list(form: EndpointForm) -> str:
    return render_template("webhooks/endpoints.html", rows=queries.endpoints(), form=form)


def _to(endpoint_id: int, done: str) -> Response:
    flash(done)
    return redirect(url_for(".endpoint", endpoint_id=endpoint_id), 303)
