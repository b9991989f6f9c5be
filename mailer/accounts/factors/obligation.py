"""Who must have a second factor, and whether one of theirs may go."""

from collections.abc import Collection

from flask import current_app

from mailer.accounts.factors.queries import Factors


def are_bound(roles: Collection[str]) -> bool:
    """Whether somebody with these roles must have a factor."""
    return not set(roles).isdisjoint(current_app.config["SECOND_FACTOR_ROLES"])


def may_lose_one(factors: Factors, roles: Collection[str]) -> bool:
    """Whether one of the factors may go: the last one of somebody who must have one may not."""
    return factors.number > 1 or not are_bound(roles)
