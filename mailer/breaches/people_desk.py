"""The persons whom an incident touched: chosen by one question, counted, listed masked, taken."""

from flask import (
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import addresses
from mailer.audit.looks import Why, looks, seen
from mailer.breaches import labels, people, queries, taking, telling
from mailer.breaches.blueprint import bp
from mailer.breaches.duties import Refused
from mailer.breaches.models import Breach
from mailer.breaches.operations import subject
from mailer.breaches.scope import read
from mailer.breaches.scope_form import ScopeForm, TakingForm
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.web.access import staff
from mailer.web.forms import StaffForm


@bp.get("/bureau/violations/<reference>/personnes")
@staff("dpo")
@looks(Why.BREACH)
def persons(reference: str) -> ResponseReturnValue:
    """Who was touched, their addresses masked; each look is recorded."""
    found = queries.by_reference(reference)
    seen("read-persons", subject(found))
    return _page(found)


def _page(breach: Breach, **forms: StaffForm) -> str:
    scope = read(breach.scope) if breach.scope else None
    total = people.count(scope) if scope else 0
    blank = {"form": ScopeForm(None).offering().fill(breach), "taking": TakingForm(None)}
    start = request.args.get("depuis", "")
    return render_template(
        "breaches/persons.html",
        breach=breach,
        scope=scope,
        total=total,
        page=people.page(scope, start) if scope else None,
        masked=addresses.masked,
        labels=labels,
        **(blank | forms),
    )


@bp.post("/bureau/violations/<reference>/personnes")
@staff("dpo")
def choose_persons(reference: str) -> ResponseReturnValue:
    form = ScopeForm().offering()
    try:
        with transaction():
            found = queries.held(reference)
            if not form.validate():
                return _page(found, form=form), 422
            telling.choose(found, form.scope, g.account.actor)
    except Refused as refused:
        flash(labels.REFUSALS[refused.why], "warn")
    else:
        flash(_("Périmètre enregistré."))
    return redirect(url_for(".persons", reference=reference), 303)


@bp.post("/bureau/violations/<reference>/personnes/exportation")
@staff("dpo")
def take_persons(reference: str) -> ResponseReturnValue:
    """The list as a file; who took it and why stands in the record before it begins."""
    form = TakingForm()
    with transaction():
        found = queries.by_reference(reference)
        if found.scope is None:
            raise NotFound("scope")
        if not form.validate():
            return _page(found, taking=form), 422
        scope = read(found.scope)
        taking.begin(found, scope, form.motive.data, g.account.actor)
    answer = Response(stream_with_context(taking.lines(scope)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{reference}.csv"'
    return answer
