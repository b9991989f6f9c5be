"""Routes that only these tests have: one of each kind that web/access.py knows."""

import pytest
from flask import Blueprint, flash, request

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


@probe.get("/essai/<kind>/echec")
@public
def failing(kind):
    raise RAISED[kind]("camille@exemple.fr")


@pytest.fixture
def app(app):
    app.register_blueprint(probe)
    app.testing = False
    return app
