"""Invented people: those who read the letter, and those who make it."""

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from mailer.accounts.queries import actor_of
from mailer.accounts.roles import Role

# Said aloud in the terminal: it opens invented data on the loopback, nothing else.
PASSPHRASE = "marée haute à midi"  # noqa: S105 - public by design

NAMES = Path(__file__).with_name("names.toml")


@dataclass(frozen=True)
class Person:
    """Someone who does not exist."""

    name: str
    email: str


@dataclass(frozen=True)
class Colleague:
    """Someone invented who works at the desk."""

    name: str
    email: str
    what: str
    roles: tuple[Role, ...]


ACCOUNTS = (
    Colleague(
        "Nora Belledune",
        "redaction@exemple.fr",
        "writes and sends the letter, sees the readers",
        (Role.EDITOR, Role.SENDER, Role.SUBSCRIBERS),
    ),
    Colleague(
        "Yann Kerbrat", "direction@exemple.fr", "approves what others wrote", (Role.APPROVER,)
    ),
    Colleague("Simon Lecourtil", "dpo@exemple.fr", "answers the requests", (Role.DPO,)),
    Colleague("Maud Hautmesnil", "admin@exemple.fr", "does everything", tuple(Role)),
)
# They are created in that order: the officer is the third.
OFFICER = actor_of(3)


def invented(count: int) -> list[Person]:
    """That many people, the same at each call, each with an address of their own."""
    names = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    pairs = list(product(names["given"].split(), names["family"].split()))
    chosen = Random(24).sample(pairs, count)  # noqa: S311 - the same people each time
    return list(_people(chosen))


def _people(pairs: list[tuple[str, str]]) -> Iterator[Person]:
    for given, family in pairs:
        yield Person(f"{given} {family}", f"{ascii_of(given)}.{ascii_of(family)}@exemple.fr")


def ascii_of(name: str) -> str:
    """The name as an address writes it: no accent, no capital."""
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore")
    return plain.decode().casefold()
