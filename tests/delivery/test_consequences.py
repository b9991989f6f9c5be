import pytest

from mailer.delivery import consequences
from mailer.mail.outcome import Kind, Outcome, Stage


def rejected(status, stage=Stage.RCPT):
    return Outcome(Kind.REJECTED, status, "whatever the relay says", stage)


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"])
def test_an_address_that_does_not_exist_is_never_written_to_again(status):
    assert consequences.of(rejected(status)) == "suppress"


@pytest.mark.parametrize("status", ["5.2.1", "5.2.2", "5.2.3", "5.1.0", "5.4.4", "5.6.7", "5.0.0"])
def test_what_may_pass_counts_and_no_more(status):
    assert consequences.of(rejected(status)) == "count"


@pytest.mark.parametrize("status", ["5.7.26", "5.7.515", "5.1.8", "5.6.0", "5.3.4"])
def test_what_is_our_fault_stops_the_campaign_and_spares_the_person(status):
    assert consequences.of(rejected(status)) == "stop"


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.AUTH, Stage.MAIL])
def test_before_a_recipient_is_named_every_refusal_is_our_fault(stage):
    assert consequences.of(rejected("5.1.1", stage)) == "stop"


def test_a_full_mailbox_found_at_the_end_is_the_persons_matter():
    assert consequences.of(rejected("5.2.2", Stage.FINAL)) == "count"


@pytest.mark.parametrize("stage", [Stage.DATA, Stage.FINAL])
def test_a_refusal_of_the_letter_without_a_reason_stops_the_campaign(stage):
    assert consequences.of(rejected("5.0.0", stage)) == "stop"


@pytest.mark.parametrize("status", ["4.5.3", "4.3.1", "4.7.0", "4.4.5", "4.2.2"])
@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.FINAL])
def test_a_relay_that_asks_for_less_or_later_changes_nothing_for_the_person(status, stage):
    assert consequences.of(Outcome(Kind.DEFERRED, status, "452 too many", stage)) == "keep"


@pytest.mark.parametrize("kind", [Kind.ACCEPTED, Kind.DEFERRED, Kind.UNCERTAIN])
def test_only_a_refusal_has_a_consequence(kind):
    assert consequences.of(Outcome(kind, "5.1.1", "", Stage.FINAL)) == "keep"


@pytest.mark.parametrize(
    ("outcome", "failure"),
    [
        (rejected("5.7.8", Stage.AUTH), "login"),
        # 530 to MAIL: log in first, or encrypt first; 535 and 538 where the login is late.
        (rejected("5.7.0", Stage.MAIL), "login"),
        (rejected("5.7.8", Stage.MAIL), "login"),
        (rejected("5.7.11", Stage.RCPT), "login"),
        (rejected("5.7.0", Stage.FINAL), "policy"),
        (rejected("5.7.1", Stage.RCPT), "policy"),
        (rejected("5.7.26", Stage.FINAL), "policy"),
        (rejected("5.3.4", Stage.FINAL), "message"),
        (rejected("5.6.0", Stage.FINAL), "message"),
        (rejected("5.0.0", Stage.MAIL), "policy"),
    ],
)
def test_a_stopped_campaign_says_what_is_to_be_mended(outcome, failure):
    assert consequences.failure_of(outcome) == failure


@pytest.mark.parametrize(("stage", "meant"), [(Stage.RCPT, "doubt"), (Stage.FINAL, "stop")])
def test_a_closed_mailbox_is_told_from_a_closed_relay_by_what_others_are_answered(stage, meant):
    assert consequences.of(rejected("5.7.1", stage)) == meant
