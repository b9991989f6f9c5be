"""Importing this module declares every address of the domain."""

from mailer.consent import desk, notice_desk, public
from mailer.consent.blueprint import bp

__all__ = ["bp", "desk", "notice_desk", "public"]
