"""Answering at the desk: the letters are read before they leave, and what is meant is typed."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import addresses
from mailer.audit.looks import Why, looks, seen
from mailer.clock import now
from mailer.db import transaction
from mailer.rights import answering, labels, queries
from mailer.rights.answer_forms import ReturnForm, SigningForm, for_case
from mailer.rights.blueprint import bp
from mailer.rights.composing import Lacking
from mailer.rights.decision import Decision
from mailer.rights.desk import case_page
from mailer.rights.kinds import Right
from mailer.rights.mention_words import MENTIONS
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject
from mailer.rights.refusal_words import REFUSALS
from mailer.rights.states import Refused
from mailer.web.access import staff

# What they do or send cannot be taken back.
IRREVERSIBLE = frozenset({Right.ACCESS, Right.PORTABILITY, Right.ERASURE})


@bp.post("/bureau/demandes/<reference>/apercu")
@staff("dpo")
@looks(Why.RIGHTS)
def preview(reference: str) -> ResponseReturnValue:
    """The letters as they would leave, before they do."""
    found = queries.by_reference(reference)
    typed = for_case(found)(request.form)
    if "change" in request.form:
        return case_page(found, form=typed)
    if not typed.validate():
        return case_page(found, form=typed), 422
    return _preview(found, typed.decision, form=typed)


@bp.post("/bureau/demandes/<reference>/decision")
@staff("dpo")
def decide(reference: str) -> ResponseReturnValue:
    """The decision waits for a signature, of another person where the settings want one."""
    try:
        with transaction():
            found = queries.held(reference)
            typed = for_case(found)(request.form)
            if not typed.validate():
                return case_page(found, form=typed), 422
            answering.prepare(found, typed.decision, g.account.actor, now())
    except Refused as refused:
        flash(REFUSALS[refused.why])
        return case_page(queries.by_reference(reference), form=typed), 409
    flash(_("La décision est gardée. La réponse attend sa signature."))
    return redirect(url_for(".case", reference=reference), 303)


@bp.post("/bureau/demandes/<reference>/reponse")
@staff("dpo")
def answer(reference: str) -> ResponseReturnValue:
    """Decided and signed in one act."""
    try:
        with transaction():
            found = queries.held(reference)
            typed = for_case(found)(request.form)
            if not typed.validate():
                return case_page(found, form=typed), 422
            signing = SigningForm()
            if is_irreversible(typed.decision) and not signing.is_meant(reference):
                return _preview(found, typed.decision, form=typed, signing=signing), 422
            answering.answer(found, typed.decision, g.account.actor, now())
    except Refused as refused:
        flash(REFUSALS[refused.why])
        return case_page(queries.by_reference(reference), form=typed), 409
    except Lacking as lacking:
        flash(_missing(lacking))
        return _preview(queries.by_reference(reference), typed.decision, form=typed), 422
    flash(_("La réponse part, et la demande est close."))
    return redirect(url_for(".case", reference=reference), 303)


@bp.get("/bureau/demandes/<reference>/signature")
@staff("dpo")
@looks(Why.RIGHTS)
def signature(reference: str) -> ResponseReturnValue:
    """The letters of a decided case, for who signs them."""
    found = queries.by_reference(reference)
    return _preview(found, answering.decided(found))


@bp.post("/bureau/demandes/<reference>/signature")
@staff("dpo")
def sign(reference: str) -> ResponseReturnValue:
    try:
        with transaction():
            found = queries.held(reference)
            decision, signing = answering.decided(found), SigningForm()
            if is_irreversible(decision) and not signing.is_meant(reference):
                return _preview(found, decision, signing=signing), 422
            answering.sign(found, g.account.actor, now())
    except Refused as refused:
        flash(REFUSALS[refused.why])
        return redirect(url_for(".case", reference=reference), 303)
    except Lacking as lacking:
        flash(_missing(lacking))
        return redirect(url_for(".signature", reference=reference), 303)
    flash(_("La réponse part, et la demande est close."))
    return redirect(url_for(".case", reference=reference), 303)


@bp.post("/bureau/demandes/<reference>/retour")
@staff("dpo")
def give_back(reference: str) -> ResponseReturnValue:
    """Have the decision looked at again."""
    form = ReturnForm()
    try:
        with transaction():
            found = queries.held(reference)
            if not form.validate():
                return _preview(found, answering.decided(found), returning=form), 422
            answering.give_back(found, form.reason.data, g.account.actor, now())
    except Refused as refused:
        flash(REFUSALS[refused.why])
    else:
        flash(_("La demande est de nouveau à décider."))
    return redirect(url_for(".case", reference=reference), 303)


def is_irreversible(decision: Decision) -> bool:
    """Whether something leaves or goes that cannot be taken back."""
    return bool(IRREVERSIBLE.intersection(decision.given))


def _missing(lacking: Lacking) -> str:
    names = ", ".join(str(MENTIONS[name]) for name in lacking.mentions)
    return str(_("Cette lettre ne peut pas partir. Il y manque : %(names)s.", names=names))


def _preview(found: RightsRequest, decision: Decision, **forms: object) -> str:
    seen("read", subject(found))
    at = now()
    blank = {"form": None, "signing": SigningForm(None), "returning": ReturnForm(None)}
    return render_template(
        "rights/preview.html",
        case=found,
        decision=decision,
        letters=answering.foresee(found, decision, at),
        masked=addresses.masked,
        mentions=MENTIONS,
        labels=labels,
        is_irreversible=is_irreversible(decision),
        **(blank | forms),
    )
