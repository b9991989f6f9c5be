"""`mailer bench signups`: sign-ups and pages a second, by a real server on a real socket."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from multiprocessing import get_context

import click
from sqlalchemy import select

from mailer.cli.bench_office import DATABASE, office
from mailer.cli.bench_processor import of_database, of_process
from mailer.cli.bench_site import Site, site
from mailer.cli.bench_visitors import OK, Answer, Visitor, percentile
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.subscriptions import operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Confirmation, Subscriber, Subscription

LIST = "bench"
PAGES = ("/", "/donnees-personnelles", "/gestion", "/droits")
# Sign-ups go to as many domains.
DOMAINS = 50
# Of visitors' programs; the threads of one share a core.
PROCESSES = 2
WARM_UP_SECONDS = 2.0
# What is asked of a stranger is counted as ever; only where it ends is out of reach.
WIDE = {
    "FORM_MIN_SECONDS": 0,
    "MAILS_TO_A_DOMAIN_AN_HOUR": 1_000_000,
    "MAILS_ASKED_AN_HOUR": 1_000_000,
    "POSTS_A_MINUTE": 1_000_000,
    "POSTS_AN_HOUR": 1_000_000,
}


@dataclass(frozen=True)
class Crowd:
    """How many sign up, and how many read pages, at the same time."""

    name: str
    signing: int
    reading: int


@dataclass(frozen=True)
class Visit:
    """The answers that somebody got, and the addresses that were taken."""

    answers: tuple[Answer, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True)
class Role:
    """What one visitor does again and again, and their number."""

    act: Callable[[Visitor, int, int], str]
    number: int


@click.command()
@click.option("--seconds", default=20.0, show_default=True, help="How long each crowd stays.")
@click.option("--visitors", default=8, show_default=True, help="How many visit at once.")
@DATABASE
def signups(seconds: float, visitors: int, database: str) -> None:
    """Let many sign up and read pages, each alone and beside each other, and look at the rows."""
    half = visitors // 2
    crowds = (
        Crowd("pages alone", 0, visitors),
        Crowd("sign-ups alone", visitors, 0),
        Crowd("beside each other", visitors - half, half),
    )
    # As behind a proxy: each visitor comes from a network of their own.
    with clients() as pool, office(database, {"PROXIES": 1, **WIDE}) as found:
        with transaction():
            operations.create_list(ListData(LIST, LIST, LIST), "bench")
        click.echo(f"database          {db.engine.dialect.name}")
        with site(found.settings) as running:
            accepted = visited(running, pool, crowds, seconds)
        check(accepted)
        click.echo(f"accepted          {len(accepted):,}, each with request, mail and evidence")


@contextmanager
def clients() -> Iterator[Executor]:
    """Processes of their own for the visitors, so that these do not wait for each other."""
    # Forked, they would share our connections to the database.
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        yield pool


def visited(running: Site, pool: Executor, crowds: Sequence[Crowd], seconds: float) -> list[str]:
    """Let one crowd come after the other, and tell of each; the addresses that were taken."""
    numbers = count(1)
    half = crowds[-1]
    accepted = list(_stay(running, pool, half, WARM_UP_SECONDS, numbers).taken)
    for crowd in crowds:
        began, spent = time.perf_counter(), _spent(running)
        visit = _stay(running, pool, crowd, seconds, numbers)
        took, worked = time.perf_counter() - began, _spent(running) - spent
        for line in told(visit.answers, took, worked):
            click.echo(f"{crowd.name:<18}{line}")
        accepted += visit.taken
    return accepted


def _spent(running: Site) -> float:
    return of_process(running.pid) + of_database()


def _stay(
    running: Site, pool: Executor, crowd: Crowd, seconds: float, numbers: Iterator[int]
) -> Visit:
    """Everybody at once, shared among the processes; refuses to go on after an error."""
    kinds = [sign_up] * crowd.signing + [read] * crowd.reading
    everybody = [Role(kind, next(numbers)) for kind in kinds]
    shares = [everybody[n::PROCESSES] for n in range(PROCESSES)]
    visits = list(pool.map(partial(stay, running.port, seconds), shares))
    answers = tuple(chain.from_iterable(visit.answers for visit in visits))
    if wrong := Counter(each.status for each in answers if each.status != OK):
        raise click.ClickException(f"answers were errors, by status: {dict(wrong)}")
    return Visit(answers, tuple(chain.from_iterable(visit.taken for visit in visits)))


def stay(port: int, seconds: float, everybody: Sequence[Role]) -> Visit:
    """Visit for so long, each in a thread of their own; called in a process for this."""
    ends = time.monotonic() + seconds
    with ThreadPoolExecutor(len(everybody) or 1) as threads:
        visits = list(threads.map(partial(_visit, port, ends), everybody))
    answers = tuple(chain.from_iterable(visit.answers for visit in visits))
    return Visit(answers, tuple(chain.from_iterable(visit.taken for visit in visits)))


def _visit(port: int, ends: float, role: Role) -> Visit:
    visitor, taken = Visitor(port, role.number), []
    for turn in count():
        if time.monotonic() >= ends:
            break
        if address := role.act(visitor, role.number, turn):
            taken.append(address)
    visitor.leave()
    return Visit(tuple(visitor.answers), tuple(taken))


def sign_up(visitor: Visitor, number: int, turn: int) -> str:
    """The address that was signed up, which nobody used before; empty when it was refused."""
    address = f"visiteur-{number}-{turn}@d{(number + turn) % DOMAINS}.exemple.fr"
    return address if visitor.sign_up(address, LIST) else ""


def read(visitor: Visitor, number: int, turn: int) -> str:
    """Read a page; nobody is signed up."""
    visitor.read("page", PAGES[(number + turn) % len(PAGES)])
    return ""


def told(answers: Sequence[Answer], took: float, worked: float) -> Iterator[str]:
    """A line for each kind of answer, and one for what the server worked for all of them."""
    for kind in dict.fromkeys(sorted(each.kind for each in answers)):
        of_kind = [each.seconds for each in answers if each.kind == kind]
        p50, p99 = (percentile(of_kind, share) * 1e3 for share in (0.5, 0.99))
        yield f"{kind:<8} {len(of_kind) / took:,.0f} a second, {p50:.0f} ms p50, {p99:.0f} ms p99"
    each = worked / len(answers) * 1e3
    yield f"server   {worked / took:.2f} of a core, {each:.1f} ms of processor an answer"


def check(accepted: Sequence[str]) -> None:
    """Refuse to go on unless each of these addresses left every row of a sign-up."""
    asked = select(Subscriber.address).join(Subscription)
    asked = asked.join(ConsentEvent, ConsentEvent.id == Subscription.consent_id)
    asked = asked.where(ConsentEvent.kind == Kind.SIGNUP_REQUESTED)
    written = select(Subscriber.address).join(Confirmation)
    written = written.join(OutboxMessage, OutboxMessage.message_id == Confirmation.message_id)
    for what, rows in {"request with its evidence": asked, "mail": written}.items():
        found = Counter(db.session.scalars(rows))
        if wrong := sum(found[address] != 1 for address in accepted):
            raise click.ClickException(f"{wrong} accepted sign-ups have not one {what}")
    db.session.rollback()
