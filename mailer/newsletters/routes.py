"""Importing this module declares every address of the domain."""

from mailer.newsletters import checking, composing, desk, public, review
from mailer.newsletters.blueprint import bp

__all__ = ["bp", "checking", "composing", "desk", "public", "review"]
