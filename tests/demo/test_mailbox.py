"""The mailbox of the demonstration finds what one person got among the letters to everybody."""

import pytest

from mailer.demo import mailbox


@pytest.fixture
def box(app):
    """Three mails: two to Zo, of whom one has capitals."""
    kept = mailbox.of_app()
    for number, to in enumerate(("zo@exemple.fr", "autre@exemple.fr", "Zo@Exemple.fr")):
        text = f"Subject: n{number}\r\nTo: {to}\r\n\r\nzo@exemple.fr\r\n"
        kept.save(text.encode(), "rebond@exemple.fr", [to])
    return kept


def subjects(found):
    return {str(each.message["Subject"]) for each in found}


def test_the_mails_to_one_address_are_found_whatever_the_text_says(box):
    assert subjects(box.newest(9, to="zo@")) == {"n0", "n2"}
    assert subjects(box.newest(1, to="zo@")) < {"n0", "n2"}
    assert subjects(box.newest(9)) == {"n0", "n1", "n2"}
    assert box.newest(9, to="personne@") == []
