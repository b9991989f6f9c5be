"""People are invited, invited again, or no more; whoever comes chooses a passphrase."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mailer import addresses
from mailer.accounts import emails, operations, queries
from mailer.accounts.models import Account, Invitation
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict, Expired, Invalid, NotFound
from mailer.mail import outbox
from mailer.tokens import INVITE


@dataclass(frozen=True)
class Invitee:
    """Who is invited, to do what, and the language of the mail."""

    email: str
    name: str
    roles: Collection[str]
    language: str


def invite(invitee: Invitee, by: str, actor: str, at: datetime) -> Invitation:
    """Send somebody the link to their account; Conflict for who has one or is invited already."""
    address = addresses.parse(invitee.email)
    if queries.by_address(address):
        raise Conflict("account")
    if of_address(address.normalised):
        raise Conflict("invitation")
    invited = Invitation(
        email=address.normalised,
        name=invitee.name,
        roles=" ".join(sorted(operations.known(invitee.roles))),
        language=invitee.language,
        sendings=0,
    )
    db.session.add(invited)
    _send(invited, by, at)
    record(actor, "invite", f"invitation:{invited.id}")
    return invited


def _send(invited: Invitation, by: str, at: datetime) -> None:
    invited.sent_at, invited.sendings = at, invited.sendings + 1
    db.session.flush()
    outbox.put(emails.invitation(invited, by), f"invitation:{invited.id}")


def send_again(invitation_id: int, by: str, actor: str, at: datetime) -> Invitation:
    """Another mail, whose link alone opens from now on, for as many days as the first."""
    invited = held(invitation_id)
    _send(invited, by, at)
    record(actor, "invite-again", f"invitation:{invited.id}")
    return invited


def withdraw(invitation_id: int, actor: str) -> None:
    """The links that were sent open nothing any more."""
    db.session.delete(held(invitation_id))
    record(actor, "withdraw-invitation", f"invitation:{invitation_id}")


def accept(token: str, passphrase: str, at: datetime) -> Account:
    """The account of whoever was invited, with the passphrase that they chose."""
    return take_up(of_token(token), passphrase, at)


def take_up(invited: Invitation, passphrase: str, at: datetime) -> Account:
    """The account that was promised to a mailbox, for whoever showed that it is theirs."""
    account = operations.create(invited.email, invited.name, passphrase, invited.roles.split(), at)
    account.language = invited.language
    db.session.delete(invited)
    return account


def of_token(token: str) -> Invitation:
    """The invitation of the link; Expired when it served, was withdrawn or came again since."""
    match INVITE.read(token):
        case [int(invitation_id), int(sendings)]:
            invited = db.session.get(Invitation, invitation_id)
            if invited is None or invited.sendings != sendings:
                raise Expired("invitation")
            return invited
    raise Invalid("invitation")


def held(invitation_id: int) -> Invitation:
    """That invitation; NotFound when there is none."""
    invited = db.session.get(Invitation, invitation_id)
    if invited is None:
        raise NotFound("invitation")
    return invited


def of_address(email: str) -> Invitation | None:
    """The invitation that waits for that address."""
    return db.session.scalar(select(Invitation).where(Invitation.email == email))


def open_for(email: str, at: datetime) -> Invitation | None:
    """The same, while its link would still open."""
    invited = of_address(email)
    is_over = invited and INVITE.lifetime and at - invited.sent_at > INVITE.lifetime
    return None if is_over else invited


def waiting() -> Sequence[Invitation]:
    """Those that nobody has taken up, the newest first."""
    return db.session.scalars(select(Invitation).order_by(Invitation.sent_at.desc())).all()
