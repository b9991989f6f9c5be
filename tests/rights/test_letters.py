from datetime import date

import pytest

from mailer.errors import Invalid
from mailer.rights.kinds import Right
from mailer.rights.letters import (
    REQUIRED,
    SOURCE,
    SOURCES,
    Kind,
    Source,
    check,
    free_parts,
    is_before,
    kind_of,
    mandatory,
    missing,
    typed,
    unsaid,
)
from mailer.rights.parts import Block, Part, Shape
from mailer.rights.states import Outcome

EACH = [(kind, name) for kind, names in REQUIRED.items() for name in names]


def mentions(kind: Kind) -> dict[str, str]:
    return {name: f"the {name} & its words" for name in REQUIRED[kind]}


def bodies(said: dict[str, str]) -> list[str]:
    text = "\n".join(said.values())
    markup = "".join(f"<p>{words.replace('&', '&amp;')}</p>" for words in said.values())
    return [text, markup]


@pytest.mark.parametrize("kind", list(REQUIRED))
def test_a_complete_letter_is_accepted(kind):
    check(kind, mentions(kind), *bodies(mentions(kind)))


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_a_letter_without_the_value_of_a_mention_is_refused(kind, name):
    said = mentions(kind) | {name: " "}
    with pytest.raises(Invalid, match=name):
        check(kind, said, *bodies(said))


@pytest.mark.parametrize(("kind", "name"), EACH)
@pytest.mark.parametrize("place", [0, 1], ids=["text", "html"])
def test_a_letter_whose_template_lost_a_mention_is_refused(kind, name, place):
    said = mentions(kind)
    kept = {key: words for key, words in said.items() if key != name}
    written = bodies(said)
    written[place] = bodies(kept)[place]
    with pytest.raises(Invalid, match=name):
        check(kind, said, *written)


def test_a_mention_broken_over_two_lines_still_counts():
    said = mentions(Kind.ANSWER)
    check(Kind.ANSWER, said, *(body.replace(" ", "\n") for body in bodies(said)))


def test_one_refused_right_makes_the_letter_a_refusal():
    decided = {Right.ACCESS: Outcome.GRANTED, Right.ERASURE: Outcome.REFUSED}
    assert kind_of(decided) == Kind.REFUSAL


def test_an_objection_alone_has_its_own_letter():
    assert kind_of({Right.OBJECTION: Outcome.GRANTED}) == Kind.OBJECTION


def test_an_objection_with_another_right_is_answered_in_one_letter():
    decided = {Right.OBJECTION: Outcome.GRANTED, Right.ACCESS: Outcome.NO_DATA}
    assert kind_of(decided) == Kind.ANSWER


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
