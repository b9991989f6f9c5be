"""Importing this module declares every address of the domain."""

from mailer.delivery import desk, public
from mailer.delivery.blueprint import bp

__all__ = ["bp", "desk", "public"]
