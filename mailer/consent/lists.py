"""What the lists are for, as the notice tells it.

Lists belong to the domain above: they are read by their table's name, as a foreign key names it.
"""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import column, select, table

from mailer.consent.bases import Aim, LawfulBasis
from mailer.consent.tracking import ORDER, Mode, strictest
from mailer.db import db

LISTS = table(
    "mailing_list",
    column("id"),
    column("name"),
    column("aim"),
    column("description"),
    column("basis"),
    column("tracking"),
)


def aims() -> Sequence[Aim]:
    """What each list is for, in the order they were made."""
    rows = db.session.execute(select(LISTS).order_by(LISTS.c.id)).mappings()
    limit = Mode(current_app.config["TRACKING"])
    return [
        # A list made before purposes were asked for says what one receives.
        Aim(
            name=row["name"],
            text=(row["aim"] or row["description"]).rstrip("."),
            basis=LawfulBasis(row["basis"]),
            tracking=strictest(limit, Mode(row["tracking"])),
        )
        for row in rows
    ]


def measured(aims: Sequence[Aim]) -> Mode:
    """The most that is measured of any of them."""
    return max((aim.tracking for aim in aims), key=ORDER.index, default=Mode.NONE)
