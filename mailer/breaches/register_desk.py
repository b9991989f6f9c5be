"""The register at the desk: every incident, the signs to look at, a new file, the whole as CSV."""

from collections import Counter

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import rulebook, sheets
from mailer.audit.looks import Why, looks, seen
from mailer.audit.operations import record
from mailer.breaches import countdown, form_order, labels, operations, queries, words
from mailer.breaches.blueprint import bp
from mailer.breaches.forms import DismissalForm, OpeningForm
from mailer.breaches.models import Breach
from mailer.breaches.queries import View
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import staff
from mailer.web.bounds import row_key


@bp.get("/bureau/violations")
@staff("dpo")
@looks(Why.BREACH)
def register() -> ResponseReturnValue:
    """The incidents, newest first, with the hours that are left; each look is recorded."""
    seen("read", "breaches")
    return _register(DismissalForm(None))


def _register(dismissal: DismissalForm, about: int = 0) -> str:
    asked = request.args.get("vue")
    view = View(asked) if asked in set(View) else View.ALL
    at, hours = now(), rulebook.load().figures.breach_hours.value

    def left(breach: Breach) -> object:
        return countdown.left(breach.aware_at, at, hours)

    return render_template(
        "breaches/register.html",
        view=view,
        views=View,
        counts=queries.counts(),
        page=queries.page(view, request.args.get("apres", type=row_key)),
        suspicions=queries.suspicions(),
        dismissal=dismissal,
        about=about,
        left=left,
        is_counting=queries.is_counting,
        labels=labels,
        words=words,
    )


@bp.get("/bureau/violations/registre.csv")
@staff("dpo")
def register_file() -> ResponseReturnValue:
    """The whole register as a table; it holds nothing of any person."""
    with transaction():
        record(g.account.actor, "copy", "breaches")
    told = queries.tellings()
    rows = [
        [
            line
            for part in form_order.sections(each, told.get(each.id, Counter()))
            for line in part.lines
        ]
        for each in queries.register()
    ]
    heading = [[line.label for line in rows[0]]] if rows else []
    table = [*heading, *([line.value for line in row] for row in rows)]
    text = sheets.MARK + "".join(map(sheets.line, table))
    named = {"Content-Disposition": 'attachment; filename="violations.csv"'}
    return Response(text, mimetype="text/csv", headers=named)


@bp.get("/bureau/violations/nouvelle")
@staff("dpo")
def new() -> ResponseReturnValue:
    """An empty file, or one that says what a detector found."""
    form = OpeningForm(None)
    form.aware_at.process_data(now())
    number = request.args.get("alerte", type=row_key)
    if number is not None:
        found = queries.suspicion(number)
        form.found_how.data = words.sign(found.detector, found.facts)
        form.aware_at.process_data(found.seen_at)
    return render_template("breaches/new.html", form=form, suspicion=number)


@bp.post("/bureau/violations/nouvelle")
@staff("dpo")
def begin() -> ResponseReturnValue:
    form = OpeningForm()
    number = request.args.get("alerte", type=row_key)
    if not form.validate():
        return render_template("breaches/new.html", form=form, suspicion=number), 422
    with transaction():
        suspicion = queries.suspicion(number) if number is not None else None
        opened = operations.begin(form.opening, g.account.actor, now(), suspicion)
        reference = opened.reference
    flash(_("Incident ouvert. Le délai court depuis la prise de connaissance."))
    return redirect(url_for(".file", reference=reference), 303)


@bp.post("/bureau/violations/alertes/<int:number>/sans-suite")
@staff("dpo")
def dismiss(number: int) -> ResponseReturnValue:
    """A sign is no incident, for a written reason."""
    form = DismissalForm()
    if not form.validate():
        queries.suspicion(number)
        return _register(form, number), 422
    with transaction():
        found = queries.suspicion(number)
        operations.dismiss(found, form.reason.data, g.account.actor, now())
    flash(_("Alerte classée sans suite."))
    return redirect(url_for(".register"), 303)
