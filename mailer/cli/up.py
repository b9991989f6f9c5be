"""`mailer up`: the whole program with the operator's settings, in one command."""

from pathlib import Path

import click

from mailer.app import create_app
from mailer.cli import serving
from mailer.cli.migrate import bring_up_to_date
from mailer.cli.notice import complete
from mailer.configuration import faults


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="The port of the site.")
def up(host: str, port: int) -> None:
    """Bring the database up to date, then run the site and the jobs until stopped."""
    app = create_app()
    faults.refuse_demonstration(app.config)
    serving.leave_on_signals()
    with serving.alone(Path(app.config["DATA_FOLDER"])):
        serving.refuse_half_restored(app)
        server = serving.bind(app, host, port)
        with app.app_context():
            bring_up_to_date()
            complete()
        with serving.worker({}):
            click.echo(f"mailer answers on {host}:{port}, for {app.config['BASE_URL']}")
            serving.answer(server)
