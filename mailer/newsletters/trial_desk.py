"""The pages of trial groups, and the trial to a whole group."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from mailer.audit.looks import Why, looks, seen
from mailer.audit.operations import record
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.newsletters import queries, trials
from mailer.newsletters.blueprint import bp
from mailer.newsletters.trials import MOST_READERS, NAME_CHARACTERS, BadReaders
from mailer.web.access import staff
from mailer.web.bounds import row_key


@dataclass(frozen=True)
class Typed:
    """A group as its form holds it."""

    group_id: int | None = None
    name: str = ""
    readers: str = ""


@bp.get("/bureau/groupes-essai")
@staff("editor", "sender")
@looks(Why.STAFF)
def trial_groups() -> ResponseReturnValue:
    """Every group, and the way to a new one."""
    return render_template("newsletters/desk/trial_groups.html", groups=trials.groups())


@bp.get("/bureau/groupes-essai/nouveau")
@staff("editor", "sender")
def new_trial_group() -> ResponseReturnValue:
    return _page(Typed())


@bp.get("/bureau/groupes-essai/<int:group_id>")
@staff("editor", "sender")
@looks(Why.STAFF)
def trial_group(group_id: int) -> ResponseReturnValue:
    found = trials.group(group_id)
    seen("read", f"trial_group:{group_id}")
    return _page(Typed(group_id, found.name, "\n".join(each.address for each in found.readers)))


@bp.post("/bureau/groupes-essai/nouveau", defaults={"group_id": None})
@bp.post("/bureau/groupes-essai/<int:group_id>")
@staff("editor", "sender")
def keep_trial_group(group_id: int | None) -> ResponseReturnValue:
    """Keep the group as typed, or say which line is no address."""
    if group_id is not None:
        trials.group(group_id)
    name = " ".join(request.form.get("name", "").split())
    form = Typed(group_id, name, request.form.get("readers", ""))
    if not name or len(name) > NAME_CHARACTERS:
        return _refused(form, name_fault=_("Donnez un nom au groupe, en 60 lettres au plus."))
    try:
        with transaction():
            trials.keep(group_id, name, form.readers, g.account.actor)
    except Conflict:
        return _refused(form, name_fault=_("Un autre groupe porte ce nom. Changez-le."))
    except BadReaders as wrong:
        return _refused(form, readers_fault=_sentence(wrong))
    flash(_("Le groupe « %(name)s » est enregistré.", name=name), "done")
    return redirect(url_for(".trial_groups"), 303)


@bp.get("/bureau/groupes-essai/<int:group_id>/suppression")
@staff("editor", "sender")
def removing_trial_group(group_id: int) -> ResponseReturnValue:
    """How many addresses are forgotten with it, before they are."""
    found = trials.group(group_id)
    return render_template("newsletters/desk/remove_trial_group.html", group=found)


@bp.post("/bureau/groupes-essai/<int:group_id>/suppression")
@staff("editor", "sender")
def remove_trial_group(group_id: int) -> ResponseReturnValue:
    with transaction():
        name = trials.remove(group_id, g.account.actor)
    flash(_("Le groupe « %(name)s » et ses adresses sont oubliés.", name=name), "done")
    return redirect(url_for(".trial_groups"), 303)


@bp.post("/bureau/lettres/<int:issue_id>/essai-groupe")
@staff("editor")
def group_trial(issue_id: int) -> ResponseReturnValue:
    """Send the letter as it stands to everybody of the group."""
    with transaction():
        number = trials.send(queries.issue(issue_id), request.form.get("group", 0, type=row_key))
        record(g.account.actor, "try", f"issue:{issue_id}")
    flash(
        ngettext(
            "L’essai est en route vers %(num)d personne. Il ne compte dans aucun résultat.",
            "L’essai est en route vers %(num)d personnes. Il ne compte dans aucun résultat.",
            number,
        ),
        "done",
    )
    return redirect(url_for(".check", issue_id=issue_id), 303)


def _sentence(wrong: BadReaders) -> LazyString:
    if wrong.line:
        return lazy_gettext(
            "« %(line)s » n’est pas une adresse. Écrivez-les une par ligne, au format"
            " nom@exemple.fr.",
            line=wrong.line,
        )
    if wrong.number:
        return lazy_gettext(
            "Un groupe d’essai compte %(most)d adresses au plus ; celui-ci en a %(number)d. Pour"
            " écrire à plus de monde, faites une liste.",
            most=MOST_READERS,
            number=wrong.number,
        )
    return lazy_gettext("Écrivez au moins une adresse.")


def _refused(form: Typed, **faults: str | LazyString) -> ResponseReturnValue:
    return _page(form, **faults), 422


def _page(form: Typed, **faults: str | LazyString) -> str:
    return render_template("newsletters/desk/trial_group.html", form=form, **faults)
