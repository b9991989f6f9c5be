"""The staff's pages of the lists themselves."""

from dataclasses import dataclass
from datetime import date

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.errors import Expired
from mailer.subscriptions import (
    closing,
    counting,
    departures,
    growth,
    growth_charts,
    operations,
    queries,
)
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.choice_forms import REASONS
from mailer.subscriptions.forms import ListForm
from mailer.subscriptions.models import MailingList
from mailer.web.access import staff
from mailer.web.charts import say
from mailer.web.pages import how_many


@bp.get("/bureau/listes")
@staff("subscribers", "admin")
def lists() -> ResponseReturnValue:
    """What one can receive, and how many do."""
    return render_template(
        "subscriptions/lists.html",
        lists=queries.all_lists(),
        counts=counting.by_list(),
        evenings=growth.evenings(),
        how_many=how_many,
        say=say,
        day=day,
    )


@bp.get("/bureau/listes/nouvelle")
@staff("subscribers", "admin")
def new_list() -> ResponseReturnValue:
    return render_template("subscriptions/list.html", form=ListForm(), row=None)


@bp.post("/bureau/listes")
@staff("subscribers", "admin")
def create_list() -> ResponseReturnValue:
    form = ListForm()
    if not form.validate():
        return render_template("subscriptions/list.html", form=form, row=None), 422
    with transaction():
        operations.create_list(form.values(), g.account.actor)
    return redirect(url_for(".lists"), 303)


@bp.get("/bureau/listes/<int:list_id>")
@staff("subscribers", "admin")
def edit_list(list_id: int) -> ResponseReturnValue:
    row = queries.mailing_list(list_id)
    return render_template(
        "subscriptions/list.html",
        form=ListForm(obj=row),
        row=row,
        closed=_closed(row),
        reasons=departures.of_list(list_id),
        reason_names=REASONS,
        **_growth(list_id),
    )


@bp.post("/bureau/listes/<int:list_id>")
@staff("subscribers", "admin")
def change_list(list_id: int) -> ResponseReturnValue:
    row = queries.mailing_list(list_id)
    form = ListForm(obj=row)
    if not form.validate():
        page = render_template("subscriptions/list.html", form=form, row=row, closed=_closed(row))
        return page, 422
    with transaction():
        operations.change_list(list_id, form.values(), g.account.actor)
    return redirect(url_for(".lists"), 303)


@bp.post("/bureau/listes/<int:list_id>/reouverture")
@staff("subscribers", "admin")
def reopen_list(list_id: int) -> ResponseReturnValue:
    """As it was before it was closed."""
    try:
        with transaction():
            closing.reopen(list_id, g.account.actor, now())
    except Expired:
        flash(
            _(
                "Les %(days)s jours sont passés : les inscriptions sont éteintes. Créez une autre"
                " liste.",
                days=closing.reopen_days(),
            )
        )
    else:
        flash(
            _("La liste est rouverte, avec toutes ses inscriptions. Les envois annulés le restent.")
        )
    return redirect(url_for(".edit_list", list_id=list_id), 303)


@dataclass(frozen=True)
class Closed:
    """Since when a list is closed, and until when it may be reopened, as its page says them."""

    since: str
    until: str


def _closed(row: MailingList) -> Closed | None:
    until = closing.reopens_until(row)
    if row.closed_at is None or until is None:
        return None
    last = day(paris_day(until)) if now() < until else ""
    return Closed(day(paris_day(row.closed_at)), last)


def _growth(list_id: int) -> dict[str, object]:
    """What the page of a list draws."""
    weeks = growth.weeks(list_id, now())
    return {
        "weeks": list(reversed(weeks)),
        "charts": growth_charts.all_of(weeks),
        "told": growth_charts.told(weeks),
        "signed": growth_charts.signed,
        "say": say,
        "day": day,
    }


def day(when: date) -> str:
    """The date, in the reader's language."""
    return str(format_date(when, "long"))
