"""Somebody of whom there is a proof: who asked by the form, and pressed the button."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer import addresses
from mailer.canonical import canonical
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.db import transaction

ADDRESS = "camille@exemple.fr"
LETTER = "list:la-lettre"
ASKED_AT = datetime(2026, 3, 12, 13, 5, tzinfo=UTC)
FORM = {
    "title": "Je m’inscris",
    "legend": "Je souhaite recevoir par courriel",
    "boxes": [
        {"value": "la-lettre", "label": "La lettre", "hint": "Une fois par mois", "checked": False}
    ],
    "fields": [{"name": "email", "label": "Mon adresse", "hint": "Exemple : nom@exemple.fr"}],
    "button": "S’inscrire",
}


def fingerprint_of(app, address=ADDRESS):
    return addresses.fingerprint(addresses.parse(address), app.config["FINGERPRINT_KEY"])


@pytest.fixture
def camille(app):
    """Her fingerprint, after she asked and confirmed."""
    fingerprint = fingerprint_of(app)
    short = in_force(NoticeKind.SHORT, "fr")
    with transaction():
        full = in_force(NoticeKind.FULL, "fr")
        for notice in (short, full):
            consent.keep_notice(notice, ASKED_AT)
        shown = FORM | {"notices": {"short": short.sha256, "full": full.sha256}}
        form = consent.keep_form(canonical(shown), ASKED_AT)
        consent.record(fingerprint, LETTER, Kind.SIGNUP_REQUESTED, asked(short.sha256, form))
        consent.record(fingerprint, LETTER, Kind.CONFIRMED, pressed(short.sha256, form))
    return fingerprint


def asked(notice, form):
    return Evidence(
        Method.WEB_FORM,
        ASKED_AT,
        page="/articles/phare",
        network="192.0.2.0/24",
        notice_sha256=notice,
        form_sha256=form,
        address=ADDRESS,
        user_agent="Firefox",
        basis="consent",
    )


def pressed(notice, form):
    at = ASKED_AT + timedelta(minutes=2)
    return Evidence(Method.CONFIRM_POST, at, notice_sha256=notice, form_sha256=form)
