import pytest
import time_machine

from mailer.accounts import operations
from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.db import transaction

PASSPHRASE = "sept phares et une marée"


def test_the_right_passphrase_opens_the_desk(visitor, account, knock):
    answer = knock()

    assert (answer.status_code, answer.location) == (303, "/bureau")
    assert "Bonjour, Camille Morin" in visitor.get("/bureau").text


@pytest.mark.parametrize(
    ("roles", "first_page"),
    [
        (["dpo"], "/bureau/demandes"),
        (["admin", "dpo"], "/bureau/demandes"),
        (["editor", "dpo"], "/bureau"),
        (["admin"], "/bureau"),
        ([], "/bureau"),
    ],
)
def test_the_day_of_the_officer_begins_at_the_requests(visitor, app, knock, roles, first_page):
    with transaction():
        operations.create("officier@exemple.fr", "Camille Morin", PASSPHRASE, roles, now())
    assert knock(email="officier@exemple.fr").location == first_page
    assert visitor.get("/connexion").location == first_page


def test_after_the_door_the_page_asked_for_follows(account, knock):
    assert knock(next="/bureau/lettres").location == "/bureau/lettres"


def test_who_comes_in_is_recorded(account, knock):
    knock(passphrase="huit phares et une marée")
    knock()

    assert [entry.verb for entry in history_of(f"account:{account}")] == ["create", "sign-in"]


def test_never_a_page_of_another_site(account, knock):
    assert knock(next="//ailleurs.example/bureau").location == "/bureau"


def test_a_wrong_passphrase_and_an_unknown_address_get_the_same_page(account, knock):
    wrong = knock(email="camille@exemple.fr", passphrase="huit phares et une marée")
    unknown = knock(email="dominic@exemple.fr", passphrase="huit phares et une marée")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert without_token(wrong.text, "camille") == without_token(unknown.text, "dominic")


def without_token(page, name):
    head, _, rest = page.replace(name, "").partition('name="form_token" value="')
    return head + rest.partition('"')[2]


def test_what_was_typed_is_kept_but_the_passphrase(account, knock):
    page = knock(passphrase="huit phares et une marée").text

    assert 'value="camille@exemple.fr"' in page
    assert "huit phares" not in page


def test_an_address_that_cannot_be_says_how_to_write_it(knock):
    answer = knock(email="camille")

    assert answer.status_code == 422
    assert "nom@exemple.fr" in answer.text


def test_too_many_failures_are_told_how_long_to_wait(account, knock):
    with time_machine.travel(now(), tick=False):
        for _ in range(6):
            knock(passphrase="huit phares et une marée")
        answer = knock()

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Attendez 60 secondes" in answer.text


def test_who_is_signed_in_does_not_see_the_door(visitor, account, knock):
    knock()

    assert visitor.get("/connexion").location == "/bureau"


def test_without_a_role_the_desk_says_what_to_do(staff):
    assert "Aucun rôle" in staff().get("/bureau").text


def test_signing_out_closes_the_desk(visitor, account, knock):
    knock()

    assert visitor.submit("/deconnexion").location == "/connexion"
    assert visitor.get("/bureau").location == "/connexion?next=/bureau"


def test_a_copied_cookie_ends_with_the_session_it_was_copied_from(app, visitor, account, knock):
    knock()
    thief = app.test_client()
    thief.set_cookie("session", visitor.get_cookie("session").value)

    visitor.submit("/deconnexion")

    assert thief.get("/bureau").status_code == 303
