"""What the program does for a request, by the statements that it sends to the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from mailer.db import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that were sent meanwhile, without their values."""
    db.session.rollback()
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(" ".join(statement.split()))

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def neutral(page: str, address: str) -> str:
    """The page without its form tokens, and with any address in the place of that one."""
    return re.sub(r'name="form_token" value="[^"]+"', "", page).replace(address, "ADDRESS")
