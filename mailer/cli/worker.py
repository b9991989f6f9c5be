"""`mailer worker`: the jobs alone, beside a web server that somebody else runs."""

import os
import signal
import sys
import threading
from pathlib import Path

import click
from flask import Flask

from mailer import shutdown
from mailer.app import create_app
from mailer.cli import serving
from mailer.worker import run


@click.command()
@click.option("--until-input-ends", is_flag=True, hidden=True)
def worker(until_input_ends: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Send mails and do the other jobs, until stopped."""
    app = create_app()
    if until_input_ends:
        # The parent has the data folder for itself.
        threading.Thread(target=_stop_with_the_parent, args=(app,), daemon=True).start()
        run.run(app)
    else:
        with serving.beside_others(Path(app.config["DATA_FOLDER"])):
            serving.refuse_half_restored(app)
            run.run(app)


def _stop_with_the_parent(app: Flask) -> None:
    # The pipe closes however the parent ends, even when it is killed: no worker is left behind.
    # Read without a buffer: its lock, held by this thread, would break the interpreter's way out.
    while os.read(sys.stdin.fileno(), 1):
        pass
    # Ctrl-C reaches both; a second signal would cut short what the first lets finish.
    if not shutdown.stopping(app).is_set():
        os.kill(os.getpid(), signal.SIGTERM)
