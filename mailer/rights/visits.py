"""The pages of a person whose request is under way: its state, who they are, their copy."""

from collections.abc import Mapping

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.abuse import allowance
from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.errors import Invalid, NotFound
from mailer.mail import outbox
from mailer.rights import asking, following, handover, handover_mails, labels, queries, words
from mailer.rights.blueprint import bp
from mailer.rights.handover import Answer
from mailer.rights.operations import subject
from mailer.rights.proceedings import Handover
from mailer.tokens import RIGHTS_IDENTITY, RIGHTS_MAILBOX, RIGHTS_STATUS
from mailer.web.access import public
from mailer.web.bounds import takes_a_file
from mailer.web.limits import public_posts

TYPES: Mapping[str, str] = {"html": "text/html", "json": "application/json", "csv": "text/csv"}


@bp.get("/droits/suivi")
@public
def follow() -> ResponseReturnValue:
    return render_template("rights/follow.html", is_sent="envoye" in request.args)


@bp.post("/droits/suivi")
@public
@public_posts
def send_status() -> ResponseReturnValue:
    """Send a fresh link to the mailbox of the case; the page is the same for any reference."""
    at = now()
    with transaction():
        case = queries.find_reference(request.form.get("reference", "").strip().upper())
        if case and case.address and allowance.may_write(case.fingerprint, case.address, at):
            outbox.put(handover_mails.status(case), origin=subject(case))
    return redirect(url_for(".follow", envoye=1), 303)


@bp.get("/droits/<token>/suivi")
@public
def status(token: str) -> ResponseReturnValue:
    """Where the request stands; a link of one request leads to no other."""
    case = queries.by_id(RIGHTS_STATUS.read_id(token))
    question = following.wanted_document(case)
    return render_template(
        "rights/status.html",
        case=case,
        token=token,
        words=words,
        acts=labels.RIGHTS,
        progress=following.PROGRESS[case.state],
        clock=following.clock(case),
        steps=following.steps(case),
        has_letters=bool(following.kept(case)),
        mailbox_token=RIGHTS_MAILBOX.sign(case.id) if following.waits_for_mailbox(case) else "",
        document_token=RIGHTS_IDENTITY.sign(question.id) if question else "",
    )


@bp.get("/droits/<token>/piece")
@public
def identity(token: str) -> ResponseReturnValue:
    question = asking.question_of(token)
    return render_template("rights/identity.html", question=question, fault="")


@bp.post("/droits/<token>/piece")
@public
@takes_a_file("PAPER_MAX_MEGABYTES")
def send_document(token: str) -> ResponseReturnValue:
    sent = request.files.get("document")
    content = sent.read() if sent else b""
    try:
        with transaction():
            asking.take_document(token, content)
    except Invalid:
        fault = _(
            "Choisissez un fichier PDF, JPEG ou PNG de %(megabytes)s Mo au plus.",
            megabytes=current_app.config["PAPER_MAX_MEGABYTES"],
        )
        question = asking.question_of(token)
        return render_template("rights/identity.html", question=question, fault=fault), 422
    return redirect(url_for(".identity", token=token), 303)


@bp.get("/droits/<token>/copie")
@public
def copy(token: str) -> ResponseReturnValue:
    return _copy(handover.find(token, now()), None)


@bp.post("/droits/<token>/copie/code")
@public
def send_code(token: str) -> ResponseReturnValue:
    with transaction():
        is_sent = handover.send_code(handover.find(token, now()), now())
    return redirect(url_for(".copy", token=token, attente=None if is_sent else 1), 303)


@bp.post("/droits/<token>/copie")
@public
def open_copy(token: str) -> ResponseReturnValue:
    """Try the code: each try is kept, so that nobody has more than a few."""
    at = now()
    with transaction():
        row = handover.find(token, at)
        answer = handover.open_with(row, request.form.get("code", ""), at)
        opened = handover.opened_token(row)
    if answer == Answer.OPENED:
        return redirect(url_for(".opened", token=opened), 303)
    return _copy(handover.find(token, at), answer), 422


@bp.get("/droits/copies/<token>")
@public
def opened(token: str) -> ResponseReturnValue:
    row = handover.opened(token, now())
    return render_template("rights/opened.html", token=token, names=list(handover.files(row)))


@bp.get("/droits/copies/<token>/<name>")
@public
def download(token: str, name: str) -> ResponseReturnValue:
    files = handover.files(handover.opened(token, now()))
    if name not in files:
        raise NotFound("file")
    answer = Response(files[name], mimetype=TYPES[name.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _copy(row: Handover, answer: Answer | None) -> str:
    at = now()
    return render_template(
        "rights/copy_code.html",
        expires_on=words.day(paris_day(row.expires_at)),
        opens_at=words.moment(row.opens_from) if at < row.opens_from else "",
        is_sent=row.code_until is not None and at < row.code_until,
        fault=FAULTS[answer]() if answer else "",
        minutes=current_app.config["CONFIRMATION_MINUTES_APART"]
        if "attente" in request.args
        else 0,
    )


FAULTS = {
    Answer.WRONG: lambda: _("Ce n’est pas ce code. Relisez le dernier courriel reçu."),
    Answer.STALE: lambda: _("Ce code ne sert plus. Demandez-en un nouveau."),
}
