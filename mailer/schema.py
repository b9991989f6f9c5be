"""How far the tables of a database are, and how far this version needs them."""

from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from mailer.resources import folder


@cache
def needed() -> str | None:
    """The last migration of this version."""
    return ScriptDirectory(str(folder("migrations"))).get_current_head()


def held(connection: Connection) -> str | None:
    """The last migration that the tables have had; None where none are ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
