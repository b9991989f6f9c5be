"""`mailer docs`: the manual on this machine, without a database or a setting."""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from mailer.cli import serving
from mailer.manual import building

LOOPBACK = "127.0.0.1"


@click.command(
    epilog="""\b
Examples:
  mailer docs
  mailer docs --into /var/www/manual
"""
)
@click.option("--into", type=click.Path(path_type=Path), help="Write it there, and end.")
@click.option("--port", default=8080, show_default=True, help="Where to read it.")
def docs(into: Path | None, port: int) -> None:
    """Show the manual, in French and English, until stopped."""
    if into:
        # Pages for everybody, which another program serves.
        os.umask(0o022)
        click.echo(f"{into}: {building.build(into)} pages.")
        return
    serving.leave_on_signals()
    with TemporaryDirectory() as folder, serving.named_port(port, "--port"):
        building.build(Path(folder))
        reader = partial(Quiet, directory=folder)
        with ThreadingHTTPServer((LOOPBACK, port), reader) as server:
            click.echo(f"The manual: http://{LOOPBACK}:{server.server_port}/")
            server.serve_forever()


class Quiet(SimpleHTTPRequestHandler):
    """Files alone; nobody reads who read what."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""
