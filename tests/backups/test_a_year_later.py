"""A backup that is a year old, kept where backups are not let go of, still brings nobody back."""

from datetime import timedelta

import time_machine
from backups.remains import bytes_of_the_file, rows_with
from rights.everywhere import AT, seed
from sqlalchemy import select

from mailer import rulebook
from mailer.clock import now
from mailer.consent import jobs as consent
from mailer.db import db, transaction
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.rights import erasure, jobs
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State

ZOE = "z" * 64


def taken(readers, backup):
    """The backup of an office amid a campaign, and the subscription of somebody who will leave."""
    with transaction():
        seed(ZOE, "zoe.phare@exemple.fr")
        db.session.scalars(select(Campaign)).one().state = CampaignState.RUNNING
    return readers("lea"), backup()


def pass_on(number):
    """What happens in an office meanwhile."""
    with transaction():
        erasure.erase(ZOE, now())
        subscriptions.end(number, "", now())
    jobs.write_erasures()
    consent.write_withdrawals()
    consent.anchor()


def test_a_backup_of_last_year_brings_nobody_back_and_sends_nothing(readers, backup, mailer):
    with time_machine.travel(AT):
        number, folder = taken(readers, backup)
    with time_machine.travel(AT + timedelta(days=100)):
        pass_on(number)
    with time_machine.travel(AT + timedelta(days=365)):
        jobs.write_erasures()
        refused = mailer("restore", folder)
        said = mailer("restore", folder, "--accept-loss")
        verified = mailer("ledger", "verify")

    assert (refused.exit_code, "would be lost" in refused.output) == (1, True)
    assert (said.exit_code, "1 persons erased again, 1 had left since" in said.output) == (0, True)
    assert (verified.exit_code, "whole" in verified.output) == (0, True)
    assert (rows_with("zoe.phare"), "zoe.phare" in bytes_of_the_file()) == (set(), False)
    assert db.session.get_one(Subscription, number).state == State.ENDED
    assert db.session.scalars(select(Campaign.state)).all() == [CampaignState.PAUSED]


def test_the_journals_remember_longer_than_any_backup_may_be_kept():
    kept = timedelta(days=rulebook.load().figures.backup_days.value)
    assert jobs._before_the_table(AT) < AT - kept
