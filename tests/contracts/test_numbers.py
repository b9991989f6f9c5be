"""Numbers that stand in links and mails are never given to another row."""

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from mailer.db import Base

# Where the number stands: UNSUBSCRIBE, CONFIRM and RIGHTS_MAILBOX tokens, return-paths, origins.
LINKED = ("subscriber", "subscription", "confirmation", "rights_request", "delivery")


@pytest.mark.parametrize("name", LINKED)
def test_a_number_in_a_link_is_given_once(name):
    made = str(CreateTable(Base.metadata.tables[name]).compile(dialect=sqlite.dialect()))

    assert "PRIMARY KEY AUTOINCREMENT" in made
