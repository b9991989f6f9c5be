"""Pages of the returned mails that wait for somebody: a list, one mail, what it is taken for."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from mailer import addresses
from mailer.audit.looks import Why, looks, seen
from mailer.bounces import forwarding, kept, mailbox
from mailer.bounces.blueprint import bp
from mailer.bounces.models import ReturnedMail
from mailer.bounces.quarantine import TRANSITIONS, Event, Sort, State
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.web.forms import StaffForm

# The lists, as their addresses name them.
VIEWS = {"a-voir": State.WAITING, "classes": State.SET_ASIDE}
LABELS = {"a-voir": lazy_gettext("À voir"), "classes": lazy_gettext("Classés")}
SORTS = {
    Sort.ANSWER: lazy_gettext("Réponse d’une personne"),
    Sort.PROGRAM: lazy_gettext("Courriel d’un programme ou d’une liste"),
    Sort.UNCLEAR: lazy_gettext("Non compris"),
}
LONGEST_REASON = 500
TOO_LONG = lazy_gettext("Ce texte est trop long. Raccourcissez-le.")


class GiveUpForm(StaffForm):
    """Why an address is given up."""

    reason = TextAreaField(
        lazy_gettext("Ce qui montre que l’adresse est morte"),
        [
            DataRequired(lazy_gettext("Écrivez ce qui le montre : la raison est gardée.")),
            Length(
                max=LONGEST_REASON,
                message=TOO_LONG,
            ),
        ],
        filters=[lambda text: (text or "").strip()],
    )


@bp.get("/bureau/retours/a-voir")
@staff("admin", "sender")
@looks(Why.RETURNS)
def quarantine() -> ResponseReturnValue:
    """The mails that wait, their senders masked."""
    name = request.args.get("vue", "a-voir")
    view = name if name in VIEWS else "a-voir"
    counts = kept.counts()
    return render_template(
        "bounces/quarantine.html",
        view=view,
        views={each: (LABELS[each], counts[state]) for each, state in VIEWS.items()},
        page=kept.page(VIEWS[view], request.args.get("avant", type=row_key)),
        is_watched=mailbox.configured() is not None,
        masked=addresses.masked,
        sorts=SORTS,
    )


@bp.get("/bureau/retours/a-voir/<int:mail_id>")
@staff("admin", "sender")
@looks(Why.RETURNS)
def returned_mail(mail_id: int) -> ResponseReturnValue:
    """The mail as plain text; each look is recorded."""
    row = kept.by_id(mail_id)
    seen("read-returned", forwarding.subject(row))
    return _page(row, GiveUpForm(None))


@bp.post("/bureau/retours/a-voir/<int:mail_id>/adresse")
@staff("admin", "sender")
@looks(Why.RETURNS)
def reveal_sender(mail_id: int) -> ResponseReturnValue:
    """The same with the sender's address whole; that it was shown stands in the record."""
    row = kept.by_id(mail_id)
    seen("reveal-address", forwarding.subject(row))
    return _page(row, GiveUpForm(None), is_revealed=True)


@bp.post("/bureau/retours/a-voir/<int:mail_id>/classement")
@staff("admin", "sender")
def set_returned_aside(mail_id: int) -> ResponseReturnValue:
    with transaction():
        kept.set_aside(kept.held(mail_id), g.account.actor, now())
    flash(_("Courriel classé : il n’y a rien à faire."))
    return redirect(url_for(".quarantine"), 303)


@bp.post("/bureau/retours/a-voir/<int:mail_id>/transmission")
@staff("admin", "sender")
def pass_returned_on(mail_id: int) -> ResponseReturnValue:
    with transaction():
        kept.pass_on(kept.held(mail_id), g.account.actor, now())
    flash(_("Réponse transmise à qui a envoyé la lettre."))
    return redirect(url_for(".quarantine"), 303)


@bp.post("/bureau/retours/a-voir/<int:mail_id>/adresse-morte")
@staff("admin", "sender")
def give_address_up(mail_id: int) -> ResponseReturnValue:
    typed = GiveUpForm()
    if not typed.validate():
        return _page(kept.by_id(mail_id), typed), 422
    with transaction():
        kept.give_up(kept.held(mail_id), typed.reason.data, g.account.actor, now())
    flash(_("Nous n’écrirons plus à cette adresse."))
    return redirect(url_for(".quarantine"), 303)


def _page(row: ReturnedMail, form: GiveUpForm, *, is_revealed: bool = False) -> str:
    found = kept.words_of(row)
    shown = str if is_revealed else addresses.masked
    reader = kept.reader_of(row)
    return render_template(
        "bounces/returned_mail.html",
        mail=row,
        found=found,
        sender=shown(found.sender) if found.sender else "",
        is_revealed=is_revealed,
        form=form,
        sorts=SORTS,
        states=State,
        may_pass_on=kept.can_be_passed_on(row, found),
        may_set_aside=(row.state, Event.SET_ASIDE) in TRANSITIONS,
        may_give_up=reader is not None and (row.state, Event.GIVE_UP) in TRANSITIONS,
        reader=addresses.masked(reader.address) if reader else "",
    )
