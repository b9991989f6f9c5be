"""A draft nobody wants goes to the trash, and comes back from it as it was."""

from datetime import timedelta

import pytest
import time_machine

from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.newsletters import operations, queries
from mailer.newsletters.models import Issue
from mailer.retention import jobs

TRASH = "/bureau/lettres/corbeille"


def test_a_draft_that_is_thrown_away_is_taken_back_from_the_next_page(editor, draft):
    answer = editor.submit(f"/bureau/lettres/{draft}/corbeille")
    listed = editor.get(answer.location)
    assert f'action="/bureau/lettres/{draft}/sortie-de-corbeille"' in listed.text
    assert f'href="/bureau/lettres/{draft}"' not in listed.text
    assert editor.get(f"/bureau/lettres/{draft}").status_code == 404

    back = editor.submit(f"/bureau/lettres/{draft}/sortie-de-corbeille")

    assert editor.get(back.location).status_code == 200
    assert "La corbeille est vide" in editor.get(TRASH).text


def test_the_trash_shows_what_can_still_be_taken_out(editor, draft):
    editor.submit(f"/bureau/lettres/{draft}/corbeille")
    assert f'action="/bureau/lettres/{draft}/sortie-de-corbeille"' in editor.get(TRASH).text


def test_what_was_approved_or_sent_is_not_thrown_away(editor, draft):
    with transaction():
        operations.approve(queries.locked(draft), 2, "account:1", now())
    assert editor.submit(f"/bureau/lettres/{draft}/corbeille").status_code == 409
    with transaction():
        issue = queries.locked(draft)
        issue.state, issue.sent_at = "draft", now()
        with pytest.raises(Conflict):
            operations.trash(issue, "account:1", now())


def test_a_draft_leaves_the_trash_for_good_after_a_month(editor, draft):
    editor.submit(f"/bureau/lettres/{draft}/corbeille")
    with time_machine.travel(now() + timedelta(days=29)):
        jobs.purge()
    assert db.session.get(Issue, draft) is not None
    db.session.rollback()
    with time_machine.travel(now() + timedelta(days=31)):
        jobs.purge()
    assert db.session.get(Issue, draft) is None
