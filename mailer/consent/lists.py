"""What the lists are for, as the notice tells it.

Lists belong to the domain above: they are read by their table's name, as a foreign key names it.
"""

from collections.abc import Collection, Sequence

from flask import current_app
from sqlalchemy import column, literal, select, table

from mailer.consent.bases import Aim, LawfulBasis
from mailer.consent.tracking import ORDER, Mode, What, strictest
from mailer.db import db

# How the record of consents names a list: by this and its short name.
OF_LIST = "list:"
LISTS = table(
    "mailing_list",
    column("id"),
    column("slug"),
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


def names() -> dict[str, str]:
    """What each list is called now, by its short name."""
    return dict(db.session.execute(select(LISTS.c.slug, LISTS.c.name)).all())


def bases(purposes: Collection[str]) -> dict[str, str]:
    """On what the letters of each of those purposes rest now; being measured rests on a yes."""
    named = literal(OF_LIST) + LISTS.c.slug
    found = select(named, LISTS.c.basis).where(named.in_(purposes))
    return {
        **dict.fromkeys(What, LawfulBasis.CONSENT.value),
        **dict(db.session.execute(found).all()),
    }


def measured(aims: Sequence[Aim]) -> Mode:
    """The most that is measured of any of them."""
    return max((aim.tracking for aim in aims), key=ORDER.index, default=Mode.NONE)


def purpose_of_measuring(locale: str) -> str:
    """What an individual measure is for, in that language."""
    config = current_app.config
    return str(config["TRACKING_PURPOSE"] if locale == "fr" else config["TRACKING_PURPOSE_EN"])
