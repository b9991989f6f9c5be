"""Which relay carries a mail."""

from collections import Counter
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from mailer.mail.relays import Relay
from mailer.mail.routing import Router, grouped, turns

OURS, ORANGE, FREE = "exemple.fr", "orange.fr", "free.fr"


def relay(name, weight=1, **lists):
    return Relay(name=name, host="relais.exemple.fr", port=25, weight=weight, **lists)


ANY, SPARE = relay("any"), relay("spare")
FOR_ORANGE = relay("for-orange", recipients=(ORANGE,))
FOR_US = relay("for-us", senders=(OURS,))
FOR_OTHERS = relay("for-others", senders=("autre.exemple",))
ALL = (ANY, FOR_OTHERS, FOR_US, FOR_ORANGE)


def chosen(room, recipient=ORANGE, relays=ALL):
    found = Router(relays).choose(OURS, recipient, room)
    return found and found.name


def up(*relays):
    return {each.name: None for each in relays}


def test_a_relay_that_names_the_recipients_domain_comes_first():
    assert chosen(up(*ALL)) == "for-orange"


def test_then_one_that_names_the_senders_domain():
    assert chosen(up(*ALL), FREE) == "for-us"


def test_then_one_that_takes_everything():
    assert chosen(up(ANY, FOR_OTHERS, FOR_ORANGE), FREE) == "any"


def test_a_relay_for_one_domain_never_gets_a_mail_to_another():
    assert chosen(up(FOR_ORANGE), FREE) is None


def test_a_relay_for_one_sender_never_gets_a_mail_of_another():
    assert chosen(up(FOR_OTHERS)) is None


def test_when_the_relay_of_a_domain_is_down_another_carries_its_mails():
    assert chosen(up(ANY)) == "any"


def test_a_relay_that_has_had_its_share_is_passed_over():
    assert chosen(up(ANY) | {"for-orange": 0, "for-us": 3}) == "for-us"


def test_without_any_relay_there_is_none():
    assert chosen({}) is None


weights = st.lists(st.integers(1, 40), min_size=1, max_size=6)


@given(weights)
def test_after_any_number_of_mails_each_relay_is_less_than_one_off_its_weight(weights):
    relays = tuple(relay(str(n), weight) for n, weight in enumerate(weights))
    given_out = Counter()
    for number, each in enumerate(islice(turns(relays), 2 * sum(weights)), 1):
        given_out[each.name] += 1
        for one in relays:
            share = number * one.weight / sum(weights)
            assert abs(given_out[one.name] - share) < 1


@given(weights, st.lists(st.integers(1, 7), max_size=30))
def test_small_batches_share_as_one_large_batch_does(weights, batches):
    relays = tuple(relay(str(n), weight) for n, weight in enumerate(weights))
    router = Router(relays)
    found = [router.choose(OURS, FREE, up(*relays)) for size in batches for _ in range(size)]

    assert found == list(islice(turns(relays), len(found)))


names = st.sampled_from([OURS, ORANGE, FREE])
lists = st.lists(names, max_size=2, unique=True).map(tuple)
several = st.lists(st.tuples(st.integers(1, 5), lists, lists), min_size=1, max_size=5).map(
    lambda found: [relay(str(n), w, senders=s, recipients=r) for n, (w, s, r) in enumerate(found)]
)


@given(several, names, st.lists(names, max_size=40), st.data())
def test_every_mail_that_a_relay_could_take_is_taken_and_no_relay_gets_too_many(
    relays, sender, recipients, data
):
    room = {each.name: data.draw(st.none() | st.integers(0, 8)) for each in relays}
    router = Router(relays)
    for recipient in recipients:
        able = [
            each
            for group in grouped(relays, sender, recipient)
            for each in group
            if room[each.name] != 0
        ]
        found = router.choose(sender, recipient, room)
        assert (found in able) if able else found is None
        if found and room[found.name] is not None:
            room[found.name] -= 1
    assert all(number is None or number >= 0 for number in room.values())
