"""Importing this module declares every address of the domain."""

from mailer.subscriptions import (
    choosing,
    desk,
    exporting,
    leaving,
    managing,
    moving,
    people_desk,
    public,
    renewing,
    why,
)
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.imports import desk as imports_desk

__all__ = [
    "bp",
    "choosing",
    "desk",
    "exporting",
    "imports_desk",
    "leaving",
    "managing",
    "moving",
    "people_desk",
    "public",
    "renewing",
    "why",
]
