"""What is left of the limits, shared out among the mails of a batch."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.mail import limits
from mailer.mail.limits import Rate
from mailer.mail.places import Places, row
from mailer.mail.relays import Relay
from mailer.mail.sharing import Policy, Sharing
from mailer.settings import BadSetting

AT = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ORANGE, FREE, GMAIL = "orange.fr", "free.fr", "gmail.com"


NO_LIMIT = Rate()


def relay(name="a", **settings):
    return Relay(name=name, host="relais.exemple.fr", port=25, **settings)


def policy(*relays, overall=NO_LIMIT, to_domains=None, warm_up=()):
    known = limits.read(overall, to_domains or {}, warm_up)
    return Policy(known, relays or (relay(),), "exemple.fr")


def sharing(known, paused=None, taken=None):
    return Sharing(known, paused or {}, Places(AT, taken or {}))


def shared(known, *domains, paused=None):
    found = sharing(known, paused)
    return [(grant.relay, grant.until) for grant in map(found.share, domains)]


def test_without_limits_everything_leaves():
    assert shared(policy(), ORANGE, FREE) == [("a", None), ("a", None)]


def test_what_is_over_a_limit_waits_for_the_next_span_and_what_is_over_that_for_the_one_after():
    known = policy(overall=Rate(per_second=2))

    assert shared(known, *[ORANGE] * 7) == [
        *[("a", None)] * 2,
        *[("", AT + SECOND)] * 2,
        *[("", AT + 2 * SECOND)] * 2,
        ("", AT + 3 * SECOND),
    ]


def test_the_next_batch_queues_behind_those_that_wait_already():
    known = policy(overall=Rate(per_second=2))
    shared(known, *[ORANGE] * 5)
    full = sharing(known, taken={("all", "second"): 2})

    assert [full.share(FREE).until for _ in range(2)] == [AT + 2 * SECOND, AT + 3 * SECOND]


def test_nobody_is_told_to_wait_longer_for_a_place_than_ten_minutes():
    known = policy(overall=Rate(per_second=1))
    waits = [until - AT for _, until in shared(known, *[ORANGE] * 1000)[1:]]

    assert waits[:600] == [SECOND * n for n in range(1, 601)]
    assert waits[600:] == [SECOND * n for n in range(1, 400)]


def test_a_domain_that_is_full_holds_no_other_back():
    known = policy(to_domains={ORANGE: {"per_second": 1}})

    assert shared(known, ORANGE, ORANGE, FREE) == [("a", None), ("", AT + SECOND), ("a", None)]


def test_of_two_limits_the_one_that_holds_longer_is_waited_for():
    known = policy(overall=Rate(per_second=1, per_hour=1))

    assert shared(known, ORANGE, ORANGE)[1] == ("", datetime(2026, 11, 24, 10, tzinfo=UTC))


def test_when_every_relay_is_full_or_down_the_first_to_come_back_is_waited_for():
    known = policy(relay("a", per_second=1), relay("b"))

    assert shared(known, ORANGE, ORANGE, paused={"b": AT + 20 * SECOND}) == [
        ("a", None),
        ("", AT + SECOND),
    ]
    assert shared(known, ORANGE, paused={"a": AT + 30 * SECOND, "b": AT + 20 * SECOND}) == [
        ("", AT + 20 * SECOND)
    ]


def test_a_full_relay_is_relieved_by_another():
    known = policy(relay("a", per_second=1, weight=9), relay("b"))

    assert [name for name, _ in shared(known, *[ORANGE] * 4)] == ["a", "b", "b", "b"]


@pytest.mark.parametrize(
    ("known", "room"),
    [
        (policy(), None),
        (policy(overall=Rate(per_second=5)), 5),
        (policy(relay("a", per_second=2), relay("b", per_hour=3)), 5),
        (policy(relay("a", per_second=2), relay("b")), None),
        (policy(relay("a", per_second=2), relay("b"), overall=Rate(per_day=9)), 9),
    ],
)
def test_the_room_is_what_may_leave_at_most(known, room):
    assert sharing(known).room() == room


def test_there_is_no_room_while_no_relay_answers():
    assert sharing(policy(), {"a": AT + SECOND}).room() == 0


def held(known, paused=None, taken=None):
    found = sharing(known, paused, taken).held()
    return found and (found.by, found.span, found.until)


def test_nothing_is_held_while_something_may_leave():
    full = {("relay:a", "second"): 2}
    known = policy(relay("a", per_second=2), relay("b"))

    assert held(known, {"b": AT + SECOND}) is None
    assert held(known, taken=full) is None


def test_what_holds_everything_is_named_with_its_end():
    hour = datetime(2026, 11, 24, 10, tzinfo=UTC)
    known = policy(overall=Rate(per_hour=3))

    assert held(known, taken={("all", "hour"): 3}) == ("all", "hour", hour)
    assert held(policy(), {"a": AT + SECOND}) == ("relays", None, AT + SECOND)


def test_a_relay_whose_warm_up_is_still_to_come_holds_until_midnight():
    known = policy(relay(warm_up_from=date(2026, 12, 1)), warm_up=(200,))

    assert held(known) == ("relay:a", "day", datetime(2026, 11, 24, 23, tzinfo=UTC))


@pytest.mark.parametrize("only", [{"recipients": (ORANGE,)}, {"senders": ("autre.exemple",)}])
def test_relays_that_would_leave_some_mail_here_for_ever_are_refused(only):
    with pytest.raises(BadSetting, match=r"SMTP_RELAYS .* takes every mail from exemple.fr"):
        policy(relay(**only))


rates = st.builds(Rate, *[st.integers(0, 6)] * 3)
domains = st.sampled_from([ORANGE, FREE, GMAIL])


@given(rates, st.lists(rates, min_size=1, max_size=3), rates, st.lists(domains, max_size=40))
def test_no_limit_is_passed_and_nothing_waits_that_could_leave(overall, by_relay, others, mails):
    relays = [relay(str(n), **vars(rate)) for n, rate in enumerate(by_relay)]
    words = {word: number for word, number in vars(others).items() if number}
    known = policy(*relays, overall=overall, to_domains={"*": words} if words else {})
    found = sharing(known)
    by_name = {each.name: each for each in relays}
    left = Counter()

    for domain in mails:
        grant = found.share(domain)
        fits = [
            name
            for name, each in by_name.items()
            if all(left[row(limit)] < limit.most for limit in known.counted(domain, each, AT))
        ]
        assert (grant.relay in fits) if fits else (grant.until > AT)
        if grant.relay:
            left.update(map(row, known.counted(domain, by_name[grant.relay], AT)))
    assert left == found.places.given
