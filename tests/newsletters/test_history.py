from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.newsletters import arrange, history, operations, queries, revisions
from mailer.newsletters.revisions import draft_of

ANNE, PAUL = "account:1", "account:2"


@pytest.fixture
def letter(draft):
    """`letter(act)`: do something to the letter in a transaction of its own; its draft after it."""

    def act(change):
        with transaction():
            issue = queries.locked(draft)
            change(issue)
            return draft_of(issue)

    return act


def typing(subject, actor=ANNE, minutes=0):
    def change(issue):
        draft = replace(draft_of(issue), subject=subject)
        history.write(issue, draft, issue.revision, actor, now() + timedelta(minutes=minutes))

    return change


def without(name):
    def change(issue):
        draft = draft_of(issue)
        blocks = arrange.without(draft.blocks, name)
        history.write(issue, replace(draft, blocks=blocks), issue.revision, ANNE, now())

    return change


def undo(issue):
    history.undo(issue, ANNE, now())


def redo(issue):
    history.redo(issue, ANNE, now())


def subjects(issue_id):
    return [row.subject for row in revisions.newest_first(queries.issue(issue_id))]


def test_the_first_save_keeps_what_stood_there_before(letter, draft):
    before = queries.issue(draft).subject
    letter(typing("Un"))
    assert subjects(draft) == ["Un", before]


def test_what_one_person_types_in_a_row_is_one_revision(letter, draft):
    letter(typing("Un"))
    letter(typing("Un deux"))
    assert subjects(draft)[0] == "Un deux"
    assert len(subjects(draft)) == 2


def test_another_author_and_a_later_hour_begin_a_revision(letter, draft):
    letter(typing("Un"))
    letter(typing("Deux", PAUL))
    letter(typing("Trois", PAUL, minutes=5))
    assert subjects(draft)[:3] == ["Trois", "Deux", "Un"]


def test_a_block_that_goes_begins_a_revision(letter, draft):
    letter(typing("Un"))
    letter(without("b2"))
    assert len(subjects(draft)) == 3


def test_a_save_that_changes_nothing_leaves_no_revision(letter, draft):
    letter(typing(queries.issue(draft).subject))
    assert len(subjects(draft)) == 1


def test_undo_and_redo_go_along_the_revisions(letter, draft):
    letter(typing("Un"))
    letter(typing("Deux", PAUL))
    assert letter(undo).subject == "Un"
    assert letter(redo).subject == "Deux"
    assert letter(redo).subject == "Deux"
    letter(undo)
    first = letter(undo)
    assert letter(undo) == first
    assert revisions.steps(queries.issue(draft)) == revisions.Steps(back=False, forth=True)


def test_undo_brings_a_block_back(letter):
    before = letter(typing("Un"))
    letter(without("b2"))
    assert letter(undo) == before


def test_what_is_written_after_an_undo_loses_no_revision(letter, draft):
    letter(typing("Un"))
    letter(typing("Deux", PAUL))
    letter(undo)
    letter(typing("Trois"))
    assert subjects(draft)[:3] == ["Trois", "Deux", "Un"]
    assert letter(undo).subject == "Un"
    assert letter(redo).subject == "Trois"


def test_going_back_to_a_version_can_be_undone(letter, draft):
    letter(typing("Un"))
    letter(typing("Deux", PAUL))
    old = revisions.newest_first(queries.issue(draft))[1]
    assert letter(lambda issue: history.restore(issue, old, ANNE, now())).subject == "Un"
    assert letter(undo).subject == "Deux"


def test_only_the_last_revisions_are_kept(letter, draft):
    for number in range(history.KEPT + 3):
        letter(typing(f"{number}", f"account:{number % 2}"))
    assert len(subjects(draft)) == history.KEPT


def test_a_letter_that_somebody_saved_since_is_not_written_over(letter):
    letter(typing("Un"))
    with pytest.raises(Conflict):
        letter(lambda issue: history.write(issue, draft_of(issue), 1, ANNE, now()))


def test_a_block_returns_to_its_place_with_what_was_written_since(letter):
    letter(typing("Un"))
    letter(without("b2"))
    letter(typing("Deux"))
    after = letter(lambda issue: history.bring_back(issue, "b2", ANNE, now()))
    assert ([block.id for block in after.blocks][:3], after.subject) == (["b1", "b2", "b3"], "Deux")


def test_what_the_program_itself_changed_is_undone_too(letter, draft):
    before = letter(typing("Un"))
    letter(
        lambda issue: operations.save(
            issue, replace(draft_of(issue), subject="Corrigé"), issue.revision, now(), "account:9"
        )
    )
    assert letter(undo) == before


def test_a_block_that_is_there_is_not_brought_back(letter):
    before = letter(typing("Un"))
    assert letter(lambda issue: history.bring_back(issue, "b2", ANNE, now())) == before


def test_a_colleague_who_saved_lately_is_named_to_the_others(app, letter, draft, staff):
    staff("editor")
    letter(typing("Un", ANNE))
    issue = queries.issue(draft)
    assert revisions.colleague(issue, PAUL, now()).name == "Camille Morin"
    assert revisions.colleague(issue, ANNE, now()) is None
    assert revisions.colleague(issue, PAUL, now() + timedelta(minutes=3)) is None
