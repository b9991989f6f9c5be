"""Follow articles: pictures in two sizes, what changed and vanished, what people type."""

import unicodedata

import sqlalchemy as sa
from alembic import op

from mailer import ddl

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = (
    "changed_at TIME",
    "vanished_at TIME",
    "page_asked_at TIME",
    "page_due_at TIME",
    "alt_written_at TIME",
    "words VARCHAR DEFAULT '' NOT NULL",
    "picture_small VARCHAR DEFAULT '' NOT NULL",
    "image_failure VARCHAR",
)
BEFORE = "(url IS NULL) <> (file_name IS NULL)"
AFTER = (
    "url IS NULL AND file_name IS NULL AND kind = 'typed'"
    " OR (url IS NULL) <> (file_name IS NULL) AND kind <> 'typed'"
)
TYPED = sa.text("kind = 'typed'")


def upgrade() -> None:
    number_once()
    for column in COLUMNS:
        ddl.add("article", column)
    op.execute("UPDATE article SET page_due_at = first_seen_at")
    op.create_index("ix_article_page_due_at", "article", ["page_due_at"])
    ddl.add("source", "preset VARCHAR DEFAULT '' NOT NULL")
    ddl.allow("source", "address_or_file", BEFORE, AFTER)
    op.create_index(
        "uq_source_typed",
        "source",
        ["kind"],
        unique=True,
        sqlite_where=TYPED,
        postgresql_where=TYPED,
    )
    make_searchable()


def number_once() -> None:
    """Letters keep the numbers of articles: SQLite must never give one again."""
    if ddl.is_sqlite():
        options = {"sqlite_autoincrement": True}
        with op.batch_alter_table("article", recreate="always", table_kwargs=options):
            """Make the table anew."""


def make_searchable() -> None:
    """Write the words of the articles that are there."""
    bind = op.get_bind()
    for number, title, summary in bind.execute(sa.text("SELECT id, title, summary FROM article")):
        plain = unicodedata.normalize("NFKD", f"{title} {summary}")
        words = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
        statement = sa.text("UPDATE article SET words = :words WHERE id = :number")
        bind.execute(statement, {"words": words, "number": number})


def downgrade() -> None:
    op.execute("DELETE FROM source WHERE kind = 'typed'")
    op.drop_index("uq_source_typed", "source")
    ddl.allow("source", "address_or_file", AFTER, BEFORE)
    op.drop_column("source", "preset")
    op.drop_index("ix_article_page_due_at", "article")
    for column in COLUMNS:
        op.drop_column("article", column.partition(" ")[0])
