"""The people at the desk: who they are, who is invited, what each may do."""

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from mailer.accounts import choosing, invitations, operations, people, queries, session_rows
from mailer.accounts.factors import queries as factors
from mailer.accounts.factors.obligation import are_bound
from mailer.accounts.invitations import Invitee
from mailer.accounts.models import Account
from mailer.accounts.people_forms import InvitationForm, RolesForm
from mailer.audit.looks import Why, looks, seen
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.tokens import INVITE
from mailer.web.access import staff
from mailer.web.menu import opens

# A name of its own: the menu marks its entry on these pages, and not on those of one's own account.
bp = Blueprint("colleagues", __name__)

TAKEN = {
    "account": lazy_gettext(
        "Cette adresse a déjà un compte : changez ses rôles depuis la liste des comptes."
    ),
    "invitation": lazy_gettext(
        "Cette adresse est déjà invitée : renvoyez l’invitation depuis la liste des comptes."
    ),
}


@bp.get("/bureau/comptes")
@staff("admin")
@looks(Why.STAFF)
def accounts() -> ResponseReturnValue:
    return render_template(
        "accounts/people.html",
        people=queries.everybody(),
        factors_since=factors.since(),
        are_bound=are_bound,
        invited=invitations.waiting(),
        over_before=now() - (INVITE.lifetime or timedelta()),
    )


@bp.get("/bureau/comptes/invitation")
@staff("admin")
def invite() -> ResponseReturnValue:
    return _invite(InvitationForm(), 200)


@bp.post("/bureau/comptes/invitation")
@staff("admin")
def send_invitation() -> ResponseReturnValue:
    form = InvitationForm()
    if not form.validate():
        return _invite(form, 422)
    invitee = Invitee(form.email.data, form.name.data, form.roles.data, form.language.data)
    try:
        with transaction():
            invitations.invite(invitee, g.account.name, g.account.actor, now())
    except Conflict as taken:
        form.email.errors = [str(TAKEN[str(taken)])]
        return _invite(form, 409)
    flash(_("L’invitation part vers %(address)s.", address=invitee.email))
    return redirect(url_for(".accounts"), 303)


def _invite(form: InvitationForm, status: int) -> ResponseReturnValue:
    return render_template("accounts/invite.html", form=form), status


@bp.post("/bureau/comptes/invitations/<int:invitation_id>/envoi")
@staff("admin")
def invite_again(invitation_id: int) -> ResponseReturnValue:
    with transaction():
        invitations.send_again(invitation_id, g.account.name, g.account.actor, now())
    flash(_("L’invitation est renvoyée ; le lien du courriel précédent ne sert plus."))
    return redirect(url_for(".accounts"), 303)


@bp.get("/bureau/comptes/invitations/<int:invitation_id>/retrait")
@staff("admin")
@looks(Why.STAFF)
def withdrawing(invitation_id: int) -> ResponseReturnValue:
    """Whose link opens nothing any more, before that is so."""
    invited = invitations.held(invitation_id)
    seen("read", f"invitation:{invitation_id}")
    return render_template("accounts/withdraw.html", invited=invited)


@bp.post("/bureau/comptes/invitations/<int:invitation_id>/retrait")
@staff("admin")
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    with transaction():
        invitations.withdraw(invitation_id, g.account.actor)
    flash(_("L’invitation est retirée : son lien n’ouvre plus rien."))
    return redirect(url_for(".accounts"), 303)


@bp.get("/bureau/comptes/<int:account_id>")
@staff("admin")
@looks(Why.STAFF)
def person(account_id: int) -> ResponseReturnValue:
    account = queries.must(account_id)
    seen("read", f"account:{account_id}")
    return _person(account, RolesForm(data={"roles": sorted(account.roles)}), 200)


@bp.post("/bureau/comptes/<int:account_id>/roles")
@staff("admin")
def change_roles(account_id: int) -> ResponseReturnValue:
    form = RolesForm()
    account = queries.must(account_id)
    if not form.validate():
        return _person(account, form, 422)
    try:
        with transaction():
            name = people.change_roles(account_id, form.roles.data, g.account.actor).name
    except Conflict:
        form.roles.errors = [
            _("Personne d’autre n’administre ce service. Donnez d’abord ce rôle à quelqu’un.")
        ]
        return _person(queries.must(account_id), form, 409)
    flash(_("Les rôles de %(name)s sont enregistrés, et un courriel le lui dit.", name=name))
    return redirect(url_for(".person", account_id=account_id), 303)


def _person(account: Account, form: RolesForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "accounts/person.html",
        person=account,
        form=form,
        may_leave=people.may_leave(account),
        factor_since=factors.since().get(account.id),
        are_bound=are_bound,
    )
    return page, status


@bp.get("/bureau/comptes/<int:account_id>/fermeture")
@staff("admin")
@looks(Why.STAFF)
def closing(account_id: int) -> ResponseReturnValue:
    """What is under way in that name, before anything ends."""
    account = queries.must(account_id)
    seen("read", f"account:{account_id}")
    return render_template(
        "accounts/closing.html",
        opens=opens,
        person=account,
        works=people.open_work(account_id),
        may_leave=people.may_leave(account),
    )


@bp.post("/bureau/comptes/<int:account_id>/fermeture")
@staff("admin")
def close_account(account_id: int) -> ResponseReturnValue:
    try:
        with transaction():
            name = people.close(account_id, g.account.actor, now()).name
    except Conflict:
        return redirect(url_for(".closing", account_id=account_id), 303)
    if account_id == g.account.id:
        flash(_("Votre compte est fermé."))
        return redirect(url_for("accounts.sign_in"), 303)
    flash(_("Le compte de %(name)s est fermé, et un courriel le lui dit.", name=name))
    return redirect(url_for(".accounts"), 303)


@bp.post("/bureau/comptes/<int:account_id>/phrase-de-passe")
@staff("admin")
def send_passphrase_link(account_id: int) -> ResponseReturnValue:
    """For a colleague who cannot get in: the link goes to their mailbox alone."""
    with transaction():
        account = queries.must(account_id)
        choosing.send_link(account, g.account.actor)
    flash(
        _(
            "Le lien part vers %(address)s. Rien ne change avant qu’il ait servi.",
            address=account.email,
        )
    )
    return redirect(url_for(".person", account_id=account_id), 303)


@bp.get("/bureau/comptes/<int:account_id>/sessions/fermeture")
@staff("admin")
@looks(Why.STAFF)
def ending_sessions(account_id: int) -> ResponseReturnValue:
    """How many there are, before they end."""
    account = queries.must(account_id)
    seen("read", f"account:{account_id}")
    number = len(session_rows.running(account_id, now()))
    return render_template("accounts/end_sessions.html", person=account, number=number)


@bp.post("/bureau/comptes/<int:account_id>/sessions/fermeture")
@staff("admin")
def end_all_sessions(account_id: int) -> ResponseReturnValue:
    with transaction():
        account = queries.must(account_id)
        operations.end_sessions(account.id, g.account.actor, now())
    flash(_("Les sessions de %(name)s sont fermées.", name=account.name))
    return redirect(url_for(".person", account_id=account_id), 303)
