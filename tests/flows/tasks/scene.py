"""Where the tasks are done: one running demonstration, and what each of them finds ready."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from demonstration import Demo
from flask import Flask
from flows.tasks.hands import Hand, Keyboard, Mouse
from flows.test_main_job import sign_in
from playwright.sync_api import Browser

from mailer import addresses, links
from mailer.app import create_app
from mailer.clock import now, paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.rights import operations as rights
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.subscriptions import queries
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State
from mailer.tokens import RIGHTS_MAILBOX, UNSUBSCRIBE

HANDS: dict[str, type[Hand]] = {
    "mouse": Mouse,
    "keyboard": Keyboard,
    "without JavaScript": Mouse,
}


@dataclass(frozen=True)
class Reader:
    """Somebody who receives a letter, with the two ways out that every copy carries."""

    address: str
    body_link: str
    one_click: str


@dataclass
class Scene:
    """The demonstration, a browser, and the way in which a task is done."""

    demo: Demo
    chromium: Browser
    way: str

    @contextmanager
    def hand(self, path: str = "", *, who: str = "") -> Iterator[Hand]:
        """A hand on that page, of a visitor or of the colleague who plays that part."""
        context = self.chromium.new_context(
            base_url=self.demo.url,
            locale="fr-FR",
            java_script_enabled=self.way != "without JavaScript",
        )
        page = context.new_page()
        if who:
            sign_in(page, self.demo.account(who))
        if path:
            page.goto(path)
        yield HANDS[self.way](page)
        context.close()

    def reader(self, number: int) -> Reader:
        """One of the demonstration's readers: another one for each number."""
        with self.program().app_context():
            lines = db.select(Subscription).where(Subscription.state == State.ACTIVE)
            line = db.session.scalars(lines.order_by(Subscription.id).offset(number)).first()
            assert line
            token = UNSUBSCRIBE.sign([line.id, "delivery:1"])
            return Reader(
                line.subscriber.address, links.unsubscription(token), links.one_click(token)
            )

    def readers(self) -> int:
        """How many receive the demonstration's letter."""
        with self.program().app_context():
            return queries.active(queries.all_lists()[0].id)

    def access_case(self) -> str:
        """The reference of a request for access whose mailbox has answered."""
        at = now()
        with self.program().app_context(), transaction():
            address = addresses.parse("camille.acces@exemple.fr")
            intake = rights.Intake(
                address=address,
                fingerprint=fingerprint_of(address),
                rights=(Right.ACCESS,),
                verbatim="Quelles données avez-vous sur moi ?",
                channel=Channel.FORM,
                received_on=paris_day(at),
                language="fr",
                calendar="metropole",
            )
            case = rights.receive(intake, "subject", at)
            rights.confirm_mailbox(RIGHTS_MAILBOX.sign(case.id), at)
            return str(case.reference)

    def program(self) -> Flask:
        """The same program on the same data, to make ready what a task begins with."""
        folder = str(self.demo.folder)
        return create_app({"DATA_FOLDER": folder, "BASE_URL": self.demo.url, "DATABASE_URL": ""})
