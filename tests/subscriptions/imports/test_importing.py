import pytest
from sqlalchemy import func, select

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.db import db, transaction
from mailer.delivery import audience
from mailer.mail.models import OutboxMessage
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.imports import queries, rejects, storage
from mailer.subscriptions.imports.faults import Fault, Flaw
from mailer.subscriptions.imports.models import ImportRow
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State

ZOE = "zoe@exemple.fr"
REMI = "remi@exemple.fr"
NO_PROOF = Origin("", None, None, "Camille Morin")


def fingerprint(app, address):
    return addresses.fingerprint(addresses.parse(address), app.config["FINGERPRINT_KEY"])


def events(kind):
    return db.session.scalars(select(ConsentEvent).where(ConsentEvent.kind == kind)).all()


def test_nothing_is_written_before_the_last_button(desk, people):
    row = queries.find(desk.reads(f"email\n{ZOE}\n"))

    assert (row.stage, row.counts) == (Stage.READ, {"new": 1, "lines": 1})
    assert people() == {}
    assert db.session.scalar(select(func.count()).select_from(ConsentEvent)) == 0


def test_a_proven_row_becomes_an_active_subscription_with_its_proof(desk, people, notice):
    row = queries.find(desk.imports(f"email;langue\n{ZOE};en\n"))

    assert people() == {ZOE: State.ACTIVE}
    (event,) = events(Kind.IMPORTED)
    assert (event.method, event.origin, event.notice_sha256) == (Method.IMPORT, row.origin, notice)
    assert (event.actor, event.locale, event.purpose) == (row.actor, "en", "list:la-lettre")
    assert event.occurred_at.date() == row.collected_on


def test_the_subscription_points_at_its_proof_and_dates_from_the_yes(desk):
    desk.imports(f"email\n{ZOE}\n")

    line = db.session.scalars(select(Subscription)).one()
    event = db.session.get_one(ConsentEvent, line.consent_id)
    assert line.confirmed_at == event.occurred_at < event.recorded_at


@pytest.mark.parametrize("lacking", ["source", "collected_on", "notice_sha256", "answerable"])
def test_without_one_piece_of_the_proof_a_row_is_kept_apart(desk, proof, people, lacking):
    values = vars(proof) | {lacking: None if lacking in {"collected_on", "notice_sha256"} else ""}

    desk.imports(f"email\n{ZOE}\n", Origin(**values))

    assert people() == {ZOE: State.UNPROVEN}
    assert events(Kind.IMPORTED) == []


def test_who_is_unproven_is_in_no_audience(desk, letter):
    desk.imports(f"email\n{ZOE}\n", NO_PROOF)

    assert audience.size(letter, now()).people == 0
    assert db.session.scalars(audience.members(letter, now())).all() == []


def test_somebody_who_receives_the_list_already_is_left_as_they_are(desk):
    desk.imports(f"email\n{ZOE}\n")
    before = db.session.scalars(select(Subscription.consent_id)).one()

    row = queries.find(desk.imports(f"email\nZOE@exemple.fr\n{REMI}\n"))

    assert row.taken == {"known": 1, "new": 1}
    kept = select(Subscription.consent_id).join(Subscriber).where(Subscriber.address == ZOE)
    assert db.session.scalars(kept).one() == before


@pytest.mark.parametrize(
    "variant", ["ZOE@EXEMPLE.FR", " zoe@exemple.fr", "Zoe@Exemple.fr", "<zoe@exemple.fr>"]
)
def test_a_suppressed_address_never_comes_back(app, desk, people, variant):
    with transaction():
        consent.suppress(fingerprint(app, ZOE), Reason.OBJECTION, now(), "case:1")

    row = queries.find(desk.imports(f"email\n{variant}\n"))

    assert (row.taken, people()) == ({"suppressed": 1}, {})
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


@pytest.mark.parametrize(
    "variant", ["zoe@été.fr", "ZOE@ÉTÉ.FR", "zoe@e\u0301te\u0301.fr", "zoe@xn--t-9fab.fr"]
)
def test_nor_does_the_same_address_in_another_form_of_unicode(app, desk, people, variant):
    with transaction():
        consent.suppress(fingerprint(app, "zoe@été.fr"), Reason.OBJECTION, now(), "case:1")

    row = queries.find(desk.imports(f"email\n{variant}\n"))

    assert (row.taken, people()) == ({"suppressed": 1}, {})


