"""The queue, where the officer's day begins: the lists, the filters, the search."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, SearchField
from wtforms.validators import ValidationError

from mailer import addresses, rulebook
from mailer.accounts.queries import names_of
from mailer.audit.looks import Why, looks
from mailer.clock import now, paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.errors import Invalid
from mailer.rights import acknowledging, labels, queries, queue, remaining, words
from mailer.rights.blueprint import bp
from mailer.rights.identity import needs_proof
from mailer.rights.kinds import Right
from mailer.rights.models import Hold, RightsRequest
from mailer.rights.queue import Filter, View
from mailer.rights.reminders import reminded_of
from mailer.rights.states import OPEN
from mailer.rights.timers import may_close
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.web.forms import StaffForm

REFERENCE = re.compile(r"DR-\d{4}-\d{4,}")
LONGEST = 254


@dataclass(frozen=True)
class Asked:
    """Which page of which list, as an address or a form names it."""

    view: View = View.TODO
    right: Right | None = None
    is_mine: bool = False
    after: int | None = None

    @property
    def filter(self) -> Filter:
        return Filter(self.right, g.account.actor if self.is_mine else "")


class SearchForm(StaffForm):
    """A reference, or an address that must not stand in an address."""

    sought = SearchField(
        _("Référence ou adresse exacte"),
        filters=[lambda text: (text or "").strip()],
        render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST},
    )

    @property
    def reference(self) -> str:
        """What was typed when it has the form of a reference, else nothing."""
        typed = self.sought.data.upper()
        return typed if REFERENCE.fullmatch(typed) else ""

    def validate_sought(self, field: Field) -> None:
        if self.reference:
            if queries.find_reference(self.reference) is None:
                raise ValidationError(_("Aucune demande ne porte cette référence. Vérifiez-la."))
            return
        try:
            addresses.parse(field.data)
        except Invalid:
            raise ValidationError(
                _(
                    "Saisissez une référence, comme DR-2026-0042, ou une adresse complète, au"
                    " format nom@exemple.fr."
                )
            ) from None


def asked(given: MultiDict[str, str]) -> Asked:
    """What the fields name; a name that is none of ours counts as not given."""
    view, right = given.get("vue"), given.get("droit")
    return Asked(
        View(view) if view in set(View) else View.TODO,
        Right(right) if right in set(Right) else None,
        bool(given.get("a_moi")),
        given.get("apres", type=row_key),
    )


def address_of(wanted: Asked) -> str:
    """The address of that page; what is as usual is not said."""
    return url_for(
        "rights.queue",
        vue=wanted.view.value if wanted.view != View.TODO else None,
        droit=wanted.right.value if wanted.right else None,
        a_moi=1 if wanted.is_mine else None,
        apres=wanted.after,
    )


@bp.get("/bureau/demandes", endpoint="queue")
@staff("dpo")
@looks(Why.RIGHTS)
def show() -> ResponseReturnValue:
    return _queue(SearchForm(None))


@bp.post("/bureau/demandes/recherche")
@staff("dpo")
@looks(Why.RIGHTS)
def search() -> ResponseReturnValue:
    """By reference, the case; by address, what came from it, in the answer to this post alone."""
    form = SearchForm()
    if not form.validate():
        return _queue(form), 422
    if form.reference:
        return redirect(url_for(".case", reference=form.reference), 303)
    found = queue.of_mailbox(fingerprint_of(addresses.parse(form.sought.data)))
    return render_template("rights/found.html", form=form, asked=Asked(), **_rows(found))


def _queue(form: SearchForm) -> str:
    wanted, today = asked(request.args), paris_day(now())
    found = queue.page(wanted.view, today, wanted.filter, wanted.after)
    return render_template(
        "rights/queue.html",
        form=form,
        asked=wanted,
        views={view: address_of(replace(wanted, view=view, after=None)) for view in View},
        unfiltered=address_of(Asked(wanted.view)),
        following=address_of(replace(wanted, after=found.next_key)) if found.next_key else "",
        work=queue.work(today, wanted.filter),
        remains=remaining.counts(today),
        last_closed=None if found.rows else queries.last_closed(),
        **_rows(found.rows),
    )


def _rows(rows: Sequence[RightsRequest]) -> dict[str, object]:
    """What the table of requests needs to know."""
    today, rules = paris_day(now()), rulebook.load()
    return {
        "rows": rows,
        "unacknowledged": acknowledging.missing(rows),
        "officers": names_of({row.assignee for row in rows if row.assignee}),
        "me": g.account.actor,
        "today": today,
        "needs_proof": lambda case: needs_proof(case.rights, case.requester),
        "is_late": lambda due: due < today,
        "is_soon": lambda due: queue.is_soon(due, today),
        "is_open": lambda case: case.state in OPEN,
        "is_complaint": lambda case: case.complaint_number or case.hold == Hold.COMPLAINT,
        "may_close": lambda case: may_close(reminded_of(case), today, rules),
        "closed_on": lambda case: paris_day(case.closed_at),
        "masked": addresses.masked,
        "labels": labels,
        "words": words,
    }
