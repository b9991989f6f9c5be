"""Letters tried on groups of colleagues."""

import pytest

from mailer.audit.models import Entry
from mailer.db import db, transaction
from mailer.delivery.models import Campaign, Delivery
from mailer.mail.models import OutboxMessage
from mailer.newsletters import trials
from mailer.newsletters.trials import MOST_READERS, BadReaders

TWO = "camille@exemple.fr\n\n  Zoé@Exemple.fr \ncamille@exemple.fr"


def made(editor, name="La rédaction", readers=TWO):
    return editor.submit("/bureau/groupes-essai/nouveau", name=name, readers=readers)


def test_the_page_without_a_group_says_what_one_is_for(editor):
    assert "celles et ceux qui relisent" in editor.get("/bureau/groupes-essai").text


def test_a_group_holds_each_address_once(editor):
    assert made(editor).status_code == 303

    (group,) = trials.groups()
    assert [reader.address for reader in group.readers] == ["Zoé@exemple.fr", "camille@exemple.fr"]


@pytest.mark.parametrize(
    ("name", "readers", "sentence"),
    [
        ("", TWO, "Donnez un nom au groupe"),
        ("La rédaction", "camille@exemple.fr\nzoe chez exemple", "« zoe chez exemple » n’est pas"),
        ("La rédaction", " \n", "au moins une adresse"),
        (
            "La rédaction",
            "\n".join(f"p{n}@exemple.fr" for n in range(MOST_READERS + 1)),
            "20 adresses au plus ; celui-ci en a 21",
        ),
    ],
)
def test_a_group_that_cannot_be_kept_says_why_and_loses_nothing(editor, name, readers, sentence):
    answer = made(editor, name, readers)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert readers.strip() in answer.text
    assert trials.groups() == []


def test_two_groups_never_bear_the_same_name(editor):
    made(editor)

    answer = made(editor, readers="leo@exemple.fr")

    assert answer.status_code == 422
    assert "Un autre groupe porte ce nom" in answer.text


def test_a_group_can_be_changed_and_forgotten(editor):
    made(editor)
    number = trials.groups()[0].id
    editor.submit(f"/bureau/groupes-essai/{number}", name="Les élus", readers="leo@exemple.fr")
    assert "leo@exemple.fr" in editor.get(f"/bureau/groupes-essai/{number}").text

    assert "L’adresse de ce groupe est effacée" in (
        editor.get(f"/bureau/groupes-essai/{number}/suppression").text
    )
    assert len(trials.groups()) == 1
    editor.submit(f"/bureau/groupes-essai/{number}/suppression")

    db.session.expire_all()
    assert trials.groups() == []
    verbs = db.session.query(Entry.verb).filter(Entry.subject == f"trial_group:{number}")
    assert [verb for (verb,) in verbs] == [
        "trial_group.kept",
        "trial_group.kept",
        "read",
        "trial_group.removed",
    ]


def test_a_trial_goes_to_the_whole_group_marked_and_counts_nowhere(editor, draft):
    made(editor)
    (group,) = trials.groups()

    editor.submit(f"/bureau/lettres/{draft}/essai-groupe", group=group.id)

    mails = db.session.query(OutboxMessage).order_by(OutboxMessage.recipient).all()
    assert [mail.recipient for mail in mails] == ["Zoé@exemple.fr", "camille@exemple.fr"]
    assert all(mail.subject.startswith("[Essai] ") for mail in mails)
    assert db.session.query(Campaign).count() == db.session.query(Delivery).count() == 0


def test_a_group_that_is_gone_is_no_longer_written_to(editor, draft):
    assert editor.submit(f"/bureau/lettres/{draft}/essai-groupe", group=41).status_code == 404
    assert db.session.query(OutboxMessage).count() == 0


def test_a_line_that_is_no_address_is_told_as_it_was_typed(app):
    with transaction(), pytest.raises(BadReaders) as refused:
        trials.keep(None, "La rédaction", "nom@", "account:1")

    assert refused.value.line == "nom@"
