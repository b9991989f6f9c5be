from datetime import date

import pytest

from mailer.rights.letters import (
    SOURCE,
    SOURCES,
    Kind,
    Source,
    free_parts,
    is_before,
    mandatory,
    missing,
    typed,
    unsaid,
)
from mailer.rights.parts import Block, Part, Shape

EVERY = [(kind, name) for kind in Kind for name in mandatory(kind)]
NEEDED = [(kind, name) for kind, name in EVERY if SOURCE[name] != Source.TEMPLATE]


def facts(kind):
    return {name: f"the {name}" for name in mandatory(kind)}


def parts(kind):
    said = facts(kind).items()
    return tuple(Part((name,), "", (Block(Shape.PARAGRAPH, text),)) for name, text in said)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_letter_with_all_its_facts_misses_nothing(kind):
    assert missing(kind, facts(kind)) == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_letter_that_says_each_mention_leaves_none_unsaid(kind):
    assert unsaid(kind, facts(kind), parts(kind)) == ()


@pytest.mark.parametrize("empty", ["", " \u00a0", (), ("", " ")])
@pytest.mark.parametrize(("kind", "name"), NEEDED)
def test_an_empty_fact_is_a_missing_mention(kind, name, empty):
    assert missing(kind, facts(kind) | {name: empty}) == (name,)


@pytest.mark.parametrize(("kind", "name"), NEEDED)
def test_a_fact_that_nobody_gave_is_a_missing_mention(kind, name):
    given = {each: text for each, text in facts(kind).items() if each != name}
    assert missing(kind, given) == (name,)


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_a_part_that_the_template_lost_is_an_unsaid_mention(kind, name):
    kept = tuple(part for part in parts(kind) if name not in part.says)
    assert unsaid(kind, facts(kind), kept) == (name,)


@pytest.mark.parametrize(("kind", "name"), NEEDED)
def test_a_part_with_other_words_leaves_its_mention_unsaid(kind, name):
    assert unsaid(kind, facts(kind) | {name: "something else"}, parts(kind)) == (name,)


def test_only_an_extension_is_too_late_after_the_first_due_date():
    due, after = date(2026, 12, 22), date(2026, 12, 23)
    assert [kind for kind in Kind if not is_before(kind, due, after)] == [Kind.A3]
    assert is_before(Kind.A3, due, due)


def test_every_mention_has_one_source_and_is_asked_by_a_letter():
    asked = {name for kind in Kind for name in mandatory(kind)}
    assert sorted(SOURCE) == sorted(name for names in SOURCES.values() for name in names)
    assert set(SOURCE) == asked


def test_the_officer_writes_the_doubt_and_not_the_date():
    assert free_parts(Kind.A2) == ("doubt", "needed", "remark")


def test_what_is_typed_outside_the_free_parts_is_not_taken():
    form = {"facts": " Neuf listes. ", "due": "jamais", "complaint": "", "remark": ""}
    assert typed(Kind.A3, form) == {"facts": "Neuf listes.", "remark": ""}
