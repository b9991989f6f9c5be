"""What the tables declare of themselves: where personal data lie, and of which kind."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from sqlalchemy import Column, String, Table

from mailer.db import Base
from mailer.personal import Category, Personal


def tables() -> list[Table]:
    """The tables that hold something of a person, those that point before those pointed at."""
    held = [table for table in reversed(Base.metadata.sorted_tables) if declared(table)]
    return sorted(held, key=lambda table: not names_others(table))


# Asked a thousand times for one page of a case; a table does not change once it is declared.
@cache
def declared(table: Table) -> Mapping[str, Personal]:
    """The personal columns of the table, each with what it declares."""
    said = {column.name: column.info.get("personal") for column in table.columns}
    return MappingProxyType({name: word for name, word in said.items() if word})


def having(table: Table, category: Category) -> Iterator[Column[str]]:
    """The table's personal columns of that category."""
    for name, word in declared(table).items():
        if word.category == category:
            yield table.c[name]


def addresses(table: Table) -> Iterator[Column[str]]:
    """The columns that hold an address in clear; a sealed one is no text."""
    return (c for c in having(table, Category.EMAIL) if isinstance(c.type, String))


def names_others(table: Table) -> bool:
    """Whether its rows say in words which other rows they are about."""
    return any(word.category == Category.REFERENCE for word in declared(table).values())


def domain(table: Table) -> str:
    """The domain that the table belongs to: where its model is written."""
    (model,) = (m.class_ for m in Base.registry.mappers if m.local_table is table)
    return model.__module__.split(".")[1]
