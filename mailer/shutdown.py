"""Whether the process has been told to end: what takes long asks between two steps."""

from threading import Event

from flask import Flask, current_app

KEY = "shutdown"


def stopping(app: Flask) -> Event:
    """What is set once this application is to end; one for all its threads."""
    found: Event = app.extensions.setdefault(KEY, Event())
    return found


def request(app: Flask) -> None:
    """Tell all that the application does to come to its end."""
    stopping(app).set()


def requested() -> bool:
    """Whether the present work should finish what is in flight, and begin nothing more."""
    return stopping(current_app).is_set()
