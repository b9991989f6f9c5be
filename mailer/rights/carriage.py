"""By which way a letter goes, and how far it has come."""

from enum import StrEnum


class Via(StrEnum):
    """Who asks by mail is answered by mail; paper is for who wrote on paper, or stands there."""

    EMAIL = "email"
    POST = "post"
    HAND = "hand"


class Delivery(StrEnum):
    """Where a letter is. `sent`: the relay took it, or somebody here posted or handed it over."""

    QUEUED = "queued"
    TO_POST = "to_post"
    SENT = "sent"
    FAILED = "failed"


FIRST = {Via.EMAIL: Delivery.QUEUED, Via.POST: Delivery.TO_POST, Via.HAND: Delivery.TO_POST}
