"""A letter's results beside those of the letters before it, drawn and to take away."""

import csv
import io

from delivery.pressing import press, words, work_after
from sqlalchemy import select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import db, transaction
from mailer.delivery import comparisons, pace
from mailer.delivery.comparisons import Result
from mailer.delivery.models import Delivery
from mailer.delivery.reports import Counts
from mailer.delivery.states import DeliveryState
from mailer.mail.outcome import Kind as Answer
from mailer.mail.outcome import Outcome, Stage
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscription

REFUSED = Outcome(Answer.REJECTED, "5.1.1", "no", Stage.RCPT)


def test_a_rate_is_of_what_came_or_came_back():
    counts = Counts({DeliveryState.SENT: 990, DeliveryState.FAILED: 10}, {})
    result = Result(1, "Le phare", "L’Estran", now(), counts, 5, 0)
    assert result.per_thousand(result.departures) == 5.0
    assert Result(1, "", "", now(), Counts({}, {}), 0, 0).per_thousand(3) == 0.0


def test_a_letter_stands_beside_those_before_it(desk, write, subscribe, relay):
    subscribe(4)
    press(desk, write("Un"))
    work_after(pace.HOLD)
    relay.answers = {"p1@exemple.fr": REFUSED}
    place = press(desk, write("Deux")).location
    work_after(pace.HOLD)

    said = words(desk.get(place))

    assert "À côté de vos lettres d’avant" in said
    assert "250 non remises (d’ordinaire 0)" in said
    first = words(desk.get("/bureau/envois/1"))
    assert "C’est la première lettre à cette liste" in first


def test_a_complaint_counts_once_and_not_as_a_departure(subscribe, send):
    subscribe(2)
    campaign_id = send()
    left, complained = db.session.scalars(select(Delivery.id).order_by(Delivery.id)).all()
    lines = db.session.scalars(select(Subscription).order_by(Subscription.id)).all()
    with transaction():
        subscriptions.end(lines[0].id, f"delivery:{left}", now())
        proof = Evidence(Method.FEEDBACK_LOOP, now(), origin=f"delivery:{complained}")
        who = lines[1].subscriber.fingerprint
        consent.record(who, "list:estran", Kind.COMPLAINED, proof)
        subscriptions.end(lines[1].id, f"delivery:{complained}", now())

    assert comparisons.endings([campaign_id]) == {campaign_id: (1, 1)}


def test_the_results_are_taken_away_without_a_person_in_them(desk, letter, subscribe, relay):
    subscribe(2)
    relay.answers = {"p1@exemple.fr": REFUSED}
    press(desk, letter)
    work_after(pace.HOLD)

    answer = desk.get("/bureau/envois/resultats.csv")

    heading, row = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert dict(zip(heading, row, strict=True))["Non remis"] == "1"
    assert "@" not in answer.text
    assert "envois.csv" in answer.headers["Content-Disposition"]
