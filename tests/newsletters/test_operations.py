import pytest
from newsletters.letters import LETTER

from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Conflict, Invalid, NotFound
from mailer.newsletters import operations, queries
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import parse
from mailer.newsletters.content import Draft
from mailer.newsletters.fields import GIVEN, filled
from mailer.subscriptions.models import MailingList

ARTICLE = Article(title="Le phare rouvre", url="https://estran.exemple.fr/phare", article_id=7)


def drafted(mailing_list, *articles):
    with transaction():
        series = operations.series_of(db.session.get(MailingList, mailing_list))
        return operations.draft_issue(series, articles, "fr", now(), "account:9").id


def approve(issue_id, revision=2):
    with transaction():
        operations.approve(queries.locked(issue_id), revision, "account:1", now())


def test_a_letter_copies_its_articles_and_takes_the_first_title(mailing_list):
    issue = queries.issue(drafted(mailing_list, ARTICLE))
    assert (issue.subject, [block.props for block in parse(issue.blocks)]) == (
        "Le phare rouvre",
        [ARTICLE],
    )


def test_a_list_has_one_series(mailing_list):
    first, second = drafted(mailing_list), drafted(mailing_list)
    assert queries.issue(first).newsletter_id == queries.issue(second).newsletter_id


def test_saving_raises_the_revision(draft):
    assert queries.issue(draft).revision == 2


def test_who_saves_over_a_newer_revision_is_told(draft):
    with pytest.raises(Conflict), transaction():
        operations.save(queries.locked(draft), Draft("Autre", "", ()), 1, now(), "account:9")
    assert queries.issue(draft).subject == LETTER.subject


def test_approval_keeps_the_letter_as_drawn(draft):
    approve(draft)
    letter = filled(
        queries.letter(draft).rendered,
        dict.fromkeys(GIVEN, "…") | {"unsubscribe_url": "U"},
    )
    assert 'href="U"' in letter.html
    assert "Se désinscrire\u00a0: U" in letter.text


def test_the_web_version_holds_no_link_of_anybody(draft):
    approve(draft)
    page = queries.letter(draft).web_html
    assert "désinscri" not in page
    assert "zqfield" not in page


def test_approval_is_recorded(draft):
    approve(draft)
    assert queries.issue(draft).approved_at is not None


def test_a_letter_with_a_blocking_fault_is_not_approved(mailing_list):
    empty = drafted(mailing_list)
    with pytest.raises(Invalid, match="no-subject, no-block"):
        approve(empty, revision=1)
    assert queries.issue(empty).is_draft


def test_a_letter_that_changed_since_it_was_read_is_not_approved(draft):
    with pytest.raises(Conflict):
        approve(draft, revision=1)


def test_an_approved_letter_changes_no_more(draft):
    approve(draft)
    with pytest.raises(Conflict), transaction():
        operations.save(queries.locked(draft), Draft("Autre", "", ()), 2, now(), "account:9")


def test_an_approved_letter_can_be_duplicated_as_a_draft(draft):
    approve(draft)
    with transaction():
        copy_id = operations.duplicate(queries.issue(draft), now(), "account:9").id
    copy = queries.issue(copy_id)
    assert (copy.is_draft, copy.subject, copy.blocks) == (
        True,
        LETTER.subject,
        queries.issue(draft).blocks,
    )


def test_a_draft_has_no_letter_to_send(draft):
    with pytest.raises(NotFound):
        queries.letter(draft)
