"""One incident at the desk: its file with the clock, its description, its copy for the form."""

from dataclasses import asdict

from flask import Response, flash, g, json, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import rulebook
from mailer.audit.looks import Why, looks, seen
from mailer.breaches import countdown, form_order, labels, operations, people, queries, words
from mailer.breaches.blueprint import bp
from mailer.breaches.duties import Refused, possible_phases
from mailer.breaches.forms import ClosingForm, DescriptionForm, ExemptionForm, FilingForm
from mailer.breaches.models import Breach
from mailer.breaches.operations import subject
from mailer.breaches.scope import read
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import staff
from mailer.web.forms import StaffForm


@bp.get("/bureau/violations/<reference>")
@staff("dpo")
@looks(Why.BREACH)
def file(reference: str) -> ResponseReturnValue:
    """The whole file; each look is recorded."""
    return file_page(_looked_at(reference))


def _looked_at(reference: str) -> Breach:
    found = queries.by_reference(reference)
    seen("read", subject(found))
    return found


def file_page(breach: Breach, **forms: StaffForm) -> str:
    """The page of a file, with the forms as they were typed."""
    at = now()
    hours = rulebook.load().figures.breach_hours.value
    empty = {name: blank(None) for name, blank in FORMS.items() if name not in forms}
    filing = forms.get("filing") or empty["filing"]
    filing.offering(possible_phases(breach.phases))
    told = queries.told(breach)
    return render_template(
        "breaches/file.html",
        breach=breach,
        left=countdown.left(breach.aware_at, at, hours),
        ends_at=countdown.ends_at(breach.aware_at, hours),
        is_counting=queries.is_counting(breach),
        is_late=at > countdown.ends_at(breach.aware_at, hours),
        duties=queries.duties(breach),
        told=told,
        touched=people.count(read(breach.scope)) if breach.scope else None,
        sections=form_order.sections(breach, told),
        labels=labels,
        words=words,
        **(empty | forms),
    )


FORMS: dict[str, type[StaffForm]] = {
    "filing": FilingForm,
    "exemption": ExemptionForm,
    "closing": ClosingForm,
}


@bp.get("/bureau/violations/<reference>/dossier")
@staff("dpo")
@looks(Why.BREACH)
def describe(reference: str) -> ResponseReturnValue:
    """The file as a form, in the order of the authority's."""
    found = _looked_at(reference)
    return render_template(
        "breaches/describe.html", breach=found, form=DescriptionForm(None).fill(found)
    )


@bp.post("/bureau/violations/<reference>/dossier")
@staff("dpo")
def save_description(reference: str) -> ResponseReturnValue:
    form = DescriptionForm()
    try:
        with transaction():
            found = queries.held(reference)
            if not form.validate():
                return render_template("breaches/describe.html", breach=found, form=form), 422
            operations.describe(found, form.said, g.account.actor)
    except Refused as refused:
        flash(labels.REFUSALS[refused.why], "warn")
    else:
        flash(_("Dossier enregistré."))
    return redirect(url_for(".file", reference=reference), 303)


@bp.get("/bureau/violations/<reference>/teleservice")
@staff("dpo")
@looks(Why.BREACH)
def form_copy(reference: str) -> ResponseReturnValue:
    """The incident in the order of the authority's form, to be copied over."""
    found = _looked_at(reference)
    shown = form_order.sections(found, queries.told(found))
    return render_template("breaches/form_copy.html", breach=found, sections=shown)


@bp.get("/bureau/violations/<reference>/teleservice.json")
@staff("dpo")
@looks(Why.BREACH)
def form_json(reference: str) -> ResponseReturnValue:
    """The same for a program."""
    found = _looked_at(reference)
    told = form_order.sections(found, queries.told(found))
    text = json.dumps([asdict(each) for each in told], ensure_ascii=False, indent=1)
    disposition = f'attachment; filename="{found.reference}.json"'
    return Response(text, mimetype="application/json", headers={"Content-Disposition": disposition})
