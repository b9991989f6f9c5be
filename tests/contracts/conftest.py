"""The application as assembled, without a database: these tests look at its shape."""

from pathlib import Path

import pytest
from flask import Flask

from mailer.app import create_app
from mailer.db import db

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def app(tmp_path) -> Flask:
    app = create_app({"DATA_FOLDER": str(tmp_path)})
    with app.app_context():
        yield app


@pytest.fixture
def database(app) -> Flask:
    """The same application on an empty database of its own."""
    db.create_all()
    yield app
    db.session.remove()
    db.engine.dispose()
