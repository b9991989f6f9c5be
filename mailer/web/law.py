"""The rulebook for every template, so that none has a number or an article of its own."""

from flask import Flask
from flask_babel import get_locale

from mailer import rulebook


def install(app: Flask) -> None:
    """Let templates write {{ figures.ended_days.value }} and {{ cite("access") }}."""
    rules = rulebook.load()
    app.jinja_env.globals["figures"] = rules.figures
    app.jinja_env.globals["cite"] = lambda name: rules.cite(name, str(get_locale()))
