"""What PostgreSQL is told before it works on very many rows."""

from sqlalchemy import text

from mailer.db import be_unhurried, db

# Its statistics are from before the import, when the tables were small: it would read them whole,
# once for each chunk. With the costs of what is switched off, it would also compile each plan.
PREPARE = text(
    "SELECT set_config(name, setting, true) FROM (VALUES"
    " ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('enable_seqscan', 'off'),"
    " ('enable_material', 'off'), ('jit', 'off'))"
    " AS wish (name, setting)"
)


def prepare() -> None:
    """Until this transaction ends, look rows up by their index, and end nothing by the clock."""
    # What a page may take would end a chunk on a busy machine.
    be_unhurried()
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(PREPARE)
