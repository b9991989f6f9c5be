"""Importing this module declares every address of the domain."""

from mailer.delivery import (
    campaign_desk,
    closing_desk,
    control_desk,
    desk,
    elections_desk,
    moving_desk,
    public,
    results_desk,
    segment_desk,
    sequence_desk,
    subject_desk,
    uncertain_desk,
)
from mailer.delivery.blueprint import bp

__all__ = [
    "bp",
    "campaign_desk",
    "closing_desk",
    "control_desk",
    "desk",
    "elections_desk",
    "moving_desk",
    "public",
    "results_desk",
    "segment_desk",
    "sequence_desk",
    "subject_desk",
    "uncertain_desk",
]
