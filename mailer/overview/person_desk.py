"""The page of one subscriber, and what is done there for somebody who asked. Looks are recorded."""

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as Redirect
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mailer.accounts.roles import Role
from mailer.addresses import masked
from mailer.audit.looks import Why, looks, seen
from mailer.audit.operations import record
from mailer.bounces import labels
from mailer.clock import now, paris_day
from mailer.consent import desk as proof_desk
from mailer.consent import words as consent_words
from mailer.consent.forms import ProofForm
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.overview import person
from mailer.overview.blueprint import bp
from mailer.rights import copies
from mailer.rights import labels as request_labels
from mailer.subscriptions import assisting, queries
from mailer.subscriptions.assisting import Motive
from mailer.subscriptions.choice_forms import FREQUENCIES
from mailer.subscriptions.people_desk import STATES
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.web.forms import StaffForm

MANAGER, OFFICER = Role.SUBSCRIBERS.value, Role.DPO.value


class EndForm(StaffForm):
    """How the person asked to leave the list."""

    motive = SelectField(
        lazy_gettext("Comment la personne l’a demandé"),
        [InputRequired(lazy_gettext("Dites comment la personne l’a demandé"))],
        choices=[
            SelectChoice("", lazy_gettext("choisir")),
            SelectChoice(Motive.MAIL.value, lazy_gettext("par courriel")),
            SelectChoice(Motive.PHONE.value, lazy_gettext("au téléphone")),
            SelectChoice(Motive.LETTER.value, lazy_gettext("par lettre")),
            SelectChoice(Motive.VISIT.value, lazy_gettext("sur place")),
        ],
    )


@bp.get("/bureau/abonnes/<int:subscriber_id>", endpoint="person")
@staff(MANAGER, OFFICER)
@looks(Why.LISTS)
def show(subscriber_id: int) -> ResponseReturnValue:
    """All that the desk knows of the person, but for requests, which the officer alone sees."""
    seen("look", f"subscriber:{subscriber_id}")
    return _page(subscriber_id)


@bp.post("/bureau/abonnes/<int:subscriber_id>/adresse")
@staff(MANAGER, OFFICER)
@looks(Why.LISTS)
def reveal(subscriber_id: int) -> ResponseReturnValue:
    """The same with the address whole; that it was shown stands in the record."""
    seen("reveal-address", f"subscriber:{subscriber_id}")
    return _page(subscriber_id, is_revealed=True)


@bp.post("/bureau/abonnes/<int:subscriber_id>/preuve")
@staff(MANAGER, OFFICER)
def show_proof(subscriber_id: int) -> ResponseReturnValue:
    """The whole proof of the person, whose address need not be on any page to ask for it."""
    return proof_desk.shown(ProofForm(None, address=person.of(subscriber_id, None).row.address))


@bp.get("/bureau/abonnes/<int:subscriber_id>/listes/<int:list_id>/desabonnement")
@staff(MANAGER, OFFICER)
def leaving(subscriber_id: int, list_id: int) -> ResponseReturnValue:
    """What is about to end, and how it was asked for."""
    return _asked(subscriber_id, list_id, EndForm(None))


@bp.post("/bureau/abonnes/<int:subscriber_id>/listes/<int:list_id>/desabonnement")
@staff(MANAGER, OFFICER)
def end(subscriber_id: int, list_id: int) -> ResponseReturnValue:
    """End one subscription, because the person asked for it."""
    form = EndForm()
    if not form.validate():
        return _asked(subscriber_id, list_id, form), 422
    with transaction():
        line = person.line_of(subscriber_id, list_id)
        assisting.end(line, Motive(form.motive.data), g.account.actor, now())
    flash(_("C’est fait : plus rien de cette liste ne lui sera envoyé."), "done")
    return _to(subscriber_id)


@bp.post("/bureau/abonnes/<int:subscriber_id>/listes/<int:list_id>/confirmation")
@staff(MANAGER)
def write_again(subscriber_id: int, list_id: int) -> ResponseReturnValue:
    """Send the link that confirms once more."""
    try:
        with transaction():
            line = person.line_of(subscriber_id, list_id)
            is_written = assisting.write_again(line, g.account.actor, now())
    except Conflict:
        flash(
            _("Rien n’attend de confirmation : la personne a répondu, ou elle est partie."), "warn"
        )
    else:
        _say_whether(is_written=is_written)
    return _to(subscriber_id)


def _say_whether(*, is_written: bool) -> None:
    if is_written:
        flash(_("Le courriel de confirmation repart."), "done")
    else:
        flash(
            _("Un courriel est parti vers cette adresse il y a peu. Réessayez plus tard."), "warn"
        )


@bp.post("/bureau/abonnes/<int:subscriber_id>/copie")
@staff(OFFICER)
def copy(subscriber_id: int) -> ResponseReturnValue:
    """All that is held of the person, to take away: for the officer alone."""
    at = now()
    with transaction():
        found = person.of(subscriber_id, None).row
        record(g.account.actor, "take", f"subscriber:{subscriber_id}")
        told = copies.as_json(copies.of(found.fingerprint), found.fingerprint, at)
    answer = Response(told, mimetype="application/json")
    name = f"copie-{paris_day(at)}.json"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _asked(subscriber_id: int, list_id: int, form: EndForm) -> str:
    line = person.line_of(subscriber_id, list_id)
    mailing_list = queries.mailing_list(list_id)
    return render_template("overview/leaving.html", line=line, list=mailing_list, form=form)


def _page(subscriber_id: int, *, is_revealed: bool = False) -> str:
    before = request.args.get("avant", type=row_key)
    found = person.of(subscriber_id, before)
    is_officer = OFFICER in g.roles
    return render_template(
        "overview/person.html",
        person=found,
        is_officer=is_officer,
        is_manager=MANAGER in g.roles,
        requests=person.requests_of(found) if is_officer else (),
        before=before,
        is_revealed=is_revealed,
        shown=str if is_revealed else masked,
        states=STATES,
        frequencies=FREQUENCIES,
        labels=labels,
        request_labels=request_labels,
        kinds=consent_words.KINDS,
        methods=consent_words.METHODS,
        purpose=consent_words.purpose,
    )


def _to(subscriber_id: int) -> Redirect:
    return redirect(url_for("overview.person", subscriber_id=subscriber_id), 303)
