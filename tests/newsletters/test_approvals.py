"""What follows from who wrote, who asked and who approved."""

import pytest

from mailer.clock import now
from mailer.newsletters import approvals
from mailer.newsletters.approvals import Act, Step
from mailer.newsletters.content import Rendered

DRAWN = Rendered("Objet", "<p>Bonjour</p>", "Bonjour")
WRITTEN = ("Objet", "Aperçu", "fr", {"v": 1, "blocks": []})


def steps(*acts):
    """`steps("edited by a")`: that act, by that person."""
    told = (words.rsplit(" by ", 1) for words in acts)
    return [Step(Act(act), actor, "h", now()) for act, actor in told]


def test_the_same_letter_has_the_same_hash_whatever_the_order_of_its_keys():
    turned = (*WRITTEN[:3], {"blocks": [], "v": 1})
    assert approvals.content_hash(WRITTEN, DRAWN) == approvals.content_hash(turned, DRAWN)


@pytest.mark.parametrize("at", range(4))
def test_whatever_is_written_differently_is_another_letter(at):
    changed = [*WRITTEN]
    changed[at] = "autre"
    assert approvals.content_hash(changed, DRAWN) != approvals.content_hash(WRITTEN, DRAWN)


@pytest.mark.parametrize(
    "drawn",
    [
        Rendered("Autre", DRAWN.html, DRAWN.text),
        Rendered(DRAWN.subject, "<p>Autre</p>", DRAWN.text),
        Rendered(DRAWN.subject, DRAWN.html, "Autre"),
    ],
)
def test_whatever_is_drawn_differently_is_another_letter(drawn):
    assert approvals.content_hash(WRITTEN, drawn) != approvals.content_hash(WRITTEN, DRAWN)


def test_everybody_who_saved_is_an_author():
    assert approvals.authors(steps("edited by a", "asked by a", "edited by b")) == {"a", "b"}


def test_who_edits_after_a_second_persons_approval_answers_for_their_own_edit_alone():
    done = steps("edited by a", "approved by b", "taken_back by a", "edited by a")
    assert approvals.authors(done) == {"a"}
    assert approvals.verdict(done, "b", {"b"}) is Act.APPROVED


def test_an_approval_by_an_author_makes_nobody_else_of_them():
    done = steps("edited by a", "approved_alone by a", "taken_back by a", "edited by b")
    assert approvals.verdict(done, "a", {"a"}) is Act.APPROVED_ALONE


@pytest.mark.parametrize(
    ("actor", "approvers", "act"),
    [
        ("b", {"b"}, Act.APPROVED),
        ("b", {"c"}, Act.APPROVED_ALONE),
        ("b", set(), Act.APPROVED_ALONE),
        ("a", {"a", "b"}, Act.APPROVED_ALONE),
        ("", {"b"}, Act.APPROVED_ALONE),
    ],
)
def test_a_second_person_holds_the_role_and_wrote_nothing_of_it(actor, approvers, act):
    assert approvals.verdict(steps("edited by a"), actor, approvers) is act


def test_a_request_ends_with_the_next_edit():
    assert approvals.request(steps("edited by a", "asked by a")).actor == "a"
    assert approvals.request(steps("edited by a", "asked by a", "edited by b")) is None
    assert approvals.request(steps("edited by a", "asked by a", "approved by b")) is None


def test_a_second_approval_makes_the_first_one_count_no_more():
    alone = steps("edited by a", "approved_alone by a")
    assert approvals.was_alone(alone)
    assert not approvals.was_alone([*alone, *steps("approved by b")])
    assert not approvals.was_alone([])
