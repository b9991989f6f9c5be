"""A message that takes back what it tells of, as long as the next page has not come."""

from flask import flash, session

# What templates/web/base.html draws with a button.
CATEGORY = "undo"


def offer(said: str, action: str) -> None:
    """Say on the next page what was done, with a button that posts to that address."""
    session[CATEGORY] = action
    flash(said, CATEGORY)
