"""`mailer demo`: everything at once, on invented data, with its own mailbox."""

import shlex
from dataclasses import dataclass
from pathlib import Path

import click

from mailer import settings
from mailer.app import create_app
from mailer.cli import serving
from mailer.cli.migrate import bring_up_to_date
from mailer.demo import load, mailbox
from mailer.demo.people import ACCOUNTS, PASSPHRASE
from mailer.demo.site import BUILT_IN, refuse_relays
from mailer.mail.transports.receiver import LOOPBACK, Receiver


@dataclass(frozen=True)
class Place:
    """Where this demonstration runs."""

    folder: Path
    port: int
    smtp_port: int

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def settings(self) -> dict[str, settings.Value]:
        """Its own settings: no database, key or relay of an operator is touched."""
        return {
            **BUILT_IN,
            "DEMO": True,
            "BASE_URL": self.url,
            "TRUSTED_HOSTS": [LOOPBACK, "localhost"],
            "PROXIES": 0,
            "SMTP_PORT": self.smtp_port,
            "DATA_FOLDER": str(self.folder.absolute()),
            # Slow enough to be watched, paused and stopped.
            "SENDING_PER_SECOND": 50,
            # Its accounts are everybody's: nobody has to take out a telephone.
            "SECOND_FACTOR_ROLES": [],
            # The demo's own feed.
            "OUTGOING_ALLOWED_NETWORKS": [f"{LOOPBACK}/32"],
            "DATABASE_URL": "",
            "QUEUE_URL": "",
            "SECRET_KEYS": [],
            "FINGERPRINT_KEY": "",
        }


@click.command()
@click.option(
    "--folder",
    default=Path("instance/demo"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where its data is kept; remove the folder to begin anew.",
)
@click.option("--port", default=8000, show_default=True, help="The port of the site.")
@click.option(
    "--smtp-port",
    default=2525,
    show_default=True,
    envvar="MAILER_SMTP_PORT",
    help="The port of the mailbox.",
)
def demo(folder: Path, port: int, smtp_port: int) -> None:
    """Run a demonstration on invented data; no mail leaves this machine."""
    refuse_relays(settings.load())
    run(Place(folder, port, smtp_port))


def run(place: Place) -> None:
    """Settings, ports, tables, data, mailbox, worker, site: in that order, until a signal."""
    serving.leave_on_signals()
    app = create_app(place.settings())
    with serving.alone(Path(app.config["DATA_FOLDER"])):
        serving.refuse_half_restored(app)
        server = serving.bind(app, LOOPBACK, place.port)
        with app.app_context():
            captured = mailbox.of_app()
            with serving.named_port(place.smtp_port, "--smtp-port"):
                receiver = Receiver(captured, place.smtp_port)
            click.echo("Database…")
            bring_up_to_date()
            for step in load.once():
                click.echo(step)
        with serving.worker(place.settings()):
            click.echo(welcome(place))
            serving.answer(server)
        receiver.stop()


def welcome(place: Place) -> str:
    """The four addresses, the accounts, and what lets a command find all that."""
    accounts = "\n".join(f"  {each.email:<24} {each.what}" for each in ACCOUNTS)
    folder = shlex.quote(str(place.folder))
    return f"""
The demonstration is ready. Stop it with Ctrl-C; it keeps its data in {place.folder}.

  Visitor page   {place.url}/
  Staff          {place.url}/bureau
  Desk           {place.url}/bureau/demandes
  Mailbox        {place.url}/dev/mail

Accounts, all with the passphrase “{PASSPHRASE}”:
{accounts}

For commands in another terminal:
  export MAILER_DATA_FOLDER={folder} MAILER_BASE_URL={place.url}
"""
