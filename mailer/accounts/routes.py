"""Importing this module declares every address of the domain."""

from mailer.accounts import arriving_desk, desk, own_desk, own_sessions_desk
from mailer.accounts.blueprint import bp

__all__ = ["arriving_desk", "bp", "desk", "own_desk", "own_sessions_desk"]
