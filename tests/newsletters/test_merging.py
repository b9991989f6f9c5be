from dataclasses import replace

from newsletters.letters import DOCUMENT, LETTER

from mailer.newsletters.block_types import Quote, Text
from mailer.newsletters.blocks import Block, parse
from mailer.newsletters.comparing import Run, runs, words_of
from mailer.newsletters.content import Draft
from mailer.newsletters.merging import Side, differences, digests, told_apart, united

BASE = Draft(LETTER.subject, LETTER.preheader, parse(DOCUMENT))
SEEN = digests(BASE)
NEW = Block("b9", Quote("Une autre voix"))


def with_text(draft, name, text):
    blocks = [replace(b, props=Text(text)) if b.id == name else b for b in draft.blocks]
    return replace(draft, blocks=tuple(blocks))


def order(draft):
    return [block.id for block in draft.blocks]


def test_equal_letters_have_no_difference():
    assert differences(BASE, BASE, SEEN) == []


def test_what_only_one_changed_is_chosen_already():
    mine, theirs = replace(BASE, subject="Le mien"), with_text(BASE, "b1", "Le leur")
    found = {part.name: part for part in differences(mine, theirs, SEEN)}
    assert (found["subject"].pick, found["b1"].pick) == (Side.MINE, Side.THEIRS)
    assert not any(part.is_disputed for part in found.values())
    both = united(mine, theirs, SEEN, {})
    assert (both.subject, both.blocks) == ("Le mien", theirs.blocks)


def test_what_both_changed_is_disputed_and_can_be_chosen():
    mine, theirs = with_text(BASE, "b1", "Le mien"), with_text(BASE, "b1", "Le leur")
    (part,) = differences(mine, theirs, SEEN)
    assert part.is_disputed
    assert united(mine, theirs, SEEN, {"b1": Side.THEIRS}) == theirs
    assert united(mine, theirs, SEEN, {"b1": Side.MINE}) == mine


def test_a_block_that_one_took_out_goes_and_one_that_another_added_stays():
    mine = replace(BASE, blocks=BASE.blocks[1:])
    theirs = replace(BASE, blocks=(*BASE.blocks[:3], NEW, *BASE.blocks[3:]))
    assert order(united(mine, theirs, SEEN, {}))[:3] == ["b2", "b3", "b9"]


def test_a_block_taken_out_here_and_changed_there_is_disputed():
    mine = replace(BASE, blocks=BASE.blocks[1:])
    theirs = with_text(BASE, "b1", "Le leur")
    (part,) = differences(mine, theirs, SEEN)
    assert part.is_disputed
    assert part.mine is None
    assert order(united(mine, theirs, SEEN, {"b1": Side.THEIRS})) == order(BASE)


def test_the_order_is_that_of_whoever_moved_a_block():
    moved = replace(BASE, blocks=BASE.blocks[::-1])
    assert order(united(BASE, moved, SEEN, {})) == order(moved)
    assert order(united(moved, BASE, SEEN, {})) == order(moved)


def test_two_new_blocks_of_one_name_are_two_blocks():
    mine = replace(BASE, blocks=(*BASE.blocks, NEW))
    theirs = replace(BASE, blocks=(*BASE.blocks, Block("b9", Text("Autre chose"))))
    apart = told_apart(mine, theirs, SEEN)
    both = united(apart, theirs, SEEN, {})
    assert {block.props for block in both.blocks} >= {Quote("Une autre voix"), Text("Autre chose")}
    assert len(both.blocks) == len(BASE.blocks) + 2


def test_without_what_was_seen_everything_is_disputed_and_mine_is_proposed():
    (part,) = differences(replace(BASE, subject="Le mien"), BASE, {})
    assert (part.pick, part.is_disputed) == (Side.MINE, True)


def test_the_words_that_the_other_lacks_are_told():
    assert list(runs("le phare rouvre", "le phare ferme")) == [
        Run("le phare ", is_changed=False),
        Run("rouvre", is_changed=True),
    ]


def test_a_block_is_told_by_its_words():
    assert words_of(NEW) == "Une autre voix"
    assert words_of(None) == ""
