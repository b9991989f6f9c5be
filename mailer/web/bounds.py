"""What no page of ours sends, refused before a view sees it: both databases would choke on it."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, request
from werkzeug.routing import IntegerConverter, ValidationError

View = TypeVar("View", bound=Callable[..., object])

# The largest number that an integer column of PostgreSQL holds.
LARGEST_KEY = 2**31 - 1


def row_key(text: str) -> int:
    """The number of a row; ValueError for one that no row can have."""
    number = int(text)
    if not 0 <= number <= LARGEST_KEY:
        raise ValueError("not the number of a row")
    return number


class RowKey(IntegerConverter):
    """`<int:…>` in an address: a number that no row can have is an address that does not exist."""

    def to_python(self, value: str) -> int:
        try:
            return row_key(value)
        except ValueError:
            raise ValidationError from None


def takes_a_file(setting: str) -> Callable[[View], View]:
    """The view takes a file of at most as many millions of bytes as that setting has."""

    def mark(view: View) -> View:
        view.megabytes = setting  # type: ignore[attr-defined]  # the mark that check() reads
        return view

    return mark


def check() -> None:
    """Refuse the zero character, which PostgreSQL cannot keep in a text, with 400.

    It reads what was posted: run it once it is known that the sender may post at all.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if setting := getattr(view, "megabytes", None):
        request.max_content_length = current_app.config[setting] * 1_000_000
    given = (*request.args.listvalues(), *request.form.listvalues())
    if "\0" in request.path or any("\0" in text for texts in given for text in texts):
        abort(400)


def install(app: Flask) -> None:
    """Know the numbers in addresses; install it before the blueprints."""
    app.url_map.converters["int"] = RowKey
