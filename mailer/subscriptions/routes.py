"""Importing this module declares every address of the domain."""

from mailer.subscriptions import desk, leaving, public, renewing
from mailer.subscriptions.blueprint import bp

__all__ = ["bp", "desk", "leaving", "public", "renewing"]
