"""`mailer data-map`: what is kept of people, and why, for tools that draw maps of data."""

import click
from flask_babel import force_locale

from mailer.cli.opened import opened
from mailer.register import activities, fideslang
from mailer.web.language import LANGUAGES


@click.command("data-map")
@click.option("--format", "form", type=click.Choice(["fideslang"]), default="fideslang")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
def data_map(form: str, language: str) -> None:
    """Print every personal column and every processing as a map of data."""
    del form  # the only one there is
    with opened(), force_locale(language):
        click.echo(fideslang.export(activities.now()), nl=False)
