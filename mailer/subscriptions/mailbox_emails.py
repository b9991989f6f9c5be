"""The mails that prove a mailbox: to change what one chose, or where letters go."""

from mailer import links
from mailer.addresses import masked
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.subscriptions.models import AddressChange
from mailer.tokens import CHANGE_ADDRESS, MANAGE

OLD, NEW = "old", "new"


def manage_link(subscriber_id: int, address: str, language: str) -> Message:
    """The link to what the person chose, and the one to why they receive letters."""
    token = MANAGE.sign(subscriber_id)
    return templates.render(
        "subscriptions/manage_link",
        address,
        language,
        link=links.preferences(token),
        why=links.why(token),
        notice=links.notice(),
    )


def nothing_here(address: str, language: str) -> Message:
    """That this mailbox receives nothing from us; only its owner learns it."""
    return templates.render(
        "subscriptions/nothing_here",
        address,
        language,
        home=links.home(),
        notice=links.notice(),
    )


def leave_mailbox(change: AddressChange) -> Message:
    """To the mailbox on file: whether letters may go to the other from now on."""
    return _change(change, "change_address_old", change.subscriber.address, OLD, change.address)


def take_mailbox(change: AddressChange) -> Message:
    """To the other mailbox: whether it wants what the first receives."""
    return _change(change, "change_address_new", change.address, NEW, change.subscriber.address)


def taken(change: AddressChange) -> Message:
    """To a mailbox that we know already: nothing is moved onto it, and only its owner learns it."""
    return templates.render(
        "subscriptions/change_address_taken",
        change.address,
        change.subscriber.language,
        manage=links.manage(),
        notice=links.notice(),
    )


def moved(old_address: str, change: AddressChange) -> Message:
    """To the mailbox that is left: that it is done, and what to do about a change unasked for."""
    return templates.render(
        "subscriptions/change_address_done",
        old_address,
        change.subscriber.language,
        other=masked(change.address),
        rights=links.rights(),
        notice=links.notice(),
    )


def _change(change: AddressChange, name: str, recipient: str, side: str, other: str) -> Message:
    return templates.render(
        f"subscriptions/{name}",
        recipient,
        change.subscriber.language,
        other=masked(other),
        link=links.address_change(CHANGE_ADDRESS.sign([change.id, side])),
        notice=links.notice(),
    )
