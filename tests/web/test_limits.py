import pytest
from flask import request

from mailer.web.limits import network


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::7", "2001:db8:1:200::/56"),
        ("unknown", "0.0.0.0/24"),
        (None, "0.0.0.0/24"),
    ],
)
def test_a_network_is_24_bits_or_56(app, address, expected):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert (request.remote_addr, network()) == (address, expected)


def test_the_sixth_post_of_a_minute_is_asked_to_wait(visitor):
    answers = [visitor.submit("/essai/limite").status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_another_network_need_not_wait(visitor):
    for _ in range(6):
        visitor.submit("/essai/limite")

    answer = visitor.post(
        "/essai/limite", data=visitor.tokens(), environ_base={"REMOTE_ADDR": "198.51.100.4"}
    )

    assert answer.status_code == 200
