"""Importing this module declares every address of the domain."""

from mailer.rights import desk, public, visits
from mailer.rights.blueprint import bp

__all__ = ["bp", "desk", "public", "visits"]
