"""All that is served about accounts."""

from mailer.accounts import desk, own_sessions_desk
from mailer.accounts.blueprint import bp

__all__ = ["bp", "desk", "own_sessions_desk"]
