"""Importing this module declares every address of the domain."""

from mailer.breaches import acts_desk, desk, letter_desk, people_desk, register_desk
from mailer.breaches.blueprint import bp

__all__ = ["acts_desk", "bp", "desk", "letter_desk", "people_desk", "register_desk"]
