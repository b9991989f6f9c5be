"""An incident is opened, described, notified and closed; what may not be is refused."""

from datetime import timedelta

import pytest
from breaches.files import AWARE, OFFICER, description

from mailer.audit.queries import history_of
from mailer.breaches import operations, queries
from mailer.breaches.duties import Duty, Refusal, Refused, Undone
from mailer.breaches.kinds import Exemption, Phase, Risk
from mailer.breaches.operations import Filing, Opening
from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Invalid

IN_TIME = AWARE + timedelta(hours=1)
AFTER = timedelta(hours=73)


def notified(reference, phase=Phase.WHOLE, at=IN_TIME, reasons=""):
    with transaction():
        filing = Filing(phase, at, "CNIL-1", reasons)
        operations.notify(queries.held(reference), filing, OFFICER, now())


def closed(reference):
    with transaction():
        operations.close(queries.held(reference), "Revoir les droits.", OFFICER, now())


def test_references_follow_each_other_and_hold_nothing_personal(app):
    with transaction():
        made = [operations.begin(Opening(AWARE, "…"), OFFICER, now()).reference for _ in range(2)]
    assert made == ["VD-2026-0001", "VD-2026-0002"]


def test_a_number_that_was_not_committed_leaves_no_gap(app, opened):
    operations.begin(Opening(AWARE, "…"), OFFICER, now())
    db.session.rollback()
    with transaction():
        assert operations.begin(Opening(AWARE, "…"), OFFICER, now()).reference == "VD-2026-0002"


def test_an_incident_is_not_known_in_the_future(app):
    with pytest.raises(Invalid), transaction():
        operations.begin(Opening(now() + timedelta(minutes=1), "…"), OFFICER, now())


def test_a_notification_stops_the_clock(opened, breach):
    assert queries.is_counting(breach(opened))
    notified(opened)
    assert not queries.is_counting(breach(opened))


def test_a_late_notification_wants_its_reasons(opened, friday, breach):
    friday.shift(AFTER)
    with pytest.raises(Refused) as refused:
        notified(opened, at=AWARE + AFTER)
    assert refused.value.why == Refusal.NO_DELAY_REASONS
    notified(opened, at=AWARE + AFTER, reasons="L’enquête a duré.")
    assert breach(opened).notifications[0].delay_reasons == "L’enquête a duré."


def test_a_notification_noted_late_but_made_in_time_wants_none(opened, friday, breach):
    friday.shift(AFTER)
    notified(opened, at=AWARE + timedelta(hours=72))
    assert breach(opened).phases == (Phase.WHOLE,)


@pytest.mark.parametrize("passed", [timedelta(minutes=-1), timedelta(hours=2)])
def test_the_authority_is_told_after_it_was_known_and_not_in_the_future(opened, passed):
    with pytest.raises(Refused) as refused:
        notified(opened, at=AWARE + passed)
    assert refused.value.why == Refusal.NOT_YET_KNOWN


def test_notifications_come_in_phases(opened, breach):
    with pytest.raises(Refused):
        notified(opened, Phase.COMPLEMENT)
    notified(opened, Phase.INITIAL)
    with pytest.raises(Refused):
        notified(opened, Phase.WHOLE)
    notified(opened, Phase.COMPLEMENT)
    assert breach(opened).phases == (Phase.INITIAL, Phase.COMPLEMENT)


def test_a_file_with_duties_left_stays_open_and_says_which(described, breach):
    with pytest.raises(Undone) as undone:
        closed(described)
    assert undone.value.duties == (Duty.NOTIFY, Duty.TELL)
    assert breach(described).closed_at is None


def test_an_exemption_stands_for_telling_the_persons(described, breach):
    notified(described)
    with transaction():
        found = queries.held(described)
        operations.exempt(found, Exemption.UNINTELLIGIBLE, "Le fichier était chiffré.", OFFICER)
    closed(described)
    assert breach(described).closing_words == "Revoir les droits."


def test_an_exemption_without_what_shows_it_is_refused(described):
    with pytest.raises(Invalid), transaction():
        operations.exempt(queries.held(described), Exemption.MITIGATED, "", OFFICER)


def test_an_incident_without_risk_is_closed_without_the_authority_and_stays_registered(opened):
    with transaction():
        said = description(risk=Risk.NONE, risk_reason="Le fichier était vide.")
        operations.describe(queries.held(opened), said, OFFICER)
    closed(opened)
    assert [each.reference for each in queries.register()] == [opened]


def test_a_closed_file_changes_no_more(described):
    notified(described)
    with transaction():
        operations.exempt(queries.held(described), Exemption.MITIGATED, "Comptes fermés.", OFFICER)
    closed(described)
    for change in (
        lambda found: operations.describe(found, description(), OFFICER),
        lambda found: operations.exempt(found, Exemption.MITIGATED, "…", OFFICER),
        lambda found: operations.close(found, "", OFFICER, now()),
    ):
        with pytest.raises(Refused) as refused, transaction():
            change(queries.held(described))
        assert refused.value.why == Refusal.IS_CLOSED


def test_every_act_is_in_the_record(described, breach):
    notified(described)
    history = history_of(operations.subject(breach(described)))
    assert [entry.verb for entry in history] == ["open", "describe", "notify"]
