"""Whoever objected and was erased stays away, however a file writes the address."""

from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import erasure
from mailer.subscriptions.states import State

ADDRESS = "zoe.marqueur@été-du-port.fr"
VARIANTS = (
    ADDRESS,
    ADDRESS.upper(),
    "Zoe.Marqueur@xn--t-du-port-93ab.fr",
    "zoe.marqueur@e\u0301te\u0301-du-port.fr",
    f'"  {ADDRESS} "',
)


def test_no_variant_of_an_erased_address_comes_back(app, desk, people):
    fingerprint = addresses.fingerprint(addresses.parse(ADDRESS), app.config["FINGERPRINT_KEY"])
    desk.imports(f"E-mail\n{ADDRESS}\n")
    with transaction():
        consent.suppress(fingerprint, Reason.OBJECTION, now(), "request:1")
        erasure.erase(fingerprint, now())

    desk.imports("E-mail\n" + "\n".join(VARIANTS) + "\n")

    assert State.ACTIVE not in people().values()
    assert db.session.scalars(select(OutboxMessage.recipient)).all() == []
