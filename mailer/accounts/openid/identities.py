"""The identities of an account at providers."""

from sqlalchemy import Select, delete

from mailer.accounts.openid.models import AccountIdentity
from mailer.db import db


def forget(accounts: Select[int]) -> None:
    """Unlink those accounts from whoever opened them by a provider."""
    db.session.execute(delete(AccountIdentity).where(AccountIdentity.account_id.in_(accounts)))
