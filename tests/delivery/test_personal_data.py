from delivery.looks import states

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import jobs
from mailer.rights import copies, erasure

FIRST = "fingerprint of p1@exemple.fr"


def erase():
    with transaction():
        erasure.erase(FIRST, now())


def letters():
    held = [section for section in copies.of(FIRST) if section.table == "delivery"]
    return [row for section in held for row in section.rows]


def test_a_person_is_told_every_letter_that_was_sent_to_them(subscribe, send):
    subscribe(2)
    send()
    (told,) = letters()
    assert (told["campaign_id"], told["state"]) == ("Le phare rouvre", "sent")


def test_an_erased_person_is_told_nothing_and_still_counts(subscribe, send):
    subscribe(2)
    campaign_id = send()
    erase()
    assert letters() == []
    assert states(campaign_id) == {"sent": 2}


def test_what_had_not_left_for_an_erased_person_stays(subscribe, begin, relay):
    subscribe(2)
    campaign_id = begin()
    erase()
    jobs.send_batches()
    assert states(campaign_id) == {"sent": 1, "withheld": 1}
