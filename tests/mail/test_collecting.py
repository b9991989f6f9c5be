"""A POP3 mailbox is emptied of what was taken in, and of nothing else."""

import pytest
from mail.pop3_server import Pop3Server, serving
from sqlalchemy import select

from mailer.db import db
from mailer.mail import collecting
from mailer.mail.imap import UnreachableError
from mailer.mail.models import CollectedMail

FIRST, SECOND = b"Subject: one\r\n\r\n.a dot\r\n..two\r\n", b"Subject: two\r\n\r\nend\r\n"


@pytest.fixture
def post(app):
    with serving(Pop3Server({"a1": FIRST, "b2": SECOND})) as running:
        yield running


@pytest.fixture
def taken():
    return []


@pytest.fixture
def collect(post, taken):
    """`collect()`: what is new, kept in `taken`; says how many there were."""
    return lambda **more: collecting.collect(
        post.mailbox(**more), lambda arrived: taken.append(arrived.content)
    )


def test_each_mail_is_taken_whole_and_leaves_the_mailbox(post, collect, taken):
    assert collect() == 2
    assert taken == [FIRST, SECOND]
    assert post.mails == {}


def test_when_the_line_breaks_before_the_end_nothing_is_taken_twice(post, collect, taken):
    post.breaks_at_quit = True
    with pytest.raises(UnreachableError):
        collect()
    post.breaks_at_quit = False
    assert collect() == 0
    assert taken == [FIRST, SECOND]
    assert post.mails == {}


def test_a_mail_whose_taking_fails_stays_and_is_taken_later(post, taken):
    def fail(_arrived):
        raise RuntimeError("the database")

    with pytest.raises(RuntimeError):
        collecting.collect(post.mailbox(), fail)
    assert list(post.mails) == ["a1", "b2"]
    assert collecting.collect(post.mailbox(), lambda each: taken.append(each.content)) == 2


def test_a_mail_that_the_server_refuses_is_noted_once_and_stays(post, collect, taken):
    post.refused.add("a1")
    assert [collect(), collect()] == [2, 0]
    assert taken == [b"", SECOND]
    assert list(post.mails) == ["a1"]


def test_a_mail_at_which_the_line_breaks_holds_up_the_others_three_times_at_most(
    post, collect, taken
):
    post.breaks.add("a1")
    for _ in range(collecting.PATIENCE):
        with pytest.raises(UnreachableError):
            collect()
    assert collect() == 2
    assert taken == [b"", SECOND]
    assert list(post.mails) == ["a1"]


def test_a_mail_that_nothing_can_take_holds_up_the_others_three_times_at_most(post, taken):
    def take(arrived):
        if arrived.content == FIRST:
            raise RuntimeError("a fault of ours")
        taken.append(arrived.content)

    for _ in range(collecting.PATIENCE):
        with pytest.raises(RuntimeError):
            collecting.collect(post.mailbox(), take)
    assert collecting.collect(post.mailbox(), take) == 2
    assert taken == [b"", SECOND]
    assert list(post.mails) == ["a1"]


def test_of_a_mail_that_is_too_large_the_beginning_is_read(post, collect, taken):
    post.mails = {"c3": b"Subject: long\r\n\r\n" + b"x" * 200_000 + b"\r\n"}
    collect(most_bytes=1000)
    assert [len(content) for content in taken] == [1000]


def test_names_of_mails_that_are_gone_are_forgotten(post, collect):
    collect()
    collect()
    assert db.session.scalars(select(CollectedMail)).all() == []


@pytest.mark.parametrize("more", [{"password": "another"}, {"security": "starttls"}])
def test_a_mailbox_that_does_not_open_says_so_without_the_password(post, collect, more):
    with pytest.raises(UnreachableError) as said:
        collect(**more)
    assert "another" not in str(said.value)
    if more.get("security"):
        assert not any(line.startswith(("USER", "PASS")) for line in post.commands)
