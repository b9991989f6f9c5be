import pytest

from mailer.errors import Invalid
from mailer.rights.kinds import Right
from mailer.rights.letters import REQUIRED, Kind, check, kind_of
from mailer.rights.states import Outcome

EACH = [(kind, name) for kind, names in REQUIRED.items() for name in names]


def mentions(kind: Kind) -> dict[str, str]:
    return {name: f"the {name} & its words" for name in REQUIRED[kind]}


def bodies(said: dict[str, str]) -> list[str]:
    text = "\n".join(said.values())
    markup = "".join(f"<p>{words.replace('&', '&amp;')}</p>" for words in said.values())
    return [text, markup]


@pytest.mark.parametrize("kind", list(Kind))
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
