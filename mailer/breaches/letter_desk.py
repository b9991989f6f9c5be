"""The letter to the persons at the desk: written in both languages, read as it will be, sent."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from wtforms import TextAreaField

from mailer.audit.looks import Why, looks, seen
from mailer.breaches import labels, people, queries, telling
from mailer.breaches.blueprint import bp
from mailer.breaches.duties import Refused
from mailer.breaches.models import Breach
from mailer.breaches.operations import subject
from mailer.breaches.scope import read
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.rights.composing import Lacking
from mailer.rights.forms import NOT_TOO_LONG, written
from mailer.rights.letters import Kind, free_parts
from mailer.rights.mention_words import MENTIONS
from mailer.web.access import staff
from mailer.web.forms import StaffForm
from mailer.web.language import LANGUAGES

PARTS = free_parts(Kind.A11)


@bp.get("/bureau/violations/<reference>/lettres/apercu")
@staff("dpo")
@looks(Why.BREACH)
def letter(reference: str) -> ResponseReturnValue:
    """The letter as it would be read in each language; each look is recorded."""
    found = queries.by_reference(reference)
    seen("read-letter", subject(found))
    return _page(found)


@bp.post("/bureau/violations/<reference>/lettres/<language>")
@staff("dpo")
def write_letter(reference: str, language: str) -> ResponseReturnValue:
    """Keep the free parts in that language; nothing leaves."""
    if language not in LANGUAGES:
        raise NotFound("language")
    form = _form(language)
    try:
        with transaction():
            found = queries.held(reference)
            if not form.validate():
                return _page(found, **{language: form}), 422
            said = {name: form[f"{language}_{name}"].data for name in PARTS}
            telling.write(found, language, said, g.account.actor)
    except Refused as refused:
        flash(labels.REFUSALS[refused.why], "warn")
    else:
        flash(_("Lettre enregistrée. Relisez-la ci-dessous."))
    return redirect(url_for(".letter", reference=reference), 303)


@bp.post("/bureau/violations/<reference>/lettres/envoi")
@staff("dpo")
def tell(reference: str) -> ResponseReturnValue:
    """Every person of the scope is told, each once."""
    try:
        with transaction():
            number = telling.begin(queries.held(reference), g.account.actor, now())
    except Refused as refused:
        return _refused(reference, labels.REFUSALS[refused.why], 409)
    except Lacking:
        return _refused(
            reference, _("La lettre ne peut pas partir : il y manque des mentions."), 422
        )
    flash(
        ngettext(
            "La lettre part à %(num)s personne.", "La lettre part à %(num)s personnes.", number
        )
    )
    return redirect(url_for(".file", reference=reference), 303)


def _refused(reference: str, why: LazyString | str, status: int) -> ResponseReturnValue:
    flash(why, "warn")
    return _page(queries.by_reference(reference)), status


def _form(language: str) -> StaffForm:
    """A field for each free part, named by its language so that both stand on one page."""
    fields = {
        f"{language}_{name}": TextAreaField(MENTIONS[name], [NOT_TOO_LONG], filters=[written])
        for name in PARTS
    }
    form: StaffForm = type("BreachLetterForm", (StaffForm,), fields)()
    return form


def _page(breach: Breach, **forms: StaffForm) -> str:
    at = now()
    lacking = telling.lacking(breach, at)
    scope = read(breach.scope) if breach.scope else None
    spoken = people.languages(scope) if scope else set()
    return render_template(
        "breaches/letter.html",
        breach=breach,
        letters={language: telling.preview(breach, language, at) for language in LANGUAGES},
        forms={
            language: forms.get(language) or _filled(breach, language) for language in LANGUAGES
        },
        has_left={each.language for each in breach.letters if each.left_at},
        lacking={name: [MENTIONS[each] for each in absent] for name, absent in lacking.items()},
        parts=PARTS,
        touched=people.count(scope) if scope else None,
        is_ready=bool(spoken) and not any(lacking[language] for language in spoken),
        spoken=spoken,
        told=queries.told(breach),
        labels=labels,
    )


def _filled(breach: Breach, language: str) -> StaffForm:
    form = _form(language)
    said = next((each for each in breach.letters if each.language == language), None)
    for name in PARTS:
        form[f"{language}_{name}"].data = getattr(said, name) if said else ""
    return form
