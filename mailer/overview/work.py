"""The work of the day in words: one sentence for each role that the reader holds."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time

from flask_babel import gettext as _
from flask_babel import ngettext

from mailer.accounts.roles import Role
from mailer.clock import PARIS, paris_day
from mailer.delivery.states import CampaignState
from mailer.mail import allowances
from mailer.newsletters.models import Issue
from mailer.overview import facts, faults
from mailer.overview.lines import Line, Work
from mailer.rights import queue
from mailer.rights.queue import View
from mailer.web.calendar_spans import week_of
from mailer.web.pages import how_many
from mailer.worker import beats

Says = Callable[[datetime], Work]
STATES = {
    CampaignState.FAILED: lambda subject: _("« %(subject)s » n’a pas pu partir", subject=subject),
    CampaignState.PAUSED: lambda subject: _("« %(subject)s » est en pause", subject=subject),
    CampaignState.WAITING: lambda subject: _("« %(subject)s » attend le relais", subject=subject),
    CampaignState.RUNNING: lambda subject: _(
        "« %(subject)s » est en train de partir", subject=subject
    ),
    CampaignState.SCHEDULED: lambda subject: _("« %(subject)s » est programmée", subject=subject),
}


def of(roles: Collection[str], at: datetime) -> list[Work]:
    """The work of each of those roles."""
    return [says(at) for role, says in WORKS.items() if role in roles]


def _editor(_at: datetime) -> Work:
    drafts, articles = facts.drafts(), facts.new_articles()
    return Work(
        "editor",
        _("Écrire"),
        _drafts(len(drafts)) + " " + _articles(articles),
        [
            *(Line(_name(each), "newsletters.composer", {"issue_id": each.id}) for each in drafts),
            Line(_("Composer une lettre"), "newsletters.new"),
        ],
    )


def _drafts(number: int) -> str:
    if not number:
        return str(_("Aucune lettre n’est en cours d’écriture."))
    if number == facts.NAMED:
        return str(_("Plusieurs lettres sont en cours d’écriture ; voici les dernières."))
    return str(
        ngettext(
            "%(num)d lettre est en cours d’écriture.",
            "%(num)d lettres sont en cours d’écriture.",
            number,
        )
    )


def _articles(number: int) -> str:
    if not number:
        return str(_("Aucun article n’est arrivé depuis la dernière lettre."))
    return str(
        ngettext(
            "%(many)s article est arrivé depuis la dernière lettre.",
            "%(many)s articles sont arrivés depuis la dernière lettre.",
            number,
            many=how_many(number),
        )
    )


def _approver(_at: datetime) -> Work:
    waiting = facts.asked()
    sentence = ngettext(
        "%(num)d lettre attend votre relecture.",
        "%(num)d lettres attendent votre relecture.",
        waiting.number,
    )
    return Work(
        "approver",
        _("Approuver"),
        sentence if waiting.named else _("Aucune lettre n’attend votre relecture."),
        [Line(_name(each), "newsletters.check", {"issue_id": each.id}) for each in waiting.named],
    )


def _sender(_at: datetime) -> Work:
    unsent, under_way = facts.unsent(), facts.under_way()
    ready = ngettext(
        "%(num)d lettre approuvée n’est pas envoyée.",
        "%(num)d lettres approuvées ne sont pas envoyées.",
        unsent.number,
    )
    moving = ngettext(
        "%(num)d envoi est en cours.", "%(num)d envois sont en cours.", under_way.number
    )
    said = [*([ready] if unsent.named else []), *([moving] if under_way.named else [])]
    return Work(
        "sender",
        _("Envoyer"),
        " ".join(said) or _("Rien n’attend d’être envoyé, et rien n’est en train de partir."),
        [
            *(
                Line(
                    STATES[campaign.state](subject),
                    "delivery.campaign",
                    {"campaign_id": campaign.id},
                )
                for campaign, subject in under_way.named
            ),
            *(
                Line(
                    _("Envoyer « %(subject)s »", subject=_name(each)),
                    "delivery.check",
                    {"issue_id": each.id},
                )
                for each in unsent.named
            ),
        ],
    )


def _manager(at: datetime) -> Work:
    monday = datetime.combine(week_of(paris_day(at)), time(), PARIS)
    week = facts.growth(monday)
    sentence = _(
        "Depuis lundi, inscriptions confirmées : %(came)s, départs : %(went)s.",
        came=how_many(week.came),
        went=how_many(week.went),
    )
    return Work("subscribers", _("Abonnés"), sentence, list(_beside(week)))


def _beside(week: facts.Growth) -> Iterator[Line]:
    if week.imports:
        words = ngettext("%(num)d import à terminer", "%(num)d imports à terminer", week.imports)
        yield Line(words, "subscriptions.imports")
    if week.quarantine:
        words = ngettext(
            "%(num)d courriel revenu qu’aucune règle n’a compris",
            "%(num)d courriels revenus qu’aucune règle n’a compris",
            week.quarantine,
        )
        yield Line(words, "bounces.quarantine")
    yield Line(_("Comment grandissent les listes"), "subscriptions.lists")


def _officer(at: datetime) -> Work:
    stands = queue.work(paris_day(at))
    todo, late = stands.counts[View.TODO], stands.counts[View.LATE]
    sentence = ngettext("%(num)d demande à traiter.", "%(num)d demandes à traiter.", todo)
    if late:
        sentence += " " + ngettext("%(num)d est en retard.", "%(num)d sont en retard.", late)
    lines = {
        View.LATE: _("Voir ce qui est en retard"),
        View.SOON: _("Voir ce qui arrive à échéance"),
        View.READY: _("Voir ce qui attend une signature"),
    }
    return Work(
        "dpo",
        _("Demandes"),
        sentence if todo else _("Aucune demande n’est à traiter."),
        [
            *(
                Line(words, "rights.queue", {"vue": view.value})
                for view, words in lines.items()
                if stands.counts[view]
            ),
            Line(_("La file des demandes"), "rights.queue"),
            Line(_("Les demandes par échéance, en graphique"), "rights.report"),
        ],
    )


def _administrator(at: datetime) -> Work:
    found = list(_troubles(at))
    sentence = ngettext(
        "%(num)d chose demande à être vue.", "%(num)d choses demandent à être vues.", len(found)
    )
    return Work(
        "admin",
        _("Le service"),
        sentence
        if found
        else _("Tout tourne : les tâches de fond avancent, les relais répondent."),
        found,
    )


def _troubles(at: datetime) -> Iterator[Line]:
    if beats.are_all_silent(at):
        yield Line(_("Les tâches de fond sont arrêtées"), "worker.works")
    for name in allowances.paused(at):
        yield Line(_("Le relais « %(name)s » ne répond pas", name=name), "worker.works")
    for name in faults.overdue(facts.turns(), at):
        yield Line(_("« %(work)s » n’a pas été fait à son heure", work=name), "worker.works")
    for sentence in faults.settings():
        yield Line(sentence, "worker.works")


def _name(issue: Issue) -> str:
    return issue.subject or str(_("Lettre sans objet"))


WORKS: dict[Role, Says] = {
    Role.EDITOR: _editor,
    Role.APPROVER: _approver,
    Role.SENDER: _sender,
    Role.SUBSCRIBERS: _manager,
    Role.DPO: _officer,
    Role.ADMIN: _administrator,
}
