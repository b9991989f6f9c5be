"""An import and a sign-up of the same person: one waits for the other, never both."""

import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import db, transaction
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.imports import jobs, operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.queries import hold
from mailer.subscriptions.states import State

ADDRESS = "zoe@exemple.fr"


def work(app):
    with app.app_context():
        jobs.run()
        db.session.remove()


def test_an_import_does_not_take_the_turn_and_then_wait_for_a_person(app, desk):
    with transaction():
        other = subscriptions.create_list(ListData("Autre", "x", "y"), "account:1").id
        shown = Evidence(Method.WEB_FORM, now())
        subscriptions.request(addresses.parse(ADDRESS), [other], shown, "fr", now())
    import_id = desk.reads(f"email\n{ADDRESS}\n")
    with transaction():
        operations.approve(import_id, "account:1", now())

    with ThreadPoolExecutor() as pool, transaction():
        hold(Subscriber.address == ADDRESS)
        worker = pool.submit(work, app)
        time.sleep(1)
        who = addresses.fingerprint(addresses.parse(ADDRESS), app.config["FINGERPRINT_KEY"])
        consent.record(who, "list:autre", Kind.CONFIRMATION_SENT, Evidence(Method.JOB, now()))
    worker.result()

    assert db.session.scalars(select(Subscription.state).order_by(Subscription.id)).all() == [
        State.PENDING,
        State.ACTIVE,
    ]
