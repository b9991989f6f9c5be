"""What the person gave us, in forms that another service reads (GDPR art. 20)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from mailer.personal import Category, Purpose
from mailer.rights.sections import Section

# What they told us or chose, as far as we use it for the letters; our own records are not theirs
# to carry elsewhere (WP 242).
PROVIDED = frozenset({Category.EMAIL, Category.NAME, Category.CHOICE, Category.HISTORY})


def provided(sections: Sequence[Section]) -> list[Section]:
    """Of a whole copy, what the person provided."""
    narrowed = [_narrowed(section) for section in sections]
    return [section for section in narrowed if section.declared]


def _narrowed(section: Section) -> Section:
    said = {
        name: word
        for name, word in section.declared.items()
        if word.purpose == Purpose.NEWSLETTER and word.category in PROVIDED
    }
    rows = [{name: row[name] for name in said} for row in section.rows]
    return replace(section, declared=said, rows=rows)


def as_csv(sections: Sequence[Section]) -> str:
    """One line a value: table, row, column, value."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(("table", "row", "column", "value"))
    for section in sections:
        for number, row in enumerate(section.rows, 1):
            lines.writerows((section.table, number, name, row[name]) for name in section.declared)
    return text.getvalue()
