"""The identities of an account at providers."""

from sqlalchemy import delete

from mailer.accounts.openid.models import AccountIdentity
from mailer.db import db


def forget(account_id: int) -> None:
    """Unlink the account from whoever opened it by a provider."""
    db.session.execute(delete(AccountIdentity).where(AccountIdentity.account_id == account_id))
