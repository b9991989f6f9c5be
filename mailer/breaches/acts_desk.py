"""What the officer does to an incident, one button each; a refusal comes back with its reason."""

from collections.abc import Callable

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from mailer.breaches import labels, operations, queries
from mailer.breaches.blueprint import bp
from mailer.breaches.desk import file_page
from mailer.breaches.duties import Refused, Undone, possible_phases
from mailer.breaches.forms import ClosingForm, ExemptionForm, FilingForm
from mailer.breaches.models import Breach
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import staff
from mailer.web.forms import StaffForm

Act = Callable[[Breach], None]
NOT_YET = lazy_gettext("Ce dossier ne peut pas être clos. Il reste : %(duties)s")


def _do(reference: str, act: Act, done: str, **forms: StaffForm) -> ResponseReturnValue:
    """Do it to the incident, or show the file again with what is to be mended."""
    try:
        with transaction():
            found = queries.held(reference)
            if not all(_validates(form, found) for form in forms.values()):
                return file_page(found, **forms), 422
            act(found)
    except Refused as refused:
        return _again(reference, labels.REFUSALS[refused.why], forms)
    except Undone as undone:
        left = " ".join(str(labels.DUTIES[duty]) for duty in undone.duties)
        return _again(reference, NOT_YET % {"duties": left}, forms)
    flash(done)
    return redirect(url_for(".file", reference=reference), 303)


def _validates(form: StaffForm, breach: Breach) -> bool:
    if isinstance(form, FilingForm):
        form.offering(possible_phases(breach.phases))
    return bool(form.validate())


def _again(
    reference: str, why: LazyString | str, forms: dict[str, StaffForm]
) -> ResponseReturnValue:
    flash(why, "warn")
    return file_page(queries.by_reference(reference), **forms), 409


@bp.post("/bureau/violations/<reference>/notifications")
@staff("dpo")
def notify(reference: str) -> ResponseReturnValue:
    form = FilingForm()
    return _do(
        reference,
        lambda found: operations.notify(found, form.filing, g.account.actor, now()),
        _("Notification notée au dossier."),
        filing=form,
    )


@bp.post("/bureau/violations/<reference>/exemption")
@staff("dpo")
def exempt(reference: str) -> ResponseReturnValue:
    form = ExemptionForm()
    return _do(
        reference,
        lambda found: operations.exempt(found, form.ground, form.reason.data, g.account.actor),
        _("Motif noté au dossier."),
        exemption=form,
    )


@bp.post("/bureau/violations/<reference>/cloture")
@staff("dpo")
def close(reference: str) -> ResponseReturnValue:
    form = ClosingForm()
    return _do(
        reference,
        lambda found: operations.close(found, form.words.data, g.account.actor, now()),
        _("Dossier clos. Il reste lisible au registre."),
        closing=form,
    )
