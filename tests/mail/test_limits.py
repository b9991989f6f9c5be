"""The limits in force at an instant."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.clock import PARIS
from mailer.mail import limits
from mailer.mail.limits import Limit, Limits, Rate, Span, window
from mailer.mail.relays import Relay
from mailer.settings import BadSetting

AT = datetime(2026, 11, 24, 9, 30, 15, 250_000, UTC)
HOUR = timedelta(hours=1)
# Two years, to the second and to the microsecond before it.
instants = st.builds(
    lambda seconds, micro: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(0, seconds, micro),
    st.integers(0, 2 * 365 * 86_400),
    st.sampled_from([0, 999_999]),
)


def relay(**settings):
    return Relay(name="a", host="relais.exemple.fr", port=25, **settings)


def read(to_domains):
    return limits.read(Rate(), to_domains, ())


@given(st.sampled_from(Span), instants)
def test_each_instant_lies_in_one_window_that_touches_the_next(span, at):
    starts_at, ends_at = window(span, at)

    assert starts_at <= at < ends_at
    assert window(span, ends_at)[0] == ends_at
    assert window(span, ends_at - timedelta(microseconds=1)) == (starts_at, ends_at)


@pytest.mark.parametrize(
    ("day", "hours"), [((2026, 11, 24), 24), ((2027, 3, 28), 23), ((2026, 10, 25), 25)]
)
def test_a_day_lasts_from_midnight_to_midnight_in_paris(day, hours):
    starts_at, ends_at = window(Span.DAY, datetime(*day, 12, tzinfo=PARIS))

    assert starts_at == datetime(*day, tzinfo=PARIS)
    assert ends_at - starts_at == hours * HOUR


def test_a_rate_of_nothing_limits_nothing():
    assert Limits().for_all() == ()
    assert Limits().for_domain("orange.fr") == ()
    assert Limits().for_relay(relay(), AT) == ()


def test_a_relay_has_the_limits_that_are_set_for_it():
    assert Limits().for_relay(relay(per_second=5, per_day=1000), AT) == (
        Limit("relay:a", Span.SECOND, 5),
        Limit("relay:a", Span.DAY, 1000),
    )


def test_a_domain_that_is_named_has_its_own_limits_and_each_other_one_those_of_the_star():
    known = read({"orange.fr": {"per_hour": 2000}, "*": {"per_second": 2}})

    assert known.for_domain("orange.fr") == (Limit("domain:orange.fr", Span.HOUR, 2000),)
    assert known.for_domain("free.fr") == (Limit("domain:free.fr", Span.SECOND, 2),)


def test_domains_of_one_house_are_counted_together():
    known = read({"orange.fr wanadoo.fr": {"per_hour": 2000}})

    assert known.for_domain("wanadoo.fr") == known.for_domain("orange.fr") != ()


def most_by_day(days, plan=(200, 500), **settings):
    begun = relay(warm_up_from=date(2026, 11, 24), **settings)
    known = Limits(warm_up=plan)
    found = [known.for_relay(begun, AT + timedelta(days=n)) for n in days]
    return [{limit.span: limit.most for limit in each}.get(Span.DAY) for each in found]


def test_a_relay_that_is_warmed_up_follows_the_plan_day_by_day_and_then_is_free():
    assert most_by_day([-1, 0, 1, 2, 30]) == [0, 200, 500, None, None]


def test_a_warm_up_never_raises_the_limit_of_a_relay():
    assert most_by_day([0, 1, 2], per_day=300) == [200, 300, 300]


def test_a_day_of_the_plan_begins_at_midnight_in_paris():
    begun = relay(warm_up_from=date(2026, 11, 24))
    before, after = (datetime(2026, 11, 23, 22, minute, tzinfo=UTC) for minute in (59, 59))
    after += timedelta(minutes=1)

    assert [Limits(warm_up=(200,)).for_relay(begun, at)[0].most for at in (before, after)] == [
        0,
        200,
    ]


@pytest.mark.parametrize(
    ("to_domains", "sentence"),
    [
        ({"orange.fr": 5}, r'SENDING_TO_DOMAINS\["orange.fr"\] must be like'),
        ({"orange.fr": {}}, "must be like"),
        ({"orange.fr": {"per_week": 5}}, "knows per_second, per_hour, per_day, not per_week"),
        ({"orange.fr": {"per_hour": 0}}, "per_hour must be a whole number, 1 or more"),
        ({"orange.fr": {"per_hour": True}}, "per_hour must be a whole number"),
        ({"orange.fr": {"per_hour": "5"}}, "per_hour must be a whole number"),
        ({"orange": {"per_hour": 5}}, "must name domains"),
        ({"": {"per_hour": 5}}, "must name domains"),
        ({"*.fr": {"per_hour": 5}}, "must name domains"),
        ({"zoe@orange.fr": {"per_hour": 5}}, "must name domains"),
        ({"a.fr b.fr": {"per_hour": 5}, "B.fr": {"per_hour": 5}}, r'"B.fr"\] .* each of them once'),
    ],
)
def test_a_limit_that_is_none_is_refused_by_the_name_of_its_domain(to_domains, sentence):
    with pytest.raises(BadSetting, match=sentence):
        read(to_domains)


def test_spans_go_from_the_shortest_to_the_longest():
    lengths = [window(span, AT)[1] - window(span, AT)[0] for span in Span]

    assert all(shorter < longer for shorter, longer in pairwise(lengths))
