"""What a person carries elsewhere (GDPR art. 20): a published form, and lists that open it."""

import csv
import io
import json

import pytest
from flask_babel import force_locale
from rights import schemas
from rights.everywhere import AT, seed

from mailer import addresses, links
from mailer.clock import now
from mailer.consent.bases import LawfulBasis
from mailer.db import db, transaction
from mailer.rights import copies, portable, portable_schema
from mailer.subscriptions.models import MailingList, State, Subscriber, Subscription

LEA = "lea@exemple.fr"


@pytest.fixture(autouse=True)
def french(app):
    with force_locale("fr"):
        yield


@pytest.fixture
def everywhere(app):
    """Somebody with a row in every table."""
    fingerprint = addresses.fingerprint(addresses.parse(LEA), app.config["FINGERPRINT_KEY"])
    with transaction():
        seed(fingerprint, LEA)
    return fingerprint


@pytest.fixture
def published(visitor):
    """The schema, as anybody reads it."""
    answer = visitor.get(links.portability_schema().removeprefix(links.absolute("")))
    assert answer.mimetype == "application/json"
    return answer.json


def provided(fingerprint):
    return portable.provided(copies.of(fingerprint))


def test_the_published_schema_is_what_the_columns_declare(published):
    # When a column came or went: json.dumps(portable_schema.schema(), indent=1) and a line end.
    assert published == portable_schema.schema()


def test_an_export_says_its_schema_and_keeps_to_it(everywhere, published):
    told = json.loads(portable.as_json(provided(everywhere), AT))
    assert told["$schema"] == links.portability_schema()
    assert {"subscriber", "subscription", "preference_change", "hit"} <= told["tables"].keys()
    assert list(schemas.faults(told, published)) == []


def test_the_check_of_the_schema_finds_what_is_wrong(everywhere, published):
    told = json.loads(portable.as_json(provided(everywhere), AT))
    told["version"], told["more"] = 2, 1
    told["tables"]["subscriber"][0] |= {"language": 3, "created_at": "hier"}
    assert len(list(schemas.faults(told, published))) == 4


def test_what_we_wrote_ourselves_is_not_carried_elsewhere(everywhere):
    tables = {section.table for section in provided(everywhere)}
    assert tables.isdisjoint({"consent_event", "suppression", "rights_request", "outbox_message"})


def test_the_csv_holds_every_value_of_the_json(everywhere):
    sections = provided(everywhere)
    lines = list(csv.DictReader(io.StringIO(portable.as_csv(sections).removeprefix("\ufeff"))))
    told = json.loads(portable.as_json(sections, AT))["tables"]
    values = sum(len(row) for rows in told.values() for row in rows)
    assert len(lines) == values
    (address,) = (
        line for line in lines if (line["table"], line["column"]) == ("subscriber", "address")
    )
    assert (address["title"], address["value"]) == ("Adresse", LEA)


def test_a_list_whose_basis_does_not_open_it_stays_out(subscriber):
    with transaction():
        alert = MailingList(slug="alertes", name="Alertes", description="…", frequency="…")
        alert.basis = LawfulBasis.PUBLIC_INTEREST
        db.session.add(alert)
        db.session.flush()
        person = db.session.scalars(db.select(Subscriber)).one()
        first = db.session.scalars(db.select(Subscription)).one()
        db.session.add(
            Subscription(
                list_id=alert.id,
                subscriber_id=person.id,
                state=State.ACTIVE,
                consent_id=first.consent_id,
                requested_at=now(),
                confirmed_at=now(),
            )
        )
    whole = {section.table: section.rows for section in copies.of(subscriber.fingerprint)}
    assert {row["list_id"] for row in whole["subscription"]} == {"La lettre", "Alertes"}
    carried = {section.table: section.rows for section in provided(subscriber.fingerprint)}
    assert {row["list_id"] for row in carried["subscription"]} == {"La lettre"}


def test_nothing_is_carried_of_a_stranger(app):
    assert json.loads(portable.as_json(provided("0" * 64), AT))["tables"] == {}
