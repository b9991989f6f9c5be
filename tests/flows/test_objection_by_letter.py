"""A postal letter that says no, typed in while a campaign is on its way over a slow relay."""

import asyncio
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from threading import Event

import pytest
from aiosmtpd.smtp import SMTP
from demonstration import Demo, free_port, program
from flows.test_main_job import send, sign_in
from mail.listening import LOOPBACK, listening
from playwright.sync_api import Page, expect

from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now, paris_day
from mailer.db import db
from mailer.demo import load

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("letter-campaign"),
]

SUBJECT = "Le phare rouvre, les barges se taisent"
AT_FIRST = 120


@dataclass
class SlowRelay:
    """It takes so many mails at first, and lets the next ones wait for their answer."""

    port: int = 0
    may_go_on: Event = field(default_factory=Event)
    taken: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if len(self.taken) >= AT_FIRST:
            await asyncio.to_thread(self.may_go_on.wait)
        self.taken.append((envelope.rcpt_tos[0], envelope.original_content))
        return "250 2.0.0 taken"

    def mails_to(self, address: str) -> list[Message]:
        return [message_from_bytes(mail) for to, mail in self.taken if to == address]

    @property
    def readers(self) -> list[str]:
        """Who got the campaign's letter."""
        return [to for to, mail in self.taken if b"\r\nList-Unsubscribe-Post:" in mail]


@contextmanager
def slow_relay() -> Iterator[SlowRelay]:
    relay = SlowRelay()

    async def start() -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            lambda: SMTP(relay, hostname="relais", enable_SMTPUTF8=True, loop=loop), LOOPBACK, 0
        )

    with listening(start) as relay.port:
        yield relay
        relay.may_go_on.set()


@pytest.fixture
def relay() -> Iterator[SlowRelay]:
    with slow_relay() as relay:
        yield relay


@pytest.fixture
def agency(relay: SlowRelay, tmp_path: Path) -> Iterator[Demo]:
    """The whole program, web and worker, on the data of the demonstration."""
    port, folder = free_port(), tmp_path / "data"
    agency = Demo(f"http://{LOOPBACK}:{port}", folder, tmp_path / "output.txt")
    settings = {"DATA_FOLDER": str(folder), "BASE_URL": agency.url}
    app = create_app(settings | {"DATABASE_URL": ""})
    with app.app_context():
        bring_up_to_date()
        list(load.once())
        db.session.remove()
        db.engine.dispose()
    slow = {"SMTP_PORT": str(relay.port), "SMTP_SECONDS_PER_MAIL": "600"}
    slow["SECOND_FACTOR_ROLES"] = "[]"
    with program(agency, tmp_path, ["up", "--port", str(port)], settings | slow):
        yield agency


@pytest.fixture
def desk_of(chromium, agency) -> Iterator[Callable[[str], Page]]:
    """`desk_of("dpo")`: a page of the colleague who plays that part."""
    contexts = []

    def signed_in(reader: str) -> Page:
        contexts.append(chromium.new_context(base_url=agency.url, locale="fr-FR"))
        page = contexts[-1].new_page()
        sign_in(page, agency.account(reader))
        return page

    yield signed_in
    for context in contexts:
        context.close()


def test_from_the_moment_it_is_typed_in_nothing_leaves_for_that_person(agency, relay, desk_of):
    staff, officer = desk_of("staff"), desk_of("dpo")
    campaign = send(staff, SUBJECT)
    # The officer was warned of some dates meanwhile: not all that it took is the letter.
    wait_until(lambda: len(relay.taken) >= AT_FIRST, seconds=200)
    objector = last_in_line(agency)

    type_in(officer, objector)
    assert row_of(agency, objector) == ("queued", 0)
    assert objector not in relay.readers
    relay.may_go_on.set()
    staff.goto(campaign)
    expect(staff.locator("main")).to_contain_text("Terminé", timeout=240_000)

    assert row_of(agency, objector) == ("withheld", 0)
    assert ends(agency) == {"sent": len(relay.readers), "withheld": 1}
    assert objector not in relay.readers
    assert len(set(relay.readers)) == len(relay.readers) > 1000

    officer.get_by_role("button", name="Relire les lettres").click()
    officer.get_by_role("button", name="Signer, envoyer et clore").click()
    expect(officer.get_by_role("status")).to_have_text("La réponse part, et la demande est close.")
    wait_until(lambda: len(relay.mails_to(objector)) == len(TOLD), seconds=60)
    subjects = [str(make_header(decode_header(m["Subject"]))) for m in relay.mails_to(objector)]
    assert [re.sub(r"DR-\d{4}-\d{4}", "…", subject) for subject in subjects] == TOLD


TOLD = ["Votre demande … est enregistrée", "Plus aucun envoi ne partira (…)"]


def type_in(officer: Page, address: str) -> None:
    officer.goto("/bureau/demandes")
    officer.get_by_role("link", name="Saisir une demande reçue").click()
    officer.get_by_label("Arrivée par").select_option("Courrier postal")
    officer.get_by_label("Reçue le").fill(paris_day(now()).isoformat())
    officer.get_by_label("Opposition", exact=True).check()
    officer.get_by_label("Texte de la demande").fill("Cessez de m’écrire, s’il vous plaît.")
    officer.get_by_label("Adresse e-mail de la personne", exact=True).fill(address)
    officer.get_by_role("button", name="Enregistrer la demande").click()
    expect(officer.get_by_role("status")).to_contain_text("Demande enregistrée.")


def wait_until(holds: Callable[[], bool], seconds: int) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.2)


def asked(agency: Demo, statement: str, *values: str) -> list[tuple]:
    """Rows of the ledger, of the newest campaign."""
    with closing(sqlite3.connect(agency.folder / "mailer.sqlite", timeout=30)) as database:
        return database.execute(statement.replace("THE_LEDGER", LEDGER), [*values]).fetchall()


LEDGER = (
    "delivery JOIN subscriber ON subscriber.id = delivery.subscriber_id"
    " WHERE campaign_id = (SELECT max(id) FROM campaign)"
)


def last_in_line(agency: Demo) -> str:
    found = "SELECT address FROM THE_LEDGER AND state = 'queued' ORDER BY delivery.id DESC LIMIT 1"
    return str(asked(agency, found)[0][0])


def row_of(agency: Demo, address: str) -> tuple[str, int]:
    return asked(agency, "SELECT state, attempts FROM THE_LEDGER AND address = ?", address)[0]


def ends(agency: Demo) -> Counter[str]:
    return Counter(state for (state,) in asked(agency, "SELECT state FROM THE_LEDGER"))
