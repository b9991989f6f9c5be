"""Routes that only these tests have: one of each kind that web/access.py knows."""

import sqlite3
from contextlib import closing
from tempfile import TemporaryDirectory

import pytest
from flask import Blueprint, flash, request
from sqlalchemy.exc import OperationalError

from mailer import errors
from mailer.web.access import machine, public, staff
from mailer.web.limits import public_posts

probe = Blueprint("probe", __name__)

RAISED = {
    "absent": errors.NotFound,
    "refus": errors.Invalid,
    "conflit": errors.Conflict,
    "fini": errors.Expired,
    "panne": ZeroDivisionError,
}


def meet_another_writer():
    """Ask for the writer's turn of a database that somebody else has."""
    with TemporaryDirectory() as folder:
        path = f"{folder}/a.sqlite"
        with closing(sqlite3.connect(path)) as writer, closing(sqlite3.connect(path)) as other:
            other.execute("PRAGMA busy_timeout=0")
            writer.execute("BEGIN IMMEDIATE")
            asked(other, "BEGIN IMMEDIATE")


def ask_for_a_missing_table():
    """Name a table that is not there."""
    with closing(sqlite3.connect(":memory:")) as connection:
        asked(connection, "SELECT * FROM absent")


def asked(connection, statement):
    """Ask, and say what is refused as SQLAlchemy does."""
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        raise OperationalError(statement, {}, error) from error


@probe.get("/essai")
@public
def page():
    return "ouvert"


@probe.post("/essai")
@public
def post():
    return f"reçu {request.form.get('nom', '')}"


@probe.post("/essai/limite")
@public_posts
@public
def limited():
    return "reçu"


@probe.post("/essai/machine")
@machine
def program():
    return "reçu"


@probe.route("/essai/bureau", methods=["GET", "POST"])
@staff("editor", "sender")
def desk():
    return "bureau"


@probe.get("/essai/muet")
def silent():
    return "personne ne devrait lire ceci"


@probe.get("/essai/mot")
@public
def flashing():
    flash("un mot")
    return "dit"


@probe.get("/essai/occupe")
@public
def meeting_another_writer():
    meet_another_writer()
    return "écrit"


@probe.get("/essai/table-absente")
@public
def asking_for_a_missing_table():
    ask_for_a_missing_table()
    return "lu"


@probe.get("/essai/<kind>/echec")
@public
def failing(kind):
    raise RAISED[kind]("camille@exemple.fr")


@pytest.fixture
def app(app):
    app.register_blueprint(probe)
    app.testing = False
    return app
