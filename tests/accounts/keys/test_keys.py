"""Keys of the API: made at the desk, shown once, kept as a hash, ended at once."""

import re
from datetime import timedelta

import pytest

from mailer.accounts import people
from mailer.accounts.keys import operations, queries, secret
from mailer.accounts.keys.models import ApiKey
from mailer.accounts.keys.operations import KeyData
from mailer.accounts.keys.scopes import ROLES, Scope, lacking, meet, usable
from mailer.accounts.keys.words import SCOPES
from mailer.accounts.models import Account
from mailer.accounts.roles import Role
from mailer.audit.queries import history_of
from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.errors import Invalid

SHOWN = re.compile(rf'id="secret">({secret.PREFIX}[\w-]+)<')
TYPED = {"name": "Site de la mairie", "scopes": ["lists:read"]}


def last_day(days=30):
    return paris_day(now() + timedelta(days=days)).isoformat()


def the_account():
    return db.session.scalar(db.select(Account.id).order_by(Account.id))


def made(*scopes):
    with transaction():
        data = KeyData("Un site", scopes, now() + timedelta(days=30))
        return operations.create(data, the_account(), "account:1", now()).secret


def test_the_secret_is_shown_once_and_kept_as_a_hash(staff):
    admin = staff("admin")

    page = admin.submit("/bureau/cles", **TYPED, last_day=last_day())

    shown = SHOWN.search(page.text).group(1)
    row = db.session.scalars(db.select(ApiKey)).one()
    assert shown not in admin.get("/bureau/cles").text
    assert shown not in str({c.name: getattr(row, c.name) for c in ApiKey.__table__.columns})
    assert queries.find(shown, now()).scopes == {Scope.LISTS_READ}
    assert [each.verb for each in history_of(f"key:{row.id}")] == ["create"]


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(staff):
    admin = staff("admin")

    answer = admin.submit("/bureau/cles", name="Site", scopes=[], last_day="2001-01-01")

    assert answer.status_code == 422
    assert "Cochez au moins une chose" in answer.text
    assert "Choisissez un jour à venir, le " in answer.text
    assert 'value="Site"' in answer.text


def test_nobody_gives_a_program_what_their_own_roles_do_not_open(staff):
    asked = ["subscribers:read", "campaigns:send", "requests:read", "lists:read"]

    refused = staff("admin").submit(
        "/bureau/cles", **TYPED | {"scopes": asked, "last_day": last_day()}
    )

    assert refused.status_code == 422
    assert "subscribers:read (abonnés)" in refused.text
    assert "campaigns:send (envoi)" in refused.text
    assert "requests:read (protection des données)" in refused.text
    assert "lists:read (" not in refused.text.partition("<fieldset")[0]
    assert db.session.scalars(db.select(ApiKey)).all() == []


def test_who_administers_and_holds_the_role_makes_the_key(staff):
    made_by_both = staff("admin", "subscribers").submit(
        "/bureau/cles", name="Site", scopes=["subscribers:read"], last_day=last_day()
    )
    meeting = staff("admin", "dpo", "sender").submit(
        "/bureau/cles",
        name="Guichet",
        scopes=["requests:read", "campaigns:send"],
        last_day=last_day(),
    )

    assert SHOWN.search(made_by_both.text)
    assert "Conflit d’intérêts" in meeting.text


def test_a_key_ends_when_it_is_revoked_and_that_is_recorded(staff):
    admin = staff("admin")
    opens = made(Scope.LISTS_READ)
    number = queries.find(opens, now()).id

    assert "Un site" in admin.get(f"/bureau/cles/{number}/fin").text
    admin.submit(f"/bureau/cles/{number}/fin")

    assert queries.find(opens, now()) is None
    assert "Révoquée" in admin.get("/bureau/cles").text
    assert [each.verb for each in history_of(f"key:{number}")] == ["create", "revoke"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_an_end_of_the_calendar_is_sent_back(staff, day):
    assert staff("admin").submit("/bureau/cles", **TYPED, last_day=day).status_code == 422


def test_a_key_does_no_more_than_its_maker_still_may(staff):
    everything = ("admin", "dpo", "subscribers", "sender", "editor")
    admin = staff(*everything)
    opens = made(*Scope)
    assert queries.find(opens, now()).scopes == set(Scope)
    assert "Sans effet" not in admin.get("/bureau/cles").text

    with transaction():
        people.change_roles(the_account(), ["admin"], "account:1")
    assert queries.find(opens, now()).scopes == {
        Scope.LISTS_READ,
        Scope.LISTS_WRITE,
        Scope.WEBHOOKS_READ,
        Scope.WEBHOOKS_WRITE,
    }
    assert staff("admin").get("/bureau/cles").text.count("Sans effet") == len(Scope) - 4

    with transaction():
        people.close(the_account(), "account:2", now())
    assert queries.find(opens, now()) is None


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_key_opens_for_a_year_at_most(staff, days):
    staff("admin")
    data = KeyData("Un site", [Scope.LISTS_READ], now() + timedelta(days=days))

    with pytest.raises(Invalid, match="expiry"):
        operations.create(data, the_account(), "account:1", now())


def test_its_last_use_is_noted_once_a_minute(staff):
    staff("admin")
    opens, at = made(Scope.LISTS_READ), now()
    with transaction():
        operations.mark_used(queries.find(opens, at), at)
    with transaction():
        operations.mark_used(queries.find(opens, at), at + timedelta(seconds=30))

    assert queries.find(opens, at).last_used_at == at


def test_every_scope_has_words_and_roles():
    assert set(SCOPES) == set(ROLES) == set(Scope)
    assert all(ROLES.values())


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gives_its_own_scopes_and_lacks_the_others(role):
    gives = usable(Scope, {role})

    assert gives == {scope for scope in Scope if role in ROLES[scope]}
    assert set(lacking(Scope, {role})) == set(Scope) - gives


def test_who_administers_reaches_neither_people_nor_sending_nor_requests():
    assert usable(Scope, {Role.ADMIN}) == {
        Scope.LISTS_READ,
        Scope.LISTS_WRITE,
        Scope.WEBHOOKS_READ,
        Scope.WEBHOOKS_WRITE,
    }


def test_an_officer_and_a_sender_meet_in_one_key():
    assert meet([Scope.REQUESTS_READ, Scope.CAMPAIGNS_SEND])
    assert not meet([Scope.REQUESTS_READ, Scope.LISTS_READ])


def test_what_is_no_secret_of_ours_is_not_looked_for():
    assert secret.is_one(secret.new())
    assert not secret.is_one("mlr_live_court")
    assert len(secret.digest(secret.new())) == 64
