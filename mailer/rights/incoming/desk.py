"""The officer's pages of incoming mails: a list, one mail, the request that it is or is not."""

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import addresses, rulebook
from mailer.audit.looks import Why, looks, seen
from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.mail import watched
from mailer.rights import words
from mailer.rights.blueprint import bp
from mailer.rights.incoming import labels, mail, operations, queries, waiting
from mailer.rights.incoming.forms import AcceptForm, SetAsideForm, filled
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.incoming.queries import View
from mailer.rights.incoming.states import State
from mailer.rights.intake_desk import file_papers, intake, seems
from mailer.rights.kinds import Right
from mailer.rights.labels import RIGHTS
from mailer.rights.queue import is_soon
from mailer.rights.taken_away import taken_away
from mailer.web.access import staff
from mailer.web.bounds import row_key, takes_a_file

# What such a mail may still become.
ACCEPTABLE = frozenset({State.WAITING, State.ATTACHED, State.SET_ASIDE})


@bp.context_processor
def to_examine() -> dict[str, object]:
    """How many mails wait, for the pages of requests."""
    return {"mails_to_examine": lambda: queries.counts()[View.TODO]}


@bp.get("/bureau/courriels")
@staff("dpo")
@looks(Why.RIGHTS)
def mails() -> ResponseReturnValue:
    name = request.args.get("vue")
    view = View(name) if name in set(View) else View.TODO
    return render_template(
        "rights/incoming/mails.html",
        view=view,
        counts=queries.counts(),
        page=queries.page(view, request.args.get("apres", type=row_key)),
        watched=watched.mailboxes(),
        **_words(),
    )


@bp.get("/bureau/courriels/<int:mail_id>")
@staff("dpo")
@looks(Why.RIGHTS)
def mail_page(mail_id: int) -> ResponseReturnValue:
    """The mail as text; each look is recorded, and an answer that was looked at waits no more."""
    with transaction():
        found = queries.by_id(mail_id)
        operations.see(found, now())
    seen("read", operations.subject(found))
    return _page(found, SetAsideForm(None))


@bp.get("/bureau/courriels/<int:mail_id>/acceptation")
@staff("dpo")
@looks(Why.RIGHTS)
def accept_mail(mail_id: int) -> ResponseReturnValue:
    found = _acceptable(mail_id)
    seen("read", operations.subject(found))
    return _accepting(found, AcceptForm(None, data=filled(found, _came(found))))


@bp.post("/bureau/courriels/<int:mail_id>/acceptation")
@staff("dpo")
@takes_a_file("PAPER_MAX_MEGABYTES")
def log_mail(mail_id: int) -> ResponseReturnValue:
    typed = AcceptForm()
    typed.latest = _came(queries.by_id(mail_id))
    if not typed.validate():
        return _accepting(queries.by_id(mail_id), typed), 422
    at = now()
    with transaction():
        found = queries.held(mail_id)
        case = operations.accept(found, intake(typed), g.account.actor, at)
        file_papers(case, typed, at)
        reference = case.reference
    flash(_("Demande enregistrée. L’accusé de réception est écrit."))
    return redirect(url_for(".case", reference=reference), 303)


@bp.post("/bureau/courriels/<int:mail_id>/sans-suite")
@staff("dpo")
def set_mail_aside(mail_id: int) -> ResponseReturnValue:
    typed = SetAsideForm()
    if not typed.validate():
        return _page(queries.by_id(mail_id), typed), 422
    with transaction():
        operations.set_aside(queries.held(mail_id), typed.reason.data, g.account.actor, now())
    days = rulebook.load().figures.set_aside_days.value
    flash(_("Courriel classé sans suite. Il reste là encore %(days)s jours.", days=days))
    return redirect(url_for(".mails", vue=View.ASIDE.value), 303)


@bp.get("/bureau/courriels/<int:mail_id>/original")
@staff("dpo")
def mail_original(mail_id: int) -> ResponseReturnValue:
    """The mail as it came, to take away."""
    return taken_away(_original(mail_id), f"courriel-{mail_id}.eml")


@bp.get("/bureau/courriels/<int:mail_id>/pieces/<int:number>")
@staff("dpo")
def mail_attachment(mail_id: int, number: int) -> ResponseReturnValue:
    """A file of the mail, to take away; nothing here opens it."""
    content = mail.attachment(_original(mail_id), number)
    if content is None:
        raise NotFound("attachment")
    return taken_away(content, f"courriel-{mail_id}-piece-{number}")


def _original(mail_id: int) -> bytes:
    with transaction():
        return operations.original(queries.by_id(mail_id), g.account.actor)


def _acceptable(mail_id: int) -> IncomingMail:
    found = queries.by_id(mail_id)
    if found.state not in ACCEPTABLE:
        raise NotFound("mail")
    return found


def _came(found: IncomingMail) -> date:
    """The day in Paris on which the mail reached the mailbox; a server's clock may run ahead."""
    return min(paris_day(found.received_at), paris_day(now()))


def _page(found: IncomingMail, form: SetAsideForm) -> str:
    return render_template(
        "rights/incoming/mail.html",
        mail=found,
        form=form,
        came=_came(found),
        suggested=labels.suggested(operations.suggestions(found.subject, found.text)),
        cases=queries.open_cases(found),
        content=operations.opened(found),
        acceptable=found.state in ACCEPTABLE,
        **_words(),
    )


def _accepting(found: IncomingMail, form: AcceptForm) -> str:
    return render_template(
        "rights/new.html",
        form=form,
        mail=found,
        mail_day=_came(found),
        seems=seems(form),
        words=words,
    )


def _words() -> dict[str, object]:
    today = paris_day(now())
    return {
        "views": View,
        "states": State,
        "labels": labels,
        "words": words,
        "rights": lambda names: ", ".join(str(RIGHTS[Right(name)]) for name in names),
        "masked": addresses.masked,
        "due": waiting.due,
        "today": today,
        "is_late": lambda day: day < today,
        "is_soon": lambda day: is_soon(day, today),
    }
