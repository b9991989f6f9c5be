"""Importing this module declares every address of the domain."""

from mailer.rights import case_desk, desk, letters_desk, public, visits
from mailer.rights.blueprint import bp
from mailer.rights.reporting import routes as reporting

__all__ = ["bp", "case_desk", "desk", "letters_desk", "public", "reporting", "visits"]