def test_nor_does_one_that_objected_under_an_older_pepper(app, desk, people):
    with transaction():
        consent.suppress(fingerprint(app, ZOE), Reason.OBJECTION, now(), "case:1")
    app.config["FINGERPRINT_KEYS_OLD"] = [app.config["FINGERPRINT_KEY"]]
    app.config["FINGERPRINT_KEY"] = "a newer one"

    row = queries.find(desk.imports("email\nZOE@exemple.fr\n"))

    assert (row.taken, people()) == ({"suppressed": 1}, {})


def test_somebody_erased_on_request_needs_to_say_yes_anew(app, desk, people):
    with transaction():
        evidence = Evidence(Method.RIGHTS_REQUEST, now())
        consent.record(fingerprint(app, ZOE), "list:*", Kind.ERASED, evidence, "staff")

    for origin in (None, NO_PROOF):
        row = queries.find(desk.imports(f"email\nZoe@exemple.fr\n{REMI}\n", origin))
        assert row.taken["erased"] == 1
    assert list(people()) == [REMI]


def test_who_left_the_list_is_not_brought_back_by_a_file(app, desk, people):
    desk.imports(f"email\n{ZOE}\n")
    with transaction():
        subscriptions.end_all(fingerprint(app, ZOE), "case:1", now())

    row = queries.find(desk.imports(f"email\n{ZOE}\n"))

    assert (row.taken, people()) == ({"left": 1}, {ZOE: State.ENDED})


def test_who_left_the_other_program_is_not_taken(desk, people):
    file = "email,statut\nzoe@exemple.fr,désabonné\nremi@exemple.fr,abonné\n"

    row = queries.find(desk.imports(file))

    assert (row.taken, people()) == ({"elsewhere": 1, "new": 1}, {REMI: State.ACTIVE})


def test_an_objection_to_the_other_program_holds_here_too(app, desk, people):
    file = "uuid,email,name,attributes,status\n1,zoe@exemple.fr,Zoé,{},blocklisted\n"

    row = queries.find(desk.imports(file))

    assert (row.taken, people()) == ({"objected": 1}, {})
    assert db.session.scalars(select(Suppression.fingerprint)).all() == [fingerprint(app, ZOE)]


def test_a_yes_said_here_outweighs_a_no_said_there(desk, people):
    desk.imports(f"email\n{ZOE}\n")

    desk.imports("uuid,email,name,attributes,status\n1,zoe@exemple.fr,Zoé,{},blocklisted\n")

    assert people() == {ZOE: State.ACTIVE}
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 0


def test_a_person_on_two_rows_is_taken_once_as_the_last_row_says(desk, people):
    file = f"email,statut\n{ZOE},abonné\nZOE@exemple.fr,désabonné\n{REMI},abonné\n{REMI},abonné\n"

    row = queries.find(desk.reads(file))

    assert row.counts == {"lines": 4, "twice": 2, "elsewhere": 1, "new": 1}


def test_an_objection_between_the_count_and_the_button_is_heard(app, desk, people):
    import_id = desk.reads(f"email\n{ZOE}\n")
    with transaction():
        consent.suppress(fingerprint(app, ZOE), Reason.OBJECTION, now(), "case:1")

    desk.approves(import_id)

    row = queries.find(import_id)
    assert (row.counts["new"], row.taken, people()) == (1, {"suppressed": 1}, {})


def test_the_rows_set_aside_are_kept_in_the_order_of_the_file(desk):
    import_id = desk.reads("email\nzoe.exemple.fr\n\n=1+1@\n")

    assert list(rejects.read(import_id)) == [
        Fault(2, Flaw.NO_AT, "zoe.exemple.fr"),
        Fault(4, Flaw.NO_DOT, "=1+1@"),
    ]
    assert queries.find(import_id).counts == {"lines": 2, "faulty": 2}


def test_when_it_is_over_nothing_of_the_file_waits_any_more(desk):
    import_id = desk.imports(f"email\n{ZOE}\n")

    assert not storage.table(import_id).exists()
    assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 0


def test_the_files_are_closed_to_others(desk):
    import_id = desk.reads("email\nzoe\n")

    found = {storage.folder(), storage.table(import_id), storage.rejects(import_id)}
    assert {path.stat().st_mode & 0o077 for path in found} == {0}
