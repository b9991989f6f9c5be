"""Importing this module declares every address of forms on other sites."""

from mailer.subscriptions.embedding import desk, elsewhere, public
from mailer.subscriptions.embedding.blueprint import bp

__all__ = ["bp", "desk", "elsewhere", "public"]
