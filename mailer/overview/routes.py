"""Importing this module declares every address of the domain."""

from mailer.overview import desk, person_desk
from mailer.overview.blueprint import bp

__all__ = ["bp", "desk", "person_desk"]
