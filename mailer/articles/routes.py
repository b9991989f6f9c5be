"""Importing this module declares every address of the domain at the desk."""

from mailer.articles import desk, lookups_desk, reading_desk, sources_desk, writing_desk
from mailer.articles.blueprint import bp

__all__ = ["bp", "desk", "lookups_desk", "reading_desk", "sources_desk", "writing_desk"]
