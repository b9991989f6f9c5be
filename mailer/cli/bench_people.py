"""`mailer bench people`: how long the subscribers' pages take with a million of them."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import click
from flask.testing import FlaskClient
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    case,
    cast,
    insert,
    literal,
    select,
    text,
)

from mailer.accounts import operations as accounts
from mailer.accounts.models import Account
from mailer.cli.bench_office import DATABASE, office
from mailer.cli.bench_processor import of_database
from mailer.cli.bench_requests import signed_in, taken, told
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import Base, be_unhurried, db, transaction
from mailer.subscriptions import jobs
from mailer.subscriptions.models import STATE, MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State

NAMES = ("camille", "nadia", "jean", "zenobie", "pierre", "marie", "louise", "paul")
FAMILIES = ("martin", "bernard", "petit", "durand", "leroy", "moreau", "simon", "lefebvre", "roux")
PROVIDERS = ("orange.example", "exemple.fr", "courriel.example", "poste.example", "web.example")
LIST = "/bureau/abonnes"
SEARCH = "/bureau/abonnes/recherche"
COUNT = "/bureau/segments/compte"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Asked:
    """A page and what is posted to it, if anything."""

    name: str
    path: str
    posted: Mapping[str, str] = field(default_factory=dict)


def pages(people: int) -> tuple[Asked, ...]:
    """What is measured; another page of people takes its place here."""
    middle = people // 2
    return (
        Asked("first page", LIST),
        Asked("deep page", f"{LIST}?avant={middle}"),
        Asked("of a list", f"{LIST}?liste=1&etat=active&avant={middle}"),
        Asked("since a day", f"{LIST}?liste=1&depuis=2020-01-01&avant={middle}"),
        Asked("from a file", f"{LIST}?source=fichier"),
        Asked("beginning", SEARCH, {"text": "nadia.roux", "place": "debut"}),
        Asked("part, many", SEARCH, {"text": "lefebvre", "place": "partout"}),
        Asked("part, one", SEARCH, {"text": f"{middle}@", "place": "partout"}),
        Asked("part, none", SEARCH, {"text": "martin.nadia", "place": "partout"}),
        Asked("person", f"{LIST}/{middle}"),
        Asked("lists", "/bureau/listes"),
        Asked("segment", COUNT, {"text": "liste = Bench et inscrit après le 1er janvier 2020"}),
        Asked("by door", COUNT, {"text": "liste quittée = Bench ou non (source = formulaire)"}),
        Asked("measured", COUNT, {"text": "n’a pas ouvert dans les 5 dernières lettres"}),
    )


@click.command()
@click.option("--people", default=1_000_000, show_default=True, help="How many are subscribed.")
@click.option("--times", default=50, show_default=True, help="How often each page is asked for.")
@DATABASE
def people(people: int, times: int, database: str) -> None:
    """Ask for pages of subscribers and for searches, through the whole application."""
    with office(database) as found:
        manager = fill(people)
        jobs.index_addresses()
        browser = signed_in(found.app, manager)
        click.echo(f"database    {db.engine.dialect.name}")
        click.echo(f"people      {people:,}")
        token = token_of(browser)
        for each in pages(people):
            posted = {**each.posted, "csrf_token": token} if each.posted else None
            began = worked()
            seconds = taken(browser, each.path, times, posted)
            own = (worked() - began) / len(seconds)
            click.echo(f"{told(each.name, seconds)}, {own * 1e3:.0f} ms of processor")


def worked() -> float:
    """The seconds of processor so far: ours, and those of PostgreSQL where it runs beside us."""
    return time.process_time() + of_database()


def token_of(browser: FlaskClient) -> str:
    """What a form of the desk carries."""
    with browser.application.app_context():
        found = TOKEN.search(browser.get(LIST).text)
    if found is None:
        raise RuntimeError("the list of subscribers has no form")
    return found.group(1)


def fill(number: int) -> Account:
    """So many people on one list, one in ten of whom has left it, and who looks after them."""
    at = now()
    with transaction():
        be_unhurried()
        manager = accounts.create(
            "bench@exemple.fr", "Bench", "une longue phrase", ["subscribers"], at
        )
        readers = MailingList(slug="bench", name="Bench", description="Bench", frequency="Bench")
        db.session.add(readers)
        evidence = Evidence(Method.IMPORT, at)
        proof = consent.record("bench", "list:bench", Kind.CONFIRMED, evidence)
        db.session.flush()
        names = ["address", "fingerprint", "language", "created_at"]
        _put(Subscriber, names, invented(number).add_columns(literal("fr"), literal(at)))
        names = ["subscriber_id", "list_id", "state", "consent_id", "requested_at"]
        names += ["confirmed_at", "ended_at"]
        state = case((Subscriber.id % 10 == 0, literal(State.ENDED, STATE)), else_=State.ACTIVE)
        values = (readers.id, state, proof.id, at, at, at)
        _put(Subscription, names, select(Subscriber.id, *map(_value, values)))
    with db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return manager


def invented(number: int) -> Select[str, str]:
    """So many addresses, each once, and a fingerprint for each."""
    first = select(literal(1).label("i")).cte("numbers", recursive=True)
    i = first.union_all(select(first.c.i + 1).where(first.c.i < number)).c.i
    # Seven and five have no factor in common with the lengths of the lists.
    address = _one_of(NAMES, i) + "." + _one_of(FAMILIES, i * 7) + cast(i, String)
    return select(address + "@" + _one_of(PROVIDERS, i * 3), literal("bench-") + cast(i, String))


def _one_of(words: tuple[str, ...], number: ColumnElement[int]) -> ColumnElement[str]:
    return case(dict(enumerate(words)), value=number % len(words), else_="")


def _value(value: object) -> ColumnElement[object]:
    return value if isinstance(value, ColumnElement) else literal(value)


def _put(model: type[Base], names: list[str], rows: Select[*tuple[Any, ...]]) -> None:
    statement = insert(model).from_select(names, rows)
    db.session.connection().execute(statement, execution_options={"dml_strategy": "core_only"})
