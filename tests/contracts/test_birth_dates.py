"""Nobody's date of birth is kept: whoever is old enough says so, and that is all."""

import re

from mailer.db import Base

BIRTH = re.compile(r"birth|born|naissance|(?<![a-z])age(?![a-z])", re.IGNORECASE)
# Whether a list asks; it says nothing of any person.
QUESTIONS = {"mailing_list.asks_age"}


def test_no_column_holds_an_age_or_a_date_of_birth(app):
    columns = {f"{table.name}.{c.name}" for table in Base.metadata.sorted_tables for c in table.c}

    assert {name for name in columns if BIRTH.search(name.replace("_", " "))} == QUESTIONS
