"""Somebody wants what we hold of Léa: whichever door they try, nothing leaves her mailbox.

After each attack every mail of the database is read: what went elsewhere tells nothing and opens
nothing, and Léa was told.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rights.attacks import (
    AT,
    LEA,
    MALLORY,
    confirm,
    copy_of,
    found,
    grant,
    mails,
    refusal,
    refused,
)

from mailer import addresses
from mailer.consent.evidence import Evidence, Method
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.rights import answering, asking, handover, merging, operations
from mailer.rights.asking import Question
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.rights.requesters import Requester
from mailer.rights.states import Refused
from mailer.subscriptions import address_changes
from mailer.subscriptions.models import AddressChange, Subscriber
from mailer.tokens import CHANGE_ADDRESS

pytestmark = pytest.mark.usefixtures("nothing_leaves")


@pytest.fixture
def typed_in(subscriber):
    """`typed_in(requester=…)`: a letter about Léa, typed in by the officer; its number."""

    def receive(**more):
        lea = addresses.parse(LEA)
        intake = Intake(
            address=lea,
            fingerprint=fingerprint_of(lea),
            rights=(Right.ACCESS,),
            verbatim="Répondez-moi à mallory@ailleurs.fr, j’ai changé de boîte.",
            channel=Channel.POST,
            received_on=date(2026, 11, 22),
            language="fr",
            calendar="metropole",
        )
        with transaction():
            return operations.receive(replace(intake, **more), "account:1", AT).id

    return receive


def test_a_request_in_the_name_of_lea_waits_for_leas_own_button(asked):
    assert refused(asked("access", message="Envoyez tout à mallory@ailleurs.fr")) == (
        "not_identified"
    )


def test_no_way_around_the_proof_of_the_mailbox_is_left_by_any_state(asked):
    case_id = asked("access", "portability")
    with transaction():
        operations.assign(found(case_id), "account:1", AT)
    assert refused(case_id) == "not_identified"
    with transaction():
        answering.decide(found(case_id), refusal(case_id), "account:1", AT)
        answering.give_back(found(case_id), "À revoir.", "account:1", AT)
    assert refused(case_id) == "not_identified"


def test_a_proven_case_of_another_mailbox_neither_takes_over_nor_lends_its_proof(asked, visitor):
    leas, mallorys = asked("access"), asked("access", address=MALLORY)
    confirm(visitor, mallorys)
    for one, into in ((leas, mallorys), (mallorys, leas)):
        with pytest.raises(Refused, match="other_mailbox"), transaction():
            merging.merge(found(one), found(into), "Même demande.", "account:1", AT)
    assert refused(leas) == "not_identified"


def test_a_duplicate_closed_in_favour_of_a_proven_one_lends_it_nothing_either(asked, visitor):
    proven, other = asked("access"), asked("portability")
    confirm(visitor, proven)
    with transaction():
        merging.merge(found(proven), found(other), "Même demande.", "account:1", AT)
    assert refused(other) == "not_identified"


def test_of_two_cases_for_one_mailbox_only_the_confirmed_one_gives(asked, visitor):
    confirmed, other = asked("access"), asked("access")
    confirm(visitor, confirmed)
    grant(confirmed)
    assert refused(other) == "not_identified"
    assert found(other).handovers == []


def test_a_letter_that_names_another_mailbox_is_answered_to_the_one_on_file(typed_in, visitor):
    case_id = typed_in(contact=MALLORY)
    assert refused(case_id) == "not_identified"
    confirm(visitor, case_id)
    grant(case_id)
    assert [row.address for row in found(case_id).handovers] == [LEA]


@pytest.mark.parametrize("title", [Requester.MANDATE, Requester.PARENT, Requester.HEIR])
def test_who_asks_for_somebody_else_shows_a_paper_first(typed_in, visitor, title):
    case_id = typed_in(requester=title, representative="Mallory", contact=MALLORY)
    assert refused(case_id) == "not_identified"
    confirm(visitor, case_id)
    assert refused(case_id) == "not_identified"


@pytest.mark.parametrize("title", ["mandate", "parent", "heir"])
def test_nor_does_the_form_believe_who_says_so(asked, visitor, title):
    who = {"requester": title, "representative": "Mallory", "contact": MALLORY}
    case_id = asked("access", **who)
    assert (found(case_id).requester, found(case_id).contact) == (title, MALLORY)
    confirm(visitor, case_id)
    assert refused(case_id) == "not_identified"


def test_a_representative_who_was_refused_learns_nothing_of_what_is_held(asked):
    case_id = asked("access", requester="mandate", representative="Mallory", contact=MALLORY)
    grant_nothing = refusal(case_id)
    with transaction():
        answering.answer(found(case_id), grant_nothing, "account:1", AT)
    assert any(mail.recipient == MALLORY for mail in mails())


def test_a_paper_that_was_verified_still_has_the_copy_leave_to_leas_mailbox(typed_in):
    case_id = typed_in(requester=Requester.MANDATE, representative="Mallory", contact=MALLORY)
    with transaction():
        question = Question(Level.DOCUMENT, "Aucun mandat joint.")
        asking.ask(found(case_id), question, "account:1", AT)
    with transaction():
        asking.confirm(found(case_id), "Deux faits cités.", "account:2", AT)
    grant(case_id)
    assert [row.address for row in found(case_id).handovers] == [LEA]


def test_a_mailbox_that_was_moved_lately_opens_nothing_for_three_days(
    asked, visitor, monday, subscriber
):
    """Mallory read Léa's mailbox for a moment, moved her letters, and asks for a copy."""
    move_to_mallory()
    case_id = asked("access", address=MALLORY)
    confirm(visitor, case_id)
    grant(case_id)
    sent = len(mails())
    monday.shift(timedelta(hours=71))
    visitor.submit(f"{copy_of(case_id)}/code")
    assert visitor.submit(copy_of(case_id), code="00000000").status_code == 422
    assert [mail.recipient for mail in mails()[sent:]] == []


def move_to_mallory():
    with transaction():
        person = db.session.scalars(db.select(Subscriber)).one()
        address_changes.ask(person, addresses.parse(MALLORY), AT)
    change = db.session.scalars(db.select(AddressChange)).one()
    for side in ("old", "new"):
        with transaction():
            token = CHANGE_ADDRESS.sign([change.id, side])
            address_changes.agree(token, Evidence(Method.PREFERENCE_PAGE, AT), AT)


def test_a_change_that_only_the_new_mailbox_wants_moves_nothing(asked, visitor):
    with transaction():
        person = db.session.scalars(db.select(Subscriber)).one()
        address_changes.ask(person, addresses.parse(MALLORY), AT)
    change = db.session.scalars(db.select(AddressChange)).one()
    with transaction():
        token = CHANGE_ADDRESS.sign([change.id, "new"])
        address_changes.agree(token, Evidence(Method.PREFERENCE_PAGE, AT), AT)
    case_id = asked("access", address=MALLORY)
    confirm(visitor, case_id)
    grant(case_id)
    files = [text for row in found(case_id).handovers for text in handover.files(row).values()]
    assert [text for text in files if LEA in text] == []
