"""Importing this module declares every address of the domain."""

from mailer.bounces import address_desk, deliverability_desk, desk, quarantine_desk, webhooks
from mailer.bounces.blueprint import bp

__all__ = ["address_desk", "bp", "deliverability_desk", "desk", "quarantine_desk", "webhooks"]
