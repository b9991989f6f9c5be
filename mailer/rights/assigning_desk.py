"""Cases are taken in hand, one or many; the message that says so gives them back."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from flask import flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mailer.clock import now
from mailer.db import transaction
from mailer.rights import assigning
from mailer.rights.blueprint import bp
from mailer.rights.queue_desk import address_of, asked
from mailer.rights.refusal_words import REFUSALS
from mailer.rights.states import Refusal
from mailer.web import undo
from mailer.web.access import local_path, staff

# Where the session keeps who had the cases before, and the page to come back to.
BEFORE, PAGE = "assigned", "assigned_on"


@bp.post("/bureau/demandes/<reference>/attribution")
@staff("dpo")
def assign(reference: str) -> ResponseReturnValue:
    return _take([reference], url_for(".case", reference=reference))


@bp.post("/bureau/demandes/attributions")
@staff("dpo")
def assign_many() -> ResponseReturnValue:
    """Take every case whose box is ticked; those that cannot be are named with the reason."""
    chosen = request.form.getlist("reference")
    back = address_of(asked(request.form))
    if not chosen:
        flash(_("Cochez au moins une demande."), "warn")
        return redirect(back, 303)
    return _take(chosen, back)


@bp.post("/bureau/demandes/attributions/annulation")
@staff("dpo")
def unassign() -> ResponseReturnValue:
    """Give back what was taken last, to whom it was or to nobody."""
    before: Mapping[str, str] = session.pop(BEFORE, {})
    with transaction():
        refused = assigning.give_all_back(before, g.account.actor, now())
    tell(refused)
    if given := len(before) - len(refused):
        flash(ngettext("%(num)s demande est rendue.", "%(num)s demandes sont rendues.", given))
    return redirect(local_path(session.pop(PAGE, None)) or url_for(".queue"), 303)


def _take(references: Sequence[str], back: str) -> ResponseReturnValue:
    with transaction():
        taken = assigning.take(references, g.account.actor, now())
    tell(taken.refused)
    if taken.before:
        session[BEFORE], session[PAGE] = dict(taken.before), back
        number = len(taken.before)
        said = ngettext("%(num)s demande est à vous.", "%(num)s demandes sont à vous.", number)
        undo.offer(said, url_for(".unassign"))
    return redirect(back, 303)


def tell(refused: Mapping[str, Refusal]) -> None:
    """Name the cases that were refused, by reason."""
    by_reason = sorted(refused.items(), key=lambda each: (each[1], each[0]))
    for why, found in groupby(by_reason, key=lambda each: each[1]):
        names = ", ".join(reference for reference, _why in found)
        flash(_("%(names)s : %(reason)s", names=names, reason=REFUSALS[why]), "warn")
