"""The visitor's pages: ask, check, be acknowledged, prove the mailbox; none says what we hold."""

from collections.abc import Collection

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailer import addresses
from mailer.clock import now
from mailer.consent.subjects import fingerprint_of
from mailer.db import transaction
from mailer.rights import offers, operations, queries, words
from mailer.rights.asked import ASKED, FOR_WHOM, LANGUAGES
from mailer.rights.blueprint import bp
from mailer.rights.deadlines import receipt_day
from mailer.rights.forms import RequestForm
from mailer.rights.kinds import AT_ONCE, Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.rights.requesters import REPRESENTING, Requester, freezes
from mailer.subscriptions.queries import all_lists
from mailer.tokens import RIGHTS_MAILBOX, RIGHTS_REGISTERED
from mailer.web.access import public
from mailer.web.forms import is_automatic
from mailer.web.limits import public_posts


@bp.get("/droits")
@public
def form() -> ResponseReturnValue:
    return _form(RequestForm())


@bp.post("/droits")
@public
@public_posts
def check() -> ResponseReturnValue:
    """Nothing is stored yet: the typed words travel in the page and are read again on sending."""
    typed = RequestForm(request.form)
    if "change" in request.form:
        return _form(typed)
    return _answers(typed) if typed.validate() else (_form(typed), 422)


@bp.post("/droits/demandes")
@public
@public_posts
def create() -> ResponseReturnValue:
    typed = RequestForm(request.form)
    if not typed.validate():
        return _form(typed), 422
    if is_automatic():
        # Nobody's request is dropped in silence: a person who was quick presses the button again.
        return _answers(typed, too_fast=True), 422
    with transaction():
        case = operations.receive(_intake(typed), "subject", now())
        token = RIGHTS_REGISTERED.sign(case.id)
    return redirect(url_for(".registered", token=token), 303)


@bp.get("/droits/demandes/<token>")
@public
def registered(token: str) -> ResponseReturnValue:
    case = queries.by_id(RIGHTS_REGISTERED.read_id(token))
    return render_template(
        "rights/registered.html",
        reference=case.reference,
        due=words.day(case.due),
        stopped=_stops(case.rights, case.requester),
        for_another=case.requester in REPRESENTING,
    )


@bp.get("/droits/<token>/confirmation")
@public
def confirmation(token: str) -> ResponseReturnValue:
    case = queries.by_id(RIGHTS_MAILBOX.read_id(token))
    return render_template(
        "rights/confirmation.html",
        case=case,
        due=words.day(case.due),
        for_another=case.requester in REPRESENTING,
        tells_of_death=case.requester == Requester.HEIR and Right.POST_MORTEM in case.rights,
    )


@bp.post("/droits/<token>/confirmation")
@public
@public_posts
def confirm(token: str) -> ResponseReturnValue:
    with transaction():
        operations.confirm_mailbox(token, now())
    return redirect(url_for(".confirmation", token=token), 303)


def _form(typed: RequestForm) -> str:
    caveats = offers.caveats(all_lists())
    return render_template("rights/form.html", form=typed, asked=ASKED, caveats=caveats)


def _answers(typed: RequestForm, *, too_fast: bool = False) -> str:
    return render_template(
        "rights/check.html",
        form=typed,
        asked=[ASKED[name][0] for name in dict.fromkeys(typed.rights.data)],
        for_whom=FOR_WHOM[typed.asker],
        answers_in=LANGUAGES[typed.language.data],
        stops=_stops(typed.chosen, typed.asker),
        too_fast=too_fast,
    )


def _stops(rights: Collection[Right], asker: Requester) -> bool:
    """Whether nothing is sent any more from the moment the request arrives."""
    return bool(AT_ONCE.intersection(rights)) or freezes(rights, asker)


def _intake(typed: RequestForm) -> Intake:
    at = now()
    address = addresses.parse(typed.address.data)
    return Intake(
        address=address,
        fingerprint=fingerprint_of(address),
        rights=typed.chosen,
        verbatim=typed.message.data,
        channel=Channel.FORM,
        received_on=receipt_day(at),
        language=typed.language.data,
        calendar=current_app.config["HOLIDAY_CALENDAR"],
        requester=typed.asker,
        representative=typed.representative.data if typed.is_for_another else "",
        contact=typed.elsewhere,
    )
