"""`mailer register`: the record of processing, as the installation stands now."""

import click
from flask_babel import force_locale

from mailer.cli.opened import opened
from mailer.register import activities
from mailer.register.formats import Format, export
from mailer.web.language import LANGUAGES


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.CSV.value,
    show_default=True,
)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
def register(form: str, language: str) -> None:
    """Print the record of processing of GDPR article 30, drawn from settings, lists and tables."""
    with opened(), force_locale(language):
        click.echo(export(activities.now(), Format(form)), nl=False)
