"""The first steps of an installation, each seen from how things are."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists, or_, select

from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail.models import OutboxMessage
from mailer.mail.models import State as MailState
from mailer.mail.relay import SIGNATURES
from mailer.overview.lines import Task
from mailer.subscriptions.models import MailingList, Subscription
from mailer.subscriptions.states import State

# Nobody writes from there: RFC 2606 keeps the first, and our own example has the second.
EXAMPLES = (".example", "exemple.fr")


@dataclass(frozen=True)
class Facts:
    """What has happened here at least once."""

    has_relay: bool
    has_list: bool
    has_reader: bool
    has_trial: bool
    has_campaign: bool


def tasks() -> Sequence[Task]:
    """Every step, in the order in which one takes them."""
    facts = _facts()
    return (*_service(facts), *_letters(facts))


def _service(facts: Facts) -> Sequence[Task]:
    """What whoever runs the program does."""
    return (
        Task(
            _("Dire qui écrit"),
            _("SENDER_ADDRESS et SENDER_NAME, dans config.py : ce que vos lecteurs verront."),
            is_done=not current_app.config["SENDER_ADDRESS"].endswith(EXAMPLES),
        ),
        Task(
            _("Relier un relais SMTP"),
            _("SMTP_HOST, dans config.py. C’est fait dès qu’il a pris un premier courriel."),
            is_done=facts.has_relay,
            endpoint="worker.works",
        ),
        Task(
            _("Signer les courriels et le dire au DNS"),
            _("« mailer dkim new » crée la clé et montre la ligne à ajouter au DNS."),
            is_done=bool(current_app.extensions[SIGNATURES]),
        ),
    )


def _letters(facts: Facts) -> Sequence[Task]:
    """What is done at the desk."""
    return (
        Task(
            _("Créer une première liste"),
            _("Ce à quoi l’on s’inscrit : son nom, ce que l’on reçoit, à quelle fréquence."),
            is_done=facts.has_list,
            endpoint="subscriptions.lists",
        ),
        Task(
            _("Avoir un premier abonné"),
            _("Inscrivez-vous par le formulaire public, puis confirmez depuis votre boîte."),
            is_done=facts.has_reader,
            endpoint="subscriptions.subscribers",
        ),
        Task(
            _("Envoyer une lettre d’essai"),
            _("Composez une lettre, et envoyez-la d’abord à vous seul."),
            is_done=facts.has_trial,
            endpoint="newsletters.letters",
        ),
        Task(
            _("Envoyer une première lettre"),
            _("Faites-la approuver, relisez à qui elle part, envoyez."),
            is_done=facts.has_campaign,
            endpoint="delivery.campaigns",
        ),
    )


def _facts() -> Facts:
    """What has happened, in one statement."""
    has_relay = or_(
        exists().where(OutboxMessage.state == MailState.SENT),
        exists().where(Delivery.state == DeliveryState.SENT),
    )
    asked: list[ColumnElement[bool]] = [
        has_relay,
        exists().where(MailingList.id.is_not(None)),
        exists().where(Subscription.state == State.ACTIVE),
        exists().where(OutboxMessage.origin.startswith("issue:")),
        exists().where(Campaign.started_at.is_not(None)),
    ]
    return Facts(*map(bool, db.session.execute(select(*asked)).one()))
