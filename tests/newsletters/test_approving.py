"""A letter is approved by somebody else, or by its author for few; an edit voids it."""

import re

import pytest
from flask import g
from newsletters.composing import seen

from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.mail.models import OutboxMessage
from mailer.newsletters import approving, operations, queries
from mailer.newsletters.approving import OwnLetter
from mailer.newsletters.block_types import Section, Text
from mailer.newsletters.blocks import Block, When, parse
from mailer.newsletters.models import Issue


@pytest.fixture
def many(app):
    """Any list has too many readers for one person to answer for."""
    app.config["APPROVAL_ABOVE"] = -1


@pytest.fixture
def written(editor, draft):
    """The number of a letter that the editor saved last; its revision is 3."""
    with transaction():
        issue = queries.locked(draft)
        held = operations.Draft(issue.subject, issue.preheader, parse(issue.blocks))
        operations.save(issue, held, 2, now(), "account:1")
    return draft


@pytest.fixture
def approver(editor, staff):
    return staff("approver")


def page(browser, issue_id):
    text = re.sub(r"<[^>]*>", " ", browser.get(f"/bureau/lettres/{issue_id}/verification").text)
    return " ".join(text.split())


def press(browser, path, **fields):
    """What the page says after the button."""
    # The context of the test outlives the requests, and would lend one browser another's token.
    g.pop("csrf_token", None)
    browser.get(path.rpartition("/")[0] + "/verification")
    return browser.get(browser.submit(path, **fields).location).text


def approve(browser, issue_id, revision=3, **fields):
    typed = {"revision": revision, "content": seen(issue_id)} | fields
    return press(browser, f"/bureau/lettres/{issue_id}/approbation", **typed)


def is_draft(issue_id):
    db.session.expire_all()
    return queries.issue(issue_id).is_draft


def test_an_author_approves_alone_for_few_readers(editor, written):
    approve(editor, written)
    assert not is_draft(written)
    assert "Approuvée, pour peu de destinataires – Camille Morin" in page(editor, written)


def test_nobody_approves_their_own_letter_for_many(editor, written, many):
    assert "une personne qui ne l’a pas écrite" in approve(editor, written)
    assert is_draft(written)
    assert "Approuver la lettre" not in page(editor, written)


def test_an_approver_who_wrote_it_is_an_author_like_another(staff, written, many):
    both = staff("editor", "approver")
    with transaction():
        issue = queries.locked(written)
        held = operations.Draft("Autre objet", issue.preheader, parse(issue.blocks))
        operations.save(issue, held, 3, now(), "account:2")
    approve(both, written, 4)
    assert is_draft(written)


def test_who_wrote_a_letter_is_no_second_person_for_a_copy_of_it(approver, written, many):
    with transaction():
        copy_id = operations.duplicate(queries.issue(written), now(), "account:2").id
    for author in ("account:1", "account:2"):
        with pytest.raises(OwnLetter), transaction():
            operations.approve(queries.locked(copy_id), 1, author, now())


def test_who_copies_what_a_second_person_approved_has_written_it_alone(approver, written, many):
    with transaction():
        operations.approve(queries.locked(written), 3, "account:2", now())
        copy_id = operations.duplicate(queries.issue(written), now(), "account:3").id
    with transaction():
        operations.approve(queries.locked(copy_id), 1, "account:2", now())
    assert not is_draft(copy_id)


def test_another_editor_without_the_role_is_no_second_person(staff, written, many):
    approve(staff("editor", "sender"), written)
    assert is_draft(written)


def test_somebody_else_approves_for_many(approver, written, many):
    approve(approver, written)
    assert not is_draft(written)
    assert "Approuvée par une autre personne" in page(approver, written)


def test_asking_tells_those_who_may_approve_once(approver, editor, written, many):
    for _ in range(2):
        editor.submit(f"/bureau/lettres/{written}/demande")
    (mail,) = db.session.query(OutboxMessage)
    assert (mail.recipient, mail.origin) == ("approver@exemple.fr", f"issue:{written}")
    assert f"/bureau/lettres/{written}/verification" in mail.text
    assert "L’approbation est demandée" in page(editor, written)


def test_what_is_asked_for_waits_on_a_page(approver, editor, written):
    assert "Aucune lettre n’attend" in approver.get("/bureau/approbations").text
    editor.submit(f"/bureau/lettres/{written}/demande")
    assert f"/bureau/lettres/{written}/verification" in approver.get("/bureau/approbations").text


def test_asking_where_nobody_may_approve_says_so(editor, written):
    assert "Personne d’autre n’a le rôle d’approuver" in press(
        editor, f"/bureau/lettres/{written}/demande"
    )
    assert db.session.query(OutboxMessage).count() == 0


def test_a_faulty_letter_is_not_asked_for(approver, editor, mailing_list):
    editor.submit("/bureau/lettres", list=mailing_list, language="fr")
    assert "Il reste quelque chose à corriger" in press(editor, "/bureau/lettres/1/demande")
    assert db.session.query(OutboxMessage).count() == 0


