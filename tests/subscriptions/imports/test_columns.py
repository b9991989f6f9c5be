import pytest

from mailer.subscriptions.imports.columns import Fate, Role, fates, guess

LISTMONK = ["uuid", "email", "name", "attributes", "status", "created_at", "updated_at"]
MAILCHIMP = ["Email Address", "First Name", "MEMBER_RATING", "LEID", "EUID", "UNSUB_TIME"]
BREVO = ["CONTACT ID", "EMAIL", "FIRSTNAME", "EMAIL_BLACKLISTED", "ADDED_TIME", "MODIFIED_TIME"]
MAILTRAIN = ["cid", "email", "status", "FIRST_NAME"]


@pytest.mark.parametrize(
    ("header", "product", "email", "status"),
    [
        (LISTMONK, "listmonk", 1, 4),
        (MAILCHIMP, "Mailchimp", 0, 5),
        (BREVO, "Brevo", 1, 3),
        (MAILTRAIN, "Mailtrain", 1, 2),
    ],
)
def test_the_export_of_a_known_program_is_recognised(header, product, email, status):
    found = guess(header)

    assert found.product == product
    assert found.roles[email], found.roles[status] == (Role.EMAIL, Role.STATUS)


@pytest.mark.parametrize("name", ["E-mail", "Courriel", " adresse  e-mail ", "\ufeffEMAIL"])
def test_a_column_of_addresses_is_known_by_its_name(name):
    assert guess(["Nom", name]).roles == (Role.NONE, Role.EMAIL)


def test_where_two_columns_look_like_it_the_first_is_proposed():
    assert guess(["email", "mail"]).roles == (Role.EMAIL, Role.NONE)


def test_a_file_without_a_known_name_is_left_to_its_owner():
    assert not guess(["a", "b"]).is_usable


@pytest.mark.parametrize(
    ("header", "column", "word", "fate"),
    [
        (LISTMONK, "status", "enabled", Fate.TAKE),
        (LISTMONK, "status", "disabled", Fate.LEAVE),
        (LISTMONK, "status", "blocklisted", Fate.OBJECTED),
        (MAILCHIMP, "UNSUB_TIME", "", Fate.TAKE),
        (BREVO, "EMAIL_BLACKLISTED", "1", Fate.OBJECTED),
        (MAILTRAIN, "status", "2", Fate.WITHDRAWN),
        (MAILTRAIN, "status", "3", Fate.BOUNCED),
        (MAILTRAIN, "status", "4", Fate.COMPLAINED),
        (["email", "statut"], "statut", "désabonné", Fate.LEAVE),
    ],
)
def test_the_statuses_of_each_program_are_known(header, column, word, fate):
    assert fates(guess(header), column)[word] == fate
