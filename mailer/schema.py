"""How far the tables of a database are, and how far this version needs them.

Also whether a restore was cut short: the erased may be in it, and letters leave twice.
"""

from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from mailer.resources import folder

# A table that comes in with a backup and goes with the transaction that ends the restore. It is in
# no model, as no migration may make it: a backup of any version is marked.
HALF_RESTORED = "half_restored"
HALF_RESTORED_SAID = "a restore was cut short here: run `mailer restore` again, to its end"


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


def is_half_restored(connection: Connection) -> bool:
    """Whether a backup was put back here, and not yet decided again what it does not know of."""
    return inspect(connection).has_table(HALF_RESTORED)
