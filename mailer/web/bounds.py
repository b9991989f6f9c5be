"""What no page of ours sends, refused before a view sees it: both databases would choke on it."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, ValidationError

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


def check() -> None:
    """Refuse the zero character, which PostgreSQL cannot keep in a text, with 400."""
    given = (*request.args.listvalues(), *request.form.listvalues())
    if "\0" in request.path or any("\0" in text for texts in given for text in texts):
        abort(400)


def install(app: Flask) -> None:
    """Look at every request; install it before the blueprints, whose addresses hold numbers."""
    app.url_map.converters["int"] = RowKey
    app.before_request(check)
