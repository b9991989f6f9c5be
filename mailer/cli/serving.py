"""Web and worker together: one server in this process, the jobs in a child, stopped as one."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from mailer import owners, schema
from mailer.db import db
from mailer.settings import PREFIX, Value

WEB_THREADS = 8
# A worker ends half a minute after it was told to, whatever hangs; this is for a busy machine.
WORKER_STOPS_WITHIN_SECONDS = 75


@contextmanager
def alone(data_folder: Path) -> Iterator[None]:
    """Keep the data folder for this process until the end of the block; refuse when it is used."""
    with _holding(data_folder, "running") as descriptor:
        if not _locked(descriptor, fcntl.LOCK_EX):
            raise click.ClickException(f"mailer is already running on {data_folder}.")
        yield


@contextmanager
def beside_others(data_folder: Path) -> Iterator[None]:
    """Use the data folder until the end of the block; refuse when somebody must be alone there."""
    with _holding(data_folder, "running") as descriptor:
        if not _locked(descriptor, fcntl.LOCK_SH):
            raise click.ClickException(
                f"mailer is already running on {data_folder}, or a backup is being put back there."
            )
        yield


def _locked(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def turn(data_folder: Path) -> Iterator[None]:
    """Be the only one who migrates until the end of the block; others wait here for theirs.

    A file of SQLite that is new lets nobody wait: who opens it second is refused at once.
    """
    with _holding(data_folder, "migrating") as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def _holding(data_folder: Path, name: str) -> Iterator[int]:
    """A file to lock; whoever dies lets go of it."""
    descriptor = os.open(data_folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        owners.give(data_folder / name, data_folder)
        yield descriptor
    finally:
        os.close(descriptor)


def refuse_half_restored(app: Flask) -> None:
    """Serve nothing before what a backup does not know of is decided again."""
    with app.app_context():
        half = schema.is_half_restored(db.session.connection())
        db.session.remove()
        db.engine.dispose()
    if half:
        raise click.ClickException(f"{schema.HALF_RESTORED_SAID}.")


def leave_on_signals() -> None:
    """Let Ctrl-C and SIGTERM end the program by its way out, with status 0."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)


def _leave(_signal: int, _frame: object) -> NoReturn:
    # A second signal, from an impatient person or a supervisor, must not break the way out.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(0)


def bind(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A server that holds the address; it answers once answer() is called."""
    with named_port(port, "--port"):
        return create_server(
            app,
            host=host,
            port=port,
            threads=WEB_THREADS,
            ident="",
            # ProxyFix reads these fields itself, and only as many as there are proxies.
            clear_untrusted_proxy_headers=not app.config["PROXIES"],
        )


@contextmanager
def named_port(port: int, option: str) -> Iterator[None]:
    """Say which port is taken, and the option that chooses another."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(
            f"port {port} cannot be used ({error.strerror}). Choose another with {option}."
        ) from None


def answer(server: BaseWSGIServer) -> None:
    """Answer requests until a signal."""
    try:
        server.run()
    finally:
        server.close()


@contextmanager
def worker(settings: Mapping[str, Value]) -> Iterator[None]:
    """Run the jobs in a child process with these settings, until the end of the block."""
    child = subprocess.Popen(
        [sys.executable, "-m", "mailer", "worker", "--until-input-ends"],
        env=os.environ | environment(settings),
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    asked, died = threading.Event(), threading.Event()
    threading.Thread(target=_leave_with_it, args=(child, asked, died), daemon=True).start()
    try:
        yield
    finally:
        asked.set()
        stop(child)
    if died.is_set():
        raise click.ClickException(f"the worker ended by itself, with status {child.returncode}.")


def _leave_with_it(
    child: "subprocess.Popen[bytes]", asked: threading.Event, died: threading.Event
) -> None:
    child.wait()
    if not asked.is_set():
        died.set()
        os.kill(os.getpid(), signal.SIGTERM)


def stop(child: "subprocess.Popen[bytes]") -> None:
    """End the child: let it finish what it has begun, then insist."""
    child.terminate()
    try:
        child.wait(WORKER_STOPS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def environment(settings: Mapping[str, Value]) -> dict[str, str]:
    """The settings as MAILER_… variables."""
    return {
        f"{PREFIX}{name}": value if isinstance(value, str) else json.dumps(value)
        for name, value in settings.items()
    }
