"""Whose mailboxes a domain has, and words for all that comes back."""

import pytest
from flask_babel import force_locale

from mailer.bounces import fates, labels, mailboxes
from mailer.bounces.fates import Fate
from mailer.bounces.reports import Cause
from mailer.delivery.consequences import REJECTED, Consequence
from mailer.mail.returned import Reason


@pytest.mark.parametrize(
    ("domain", "provider"),
    [
        ("googlemail.com", "Gmail"),
        ("msn.com", "Outlook"),
        ("wanadoo.fr", "Orange"),
        ("club-internet.fr", "SFR"),
        ("aliceadsl.fr", "Free"),
        ("laposte.net", "La Poste"),
        ("yahoo.co.uk", "Yahoo"),
        ("me.com", "iCloud"),
        ("ville-exemple.fr", "ville-exemple.fr"),
        ("notgmail.com", "notgmail.com"),
    ],
)
def test_a_domain_leads_to_who_runs_its_mailboxes(domain, provider):
    assert mailboxes.provider(domain) == provider


def test_no_domain_has_two_providers():
    every = [domain for domains in mailboxes.PROVIDERS.values() for domain in domains]
    assert len(every) == len(set(every)) == len(mailboxes.KNOWN)


def test_every_reason_has_words_in_both_languages(app):
    assert set(labels.REASONS) == set(Reason)
    for reason in Reason:
        with app.test_request_context(), force_locale("fr"):
            french = str(labels.REASONS[reason])
        with app.test_request_context(), force_locale("en"):
            assert str(labels.REASONS[reason]) != french


def test_whatever_is_our_fault_has_a_cure_and_nothing_else_has():
    assert set(labels.CURES) == fates.OURS
    for reason in Reason:
        assert not labels.cure(Cause(Fate.SOFT, reason, None, 1))
        assert labels.cure(Cause(Fate.OURS, reason, None, 1))


def test_every_code_of_a_refusal_has_a_fate():
    assert {REJECTED[code] for code in fates.CODES} == set(fates.BY_CONSEQUENCE)
    assert fates.CODES.index("5.1.1") < fates.CODES.index("5.1")
    assert Consequence.SUPPRESS in REJECTED.values()
