"""An archived file stays shut, at each of its addresses, until somebody writes why they open it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.rights import holding, queries, words
from mailer.rights.blueprint import bp
from mailer.rights.file_forms import ArchiveForm
from mailer.rights.incoming import queries as incoming
from mailer.rights.models import RightsRequest
from mailer.rights.states import State
from mailer.web.access import staff

# Where the session keeps until when a file stands open; its reason serves one sitting.
CONSULTED = "consulted"
SITTING = timedelta(minutes=30)
SHUT, ASK = "rights.case", "rights.consult"


@bp.before_request
def keep_shut() -> ResponseReturnValue | None:
    """Lead from any address of an archived file to the question why it is opened."""
    reference = _reference(request.view_args or {})
    if reference is None or request.endpoint == ASK or _stands_open(reference):
        return None
    found = queries.find_reference(reference)
    if found is None or found.state != State.ARCHIVED:
        return None
    if request.endpoint == SHUT:
        return _page(found, ArchiveForm(None))
    return redirect(url_for(SHUT, reference=reference), 303)


def _reference(named: Mapping[str, Any]) -> str | None:
    """The case that the address is about, by itself or by one of its mails."""
    if "mail_id" in named:
        return incoming.reference_of(named["mail_id"])
    return named.get("reference")


def _stands_open(reference: str) -> bool:
    until: float = session.get(CONSULTED, {}).get(reference, 0)
    return now().timestamp() < until


def _page(found: RightsRequest, form: ArchiveForm) -> str:
    return render_template("rights/archived.html", case=found, form=form, words=words)


@bp.post("/bureau/demandes/<reference>/consultation")
@staff("dpo")
def consult(reference: str) -> ResponseReturnValue:
    """Open an archived file for a written reason, and for one sitting."""
    form = ArchiveForm()
    with transaction():
        found = queries.held(reference)
        if found.state != State.ARCHIVED:
            raise Conflict("not archived")
        if not form.validate():
            return _page(found, form), 422
        holding.consult(found, form.motive.data, g.account.actor, now())
    until = (now() + SITTING).timestamp()
    session[CONSULTED] = session.get(CONSULTED, {}) | {reference: until}
    return redirect(url_for(SHUT, reference=reference), 303)
