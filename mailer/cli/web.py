"""`mailer web`: the site alone, beside workers that somebody else runs."""

from pathlib import Path

import click

from mailer.app import create_app
from mailer.cli import serving
from mailer.cli.notice import complete
from mailer.configuration import faults
from mailer.monitoring import readiness


@click.command(
    epilog="""\b
Examples:
  mailer migrate && mailer web --host 0.0.0.0
  mailer web --port 8001
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="The port of the site.")
def web(host: str, port: int) -> None:
    """Run the site until stopped, on a database that `mailer migrate` brought up to date.

    Several may run beside each other; `mailer worker` does the jobs.
    """
    app = create_app()
    faults.refuse_demonstration(app.config)
    serving.leave_on_signals()
    with serving.beside_others(Path(app.config["DATA_FOLDER"])):
        serving.refuse_half_restored(app)
        with app.app_context():
            if not readiness.is_up_to_date():
                raise click.ClickException(
                    "the tables are of another version: run `mailer migrate`."
                )
            complete()
        server = serving.bind(app, host, port)
        where = f"{host}:{port}, for {app.config['BASE_URL']}"
        click.echo(f"mailer answers on {where}; jobs need a worker")
        serving.answer(server)