def test_an_edit_voids_the_request_and_the_page_says_by_whom(approver, editor, written):
    editor.submit(f"/bureau/lettres/{written}/demande")
    with transaction():
        issue = queries.locked(written)
        held = operations.Draft("Autre objet", issue.preheader, parse(issue.blocks))
        operations.save(issue, held, 3, now(), "account:1")
    said = page(editor, written)
    assert "L’approbation est demandée" not in said
    assert said.index("Approbation demandée") < said.rindex("Rédigée – Camille Morin")
    assert "Aucune lettre n’attend" in approver.get("/bureau/approbations").text


def test_another_look_of_the_same_words_voids_the_request(app, approver, editor, written):
    editor.submit(f"/bureau/lettres/{written}/demande")
    app.config["POSTAL_ADDRESS"] = "3 rue Neuve, 50000 Port-l’Estran"
    assert "L’approbation est demandée" not in page(editor, written)


def test_nobody_approves_what_they_did_not_see(approver, written):
    assert "a changé depuis" in approve(approver, written, content="0" * 64)
    assert is_draft(written)


def test_nobody_approves_without_saying_what_they_read(approver, written):
    assert "ne dit pas quelle lettre a été relue" in approve(approver, written, content="")
    assert is_draft(written)


def test_an_approved_letter_is_taken_back_and_its_approval_is_void(editor, written):
    approve(editor, written)
    path = queries.web_url(written).partition("8000")[2]
    answer = editor.submit(f"/bureau/lettres/{written}/redaction")
    assert answer.location.endswith(f"/bureau/lettres/{written}")
    assert is_draft(written)
    assert editor.get(path).status_code == 404
    assert "Reprise : l’approbation est annulée" in page(editor, written)


def test_a_letter_that_was_taken_back_is_approved_again(editor, written):
    approve(editor, written)
    editor.submit(f"/bureau/lettres/{written}/redaction")
    approve(editor, written)
    assert not is_draft(written)


def test_a_letter_that_has_left_is_not_taken_back(editor, written):
    approve(editor, written)
    with transaction():
        approving.sent(written, now())
    assert "déjà partie" in press(editor, f"/bureau/lettres/{written}/redaction")
    assert not is_draft(written)


def test_a_list_that_has_grown_asks_for_a_second_approval(app, approver, editor, written):
    approve(editor, written)
    app.config["APPROVAL_ABOVE"] = -1
    assert "doit l’approuver" in page(editor, written)
    editor.submit(f"/bureau/lettres/{written}/demande")
    approve(approver, written)
    assert not approving.was_alone(queries.issue(written))


def test_another_editor_without_the_role_approved_for_few_only(app, staff, editor, written):
    approve(staff("editor", "sender"), written)
    assert not is_draft(written)
    app.config["APPROVAL_ABOVE"] = -1
    assert "doit l’approuver" in page(editor, written)
    assert approving.was_alone(queries.issue(written))


def test_what_was_changed_behind_the_approval_may_not_leave(editor, written):
    approve(editor, written)
    with transaction():
        db.session.get_one(Issue, written).subject = "Autre chose"
    with pytest.raises(Conflict):
        approving.verified(queries.issue(written))


def test_an_approver_reads_and_does_not_write(approver, written):
    assert approver.get(f"/bureau/lettres/{written}/verification").status_code == 200
    assert approver.get(f"/bureau/lettres/{written}/apercu").status_code == 200
    assert approver.get(f"/bureau/lettres/{written}").status_code == 404
    assert approver.submit(f"/bureau/lettres/{written}/redaction").status_code == 404


def test_what_some_readers_are_shown_is_part_of_what_was_approved(written):
    with transaction():
        issue = queries.locked(written)
        extra = Block("z1", Text("Les horaires de la semaine."), When(frequencies=("weekly",)))
        blocks = (*parse(issue.blocks), extra)
        operations.save(issue, operations.Draft("Objet", "Aperçu", blocks), 3, now(), "account:1")
        operations.approve(issue, 4, "account:1", now())
    assert approving.verified(queries.issue(written)).versions
    with transaction():
        queries.letter(written).versions[0].html = "<p>Autre chose</p>"
    with pytest.raises(Conflict):
        approving.verified(queries.issue(written))


def test_a_letter_whose_section_fills_itself_is_approved_as_it_was_seen(editor, articles, written):
    with transaction():
        issue = queries.locked(written)
        blocks = (*parse(issue.blocks), Block("z1", Section(title="À lire")))
        operations.save(issue, operations.Draft("Objet", "Aperçu", blocks), 3, now(), "account:1")
    seen = re.search(
        r'name="content" value="([0-9a-f]{64})"',
        editor.get(f"/bureau/lettres/{written}/verification").text,
    )[1]
    approve(editor, written, 4, content=seen)
    assert not is_draft(written)
