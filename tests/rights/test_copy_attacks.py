"""Somebody holds a link, a token or guesses a code: Léa's copy opens from her mailbox alone."""

from datetime import timedelta

import pytest
from rights.attacks import AT, DOOR, LEA, MALLORY, confirm, copy_of, found, grant, last_code, mails

from mailer.db import transaction
from mailer.rights import operations
from mailer.rights.states import Event
from mailer.tokens import (
    RIGHTS_COPY,
    RIGHTS_IDENTITY,
    RIGHTS_MAILBOX,
    RIGHTS_OPENED,
    RIGHTS_REGISTERED,
    RIGHTS_STATUS,
)

pytestmark = pytest.mark.usefixtures("nothing_leaves")


@pytest.mark.parametrize(
    "path", ["confirmation", "suivi", "piece", "copie", "suivi/tout.zip", "suivi/lettres/1"]
)
def test_a_token_of_another_purpose_or_a_forged_one_opens_nothing(asked, visitor, path):
    case_id = asked("access")
    purposes = {
        *(RIGHTS_MAILBOX, RIGHTS_STATUS, RIGHTS_IDENTITY, RIGHTS_COPY, RIGHTS_OPENED),
        RIGHTS_REGISTERED,
    }
    own = {
        "confirmation": RIGHTS_MAILBOX,
        "suivi": RIGHTS_STATUS,
        "piece": RIGHTS_IDENTITY,
        "copie": RIGHTS_COPY,
    }[path.partition("/")[0]]
    true = own.sign(case_id)
    forged = [f"{true[:-2]}AA", own.sign(case_id + 1).rpartition(".")[0] + "." + true[-43:]]
    for token in [*(each.sign(case_id) for each in purposes - {own}), *forged]:
        answer = visitor.get(f"/droits/{token}/{path}")
        assert answer.status_code in {404, 410, 422}
        assert LEA not in answer.text


def test_the_reference_of_leas_case_has_a_link_sent_to_lea_alone(asked, visitor):
    case_id = asked("access")
    with transaction():
        operations.close(found(case_id), Event.WITHDRAW, "Par lettre.", "account:1", AT)
    visitor.submit("/droits/suivi", reference=found(case_id).reference, address=MALLORY)
    assert {mail.recipient for mail in mails()} == {LEA}


def test_a_code_is_not_guessed_by_asking_for_more_of_them(asked, visitor, monday):
    case_id = asked("access")
    confirm(visitor, case_id)
    grant(case_id)
    tried = 0
    for _hour in range(24):
        visitor.submit(f"{copy_of(case_id)}/code")
        while "Ce n’est pas ce code" in visitor.submit(copy_of(case_id), code="00000000").text:
            tried += 1
        monday.shift(timedelta(hours=1))
    assert 0 < tried <= 25
    assert found(case_id).handovers[0].openings == 0


def test_a_code_serves_once_and_an_older_one_never_again(asked, visitor, monday):
    case_id = asked("access")
    confirm(visitor, case_id)
    grant(case_id)
    visitor.submit(f"{copy_of(case_id)}/code")
    first = last_code()
    opened = visitor.submit(copy_of(case_id), code=first).location
    assert visitor.submit(copy_of(case_id), code=first).status_code == 422
    monday.shift(timedelta(days=1))
    visitor.submit(f"{copy_of(case_id)}/code")
    assert visitor.submit(copy_of(case_id), code=last_code()).status_code == 303
    # What the first opening showed is closed by the second.
    assert visitor.get(opened).status_code == 410


def test_the_mail_about_an_opening_tells_lea_that_it_happened(asked, visitor):
    case_id = asked("access")
    confirm(visitor, case_id)
    grant(case_id)
    visitor.submit(f"{copy_of(case_id)}/code")
    visitor.submit(copy_of(case_id), code=last_code())
    assert (mails()[-1].recipient, "a été ouverte" in mails()[-1].subject) == (LEA, True)


def test_the_reading_of_mails_finds_a_door_and_lets_a_papers_pass(asked):
    asked("access")
    token = "MQ.awQAkA.XqU_HCN7yLzh0LVxufsQCh9m6xC"
    assert DOOR.search(f"https://exemple.fr/droits/{token}/copie")
    assert not DOOR.search(f"https://exemple.fr/droits/{token}/piece")
