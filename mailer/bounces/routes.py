"""Importing this module declares every address of the domain."""

from mailer.bounces import quarantine_desk, webhooks
from mailer.bounces.blueprint import bp

__all__ = ["bp", "quarantine_desk", "webhooks"]
