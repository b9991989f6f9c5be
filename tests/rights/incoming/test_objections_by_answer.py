"""An answer to a letter that asks for no more is a draft of the officer's, once."""

import pytest
from bounces.mails import PERSON, answer

from mailer.bounces import incoming
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.imap import Arrived
from mailer.rights.incoming import jobs
from mailer.rights.incoming.states import State


@pytest.fixture
def come_back(app):
    """`come_back(answer(…))`: the mail came back to us and was taken in."""

    def take(content):
        with transaction():
            incoming.take(Arrived(1, now(), len(content), content), now())

    return take


def test_it_waits_with_the_objection_that_it_seems_to_be(come_back, mails):
    come_back(answer("Merci de me désabonner."))
    jobs.take_in_objections()
    (draft,) = mails()
    assert (draft.sender, draft.state, draft.mailbox) == (PERSON, State.WAITING, "retours")
    assert "objection" in draft.suggested


def test_it_is_taken_over_once(come_back, mails):
    come_back(answer("STOP"))
    for _ in range(2):
        jobs.take_in_objections()
    assert len(mails()) == 1


def test_any_other_answer_is_no_business_of_the_officer(come_back, mails):
    come_back(answer("À samedi !"))
    jobs.take_in_objections()
    assert mails() == []


def test_a_job_that_breaks_off_leaves_it_for_the_next(come_back, mails, monkeypatch):
    come_back(answer("STOP"))
    with monkeypatch.context() as broken:
        broken.setattr(db.session, "commit", _fail)
        with pytest.raises(RuntimeError):
            jobs.take_in_objections()
    assert mails() == []
    jobs.take_in_objections()
    assert len(mails()) == 1


def _fail():
    raise RuntimeError("the power failed")
