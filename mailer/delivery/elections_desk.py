"""The administrator says between which days a letter is looked at once more."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mailer import rulebook
from mailer.db import transaction
from mailer.delivery import elections
from mailer.delivery.blueprint import bp
from mailer.delivery.election_form import ElectionForm
from mailer.web.access import staff


@bp.get("/bureau/elections", endpoint="elections")
@staff("admin")
def index() -> ResponseReturnValue:
    return _page(ElectionForm()), 200


@bp.post("/bureau/elections")
@staff("admin")
def add_election() -> ResponseReturnValue:
    form = ElectionForm()
    if not form.validate():
        return _page(form), 422
    with transaction():
        elections.add(form.values(), g.account.actor)
    return redirect(url_for("delivery.elections"), 303)


@bp.get("/bureau/elections/<int:period_id>/suppression")
@staff("admin")
def removing_election(period_id: int) -> ResponseReturnValue:
    """Which letters are no longer read twice, before that is so."""
    period = elections.period(period_id)
    return render_template("delivery/remove_election.html", period=period)


@bp.post("/bureau/elections/<int:period_id>/suppression")
@staff("admin")
def remove_election(period_id: int) -> ResponseReturnValue:
    with transaction():
        elections.remove(period_id, g.account.actor)
    return redirect(url_for("delivery.elections"), 303)


def _page(form: ElectionForm) -> str:
    source = rulebook.load().citations["elections"].source
    return render_template(
        "delivery/elections.html", periods=elections.periods(), form=form, source=source
    )
