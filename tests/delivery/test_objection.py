"""A letter that arrives at the officer while a campaign is on its way."""

from mailer import addresses
from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.delivery import jobs
from mailer.rights import operations
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake

OBJECTOR = "p2@exemple.fr"


def object_to_all():
    asked = Intake(
        address=addresses.parse(OBJECTOR),
        fingerprint=f"fingerprint of {OBJECTOR}",
        rights=(Right.OBJECTION,),
        verbatim="Ne m’écrivez plus.",
        channel=Channel.POST,
        received_on=paris_day(now()),
        language="fr",
        calendar="metropole",
    )
    with transaction():
        operations.receive(asked, "account:1", now())


def test_no_mail_leaves_for_who_objects_while_the_campaign_is_being_sent(subscribe, begin, relay):
    subscribe(3)
    begin()
    object_to_all()
    jobs.send_batches()
    assert sorted(each.recipient for each in relay.taken) == ["p1@exemple.fr", "p3@exemple.fr"]


def test_no_mail_is_promised_to_who_objected_before_the_hold_was_over(
    subscribe, scheduled, send, relay
):
    subscribe(3)
    object_to_all()
    send()
    assert OBJECTOR not in {each.recipient for each in relay.taken}
    assert len(relay.taken) == 2
