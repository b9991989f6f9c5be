"""Whether this installation can do its work: its database, its workers, its disk, its relays."""

import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailer import schema
from mailer.db import db
from mailer.mail import allowances
from mailer.worker import beats

# Below a twentieth of the disk, a campaign may fill it.
LEAST_DISK = 0.05


class State(StrEnum):
    """`degraded` still answers 200: people may sign up, and their mails leave later."""

    READY = "ready"
    DEGRADED = "degraded"
    UNREADY = "unready"


# From good to bad: the whole is as bad as its worst part.
ORDER = tuple(State)


def look(at: datetime) -> Mapping[str, State]:
    """The state of each part; without a database that answers, nothing more is asked of it."""
    parts = {"database": _database(), "disk": _disk()}
    if parts["database"] is State.READY:
        parts |= {name: part(at) for name, part in ASKED_OF_THE_DATABASE.items()}
    return parts


def whole(parts: Mapping[str, State]) -> State:
    """The state of the installation."""
    return max(parts.values(), key=ORDER.index)


def _database() -> State:
    try:
        write_nothing()
    except SQLAlchemyError:
        return State.UNREADY
    return State.READY


def write_nothing() -> None:
    """Take the lock of a writer and change no row; raises SQLAlchemyError when that cannot be."""
    try:
        db.session.execute(text("UPDATE job_turn SET number = number WHERE job = ''"))
    finally:
        db.session.rollback()


def _disk() -> State:
    left = free_share(Path(current_app.config["DATA_FOLDER"]))
    return State.READY if left >= LEAST_DISK else State.UNREADY


def free_share(folder: Path) -> float:
    """How much of the disk of that folder is free."""
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total


def _schema(_at: datetime) -> State:
    half = schema.is_half_restored(db.session.connection())
    return State.READY if is_up_to_date() and not half else State.UNREADY


def is_up_to_date() -> bool:
    """Whether the tables are those of this version; else `mailer migrate` is due."""
    return schema.held(db.session.connection()) == schema.needed()


def _workers(at: datetime) -> State:
    return State.UNREADY if beats.are_all_silent(at) else State.READY


def _relays(at: datetime) -> State:
    return State.DEGRADED if allowances.silent_until(at) else State.READY


ASKED_OF_THE_DATABASE: Mapping[str, Callable[[datetime], State]] = {
    "schema": _schema,
    "workers": _workers,
    "relays": _relays,
}
