"""Letters at the desk: seen as the person will read them, written in their free parts, printed."""

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import Length

from mailer.audit.looks import Why, looks, seen
from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import NotFound
from mailer.rights import letter_facts, letters, queries, writing
from mailer.rights.blueprint import bp
from mailer.rights.carriage import Via
from mailer.rights.circumstances import require_open
from mailer.rights.composing import Lacking, draw
from mailer.rights.labels import LETTERS
from mailer.rights.letters import Kind
from mailer.rights.mention_words import MENTIONS
from mailer.rights.models import Letter, RightsRequest
from mailer.rights.operations import subject
from mailer.rights.parts import read
from mailer.rights.printing import Sheet, pdf
from mailer.rights.refusal_words import REFUSALS
from mailer.rights.states import Refused
from mailer.web.access import staff
from mailer.web.forms import StaffForm

LONGEST_PART = 5000
NOT_TOO_LONG = Length(
    max=LONGEST_PART, message=lazy_gettext("Ce texte est trop long. Raccourcissez-le.")
)

# They tell of no act, so that they may go from here: a receipt, and a fee announced beforehand.
BY_THEMSELVES = frozenset({Kind.A1B, Kind.A9})


@bp.get("/bureau/demandes/<reference>/lettres/<kind>")
@staff("dpo")
@looks(Why.RIGHTS)
def letter(reference: str, kind: str) -> ResponseReturnValue:
    """The letter with empty free parts; each look at the case is recorded."""
    case = queries.by_reference(reference)
    seen("read", subject(case))
    return _edited(case, _kind(kind), _form(_kind(kind)), ())


@bp.post("/bureau/demandes/<reference>/lettres/<kind>")
@staff("dpo")
@looks(Why.RIGHTS)
def see_letter(reference: str, kind: str) -> ResponseReturnValue:
    """The letter as it would read with what is typed; nothing leaves."""
    case, wanted = queries.by_reference(reference), _kind(kind)
    seen("read", subject(case))
    form = _form(wanted)
    known = letter_facts.of(case, now()) | dict(letters.typed(wanted, request.form))
    return _edited(case, wanted, form, letters.missing(wanted, known))


@bp.post("/bureau/demandes/<reference>/lettres/<kind>/envoi")
@staff("dpo")
def send_letter(reference: str, kind: str) -> ResponseReturnValue:
    """A letter that tells of no act leaves, or waits for the printer."""
    wanted = _kind(kind)
    if wanted not in BY_THEMSELVES:
        raise NotFound("letter")
    try:
        with transaction():
            case = queries.held(reference)
            require_open(case)
            facts = letters.typed(wanted, request.form)
            writing.write(case, wanted, facts, now())
            record(g.account.actor, "write-letter", subject(case))
    except Lacking as lacking:
        found = queries.by_reference(reference)
        return _edited(found, wanted, _form(wanted), lacking.mentions), 422
    except Refused as refused:
        flash(REFUSALS[refused.why])
    else:
        flash(_("La lettre est écrite."))
    return redirect(url_for(".case", reference=reference), 303)


@bp.get("/bureau/demandes/<reference>/lettres/<int:number>/impression")
@staff("dpo")
@looks(Why.RIGHTS)
def printed(reference: str, number: int) -> ResponseReturnValue:
    """The letter as it went, to be read or printed."""
    found = _kept(reference, number)
    return render_template("rights/letters/printed.html", letter=found, written=read(found.source))


@bp.get("/bureau/demandes/<reference>/lettres/<int:number>.pdf")
@staff("dpo")
@looks(Why.RIGHTS)
def letter_pdf(reference: str, number: int) -> ResponseReturnValue:
    found = _kept(reference, number)
    addressee = queries.by_reference(reference).postal_address
    lines = tuple(addressee.splitlines()) if found.via == Via.POST and found.is_to_person else ()
    sheet = Sheet(found.source, found.language, reference, found.written_at, lines)
    disposition = f'attachment; filename="{reference}-{found.kind}.pdf"'
    return Response(
        pdf(sheet), mimetype="application/pdf", headers={"Content-Disposition": disposition}
    )


@bp.post("/bureau/demandes/<reference>/lettres/<int:number>/depot")
@staff("dpo")
def post_letter(reference: str, number: int) -> ResponseReturnValue:
    """Somebody posted the letter, or handed it over."""
    with transaction():
        case = queries.held(reference)
        writing.posted(_found(reference, number), now())
        record(g.account.actor, "post-letter", subject(case))
    return redirect(url_for(".case", reference=reference), 303)


def _kind(name: str) -> Kind:
    if name not in set(Kind):
        raise NotFound("letter")
    return Kind(name)


def _form(kind: Kind) -> StaffForm:
    """A field for each free part, and none for the rest."""
    fields = {
        name: TextAreaField(MENTIONS[name], [NOT_TOO_LONG]) for name in letters.free_parts(kind)
    }
    form: StaffForm = type("FreePartsForm", (StaffForm,), fields)()
    return form


def _edited(case: RightsRequest, kind: Kind, form: StaffForm, lacking: tuple[str, ...]) -> str:
    known = letter_facts.of(case, now()) | dict(letters.typed(kind, form.data))
    return render_template(
        "rights/letters/edit.html",
        case=case,
        kind=kind,
        title=LETTERS[kind],
        form=form,
        written=read(draw(kind, case.language, known)),
        lacking=[MENTIONS[name] for name in lacking],
        leaves=kind in BY_THEMSELVES,
    )


def _kept(reference: str, number: int) -> Letter:
    """The letter of that case; each look is recorded."""
    found = _found(reference, number)
    seen("read", f"request:{found.request_id}")
    return found


def _found(reference: str, number: int) -> Letter:
    found = db.session.get(Letter, number)
    if found is None or found.request_id != queries.by_reference(reference).id or not found.source:
        raise NotFound("letter")
    return found
