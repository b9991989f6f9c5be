"""Importing this module declares every address of the domain."""

from mailer.subscriptions import desk, exporting, leaving, public, renewing, why
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.imports import desk as imports_desk

__all__ = ["bp", "desk", "exporting", "imports_desk", "leaving", "public", "renewing", "why"]
