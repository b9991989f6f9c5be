"""The record of processing as the installation stands now: settings, lists, tables, rulebook."""

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import Table, select

from mailer import rulebook
from mailer.accounts.roles import Role
from mailer.consent.bases import LawfulBasis
from mailer.consent.tracking import Mode, strictest
from mailer.db import db
from mailer.declarations import declared, domain, tables
from mailer.mail.relay import relays
from mailer.personal import Category, Personal, Purpose
from mailer.register.security import measures
from mailer.register.sheet import Activity, Controller, Kept, Sheet
from mailer.rulebook import Figures
from mailer.subscriptions.models import MailingList
from mailer.web.access import roles_of

# Whose data each purpose concerns (art. 30(1)(c)).
SUBJECTS = {
    Purpose.NEWSLETTER: ("subscribers",),
    Purpose.PROOF: ("subscribers",),
    Purpose.OPPOSITION_LIST: ("opponents",),
    Purpose.MEASUREMENT: ("subscribers",),
    Purpose.RIGHTS: ("requesters",),
    Purpose.BREACH: ("touched",),
    Purpose.SECURITY: ("visitors", "staff"),
    Purpose.STAFF: ("staff",),
}
# On what each rests; letters rest on what their list says.
BASES = {
    Purpose.PROOF: LawfulBasis.LEGAL_OBLIGATION,
    Purpose.OPPOSITION_LIST: LawfulBasis.LEGAL_OBLIGATION,
    Purpose.MEASUREMENT: LawfulBasis.CONSENT,
    Purpose.RIGHTS: LawfulBasis.LEGAL_OBLIGATION,
    Purpose.BREACH: LawfulBasis.LEGAL_OBLIGATION,
    Purpose.SECURITY: LawfulBasis.LEGAL_OBLIGATION,
    Purpose.STAFF: LawfulBasis.PUBLIC_INTEREST,
}
# Mails of these purposes pass through the relay.
MAILED = {Purpose.NEWSLETTER, Purpose.PROOF, Purpose.RIGHTS, Purpose.BREACH}


def now() -> Sheet:
    """The record as everything stands at this moment."""
    return Sheet(_controller(), tuple(_activities()))


def _controller() -> Controller:
    config = current_app.config
    return Controller(
        name=config["ORGANISATION"],
        address=config["POSTAL_ADDRESS"],
        phone=config["PHONE"],
        officer=config["DPO_ADDRESS"],
    )


def _activities() -> Iterator[Activity]:
    lists = db.session.scalars(select(MailingList).order_by(MailingList.id)).all()
    limit = Mode(current_app.config["TRACKING"])
    modes = [strictest(limit, Mode(each.tracking)) for each in lists]
    for each in lists:
        aim = each.aim or each.description
        yield _activity(Purpose.NEWSLETTER, each.slug, each.name, aim, LawfulBasis(each.basis))
    for purpose, basis in BASES.items():
        if purpose != Purpose.MEASUREMENT:
            yield _activity(purpose, "", "", "", basis)
        elif any(mode != Mode.NONE for mode in modes):
            yield _activity(purpose, "", "", current_app.config["TRACKING_PURPOSE"], basis)


def _activity(purpose: Purpose, slug: str, name: str, aim: str, basis: LawfulBasis) -> Activity:
    config = current_app.config
    held = list(_held(purpose))
    return Activity(
        key=f"{purpose}:{slug}" if purpose == Purpose.NEWSLETTER else str(purpose),
        purpose=str(purpose),
        name=name,
        aim=aim,
        basis=str(basis),
        subjects=SUBJECTS[purpose],
        categories=tuple(dict.fromkeys(str(word.category) for _, word in held if _tells(word))),
        recipients=_readers({domain(table) for table, _ in held}),
        processors=(*_relay(purpose), *config["PROCESSORS"]),
        transfers=config["TRANSFERS"],
        retention=tuple(_kept(held, rulebook.load().figures)),
        security=measures(),
    )


def _held(purpose: Purpose) -> Iterator[tuple[Table, Personal]]:
    for table in sorted(tables(), key=lambda each: each.name):
        for word in declared(table).values():
            if word.purpose == purpose:
                yield table, word


def _tells(word: Personal) -> bool:
    return word.category != Category.REFERENCE


def _kept(held: list[tuple[Table, Personal]], figures: Figures) -> Iterator[Kept]:
    for table, keep in dict.fromkeys((table.name, word.keep) for table, word in held):
        yield Kept(table, keep, getattr(figures, keep).value)


def _readers(domains: set[str]) -> tuple[str, ...]:
    """The roles to whom a page of those domains is open; whoever runs the server reads all."""
    rules = current_app.url_map.iter_rules()
    theirs = [rule.endpoint for rule in rules if rule.endpoint.partition(".")[0] in domains]
    open_to = {role for name in theirs for role in roles_of(current_app, name) or ()}
    return (*(role.value for role in Role if role in open_to), "operator")


def _relay(purpose: Purpose) -> tuple[str, ...]:
    """The hosts that carry its mails."""
    hosts = dict.fromkeys(each.host for each in relays().values())
    return tuple(f"relay:{host}" for host in hosts) if purpose in MAILED else ()
