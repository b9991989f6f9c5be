"""Importing this module declares every address of the domain."""

from mailer.overview import desk
from mailer.overview.blueprint import bp

__all__ = ["bp", "desk"]
