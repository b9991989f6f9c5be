from newsletters.letters import DOCUMENT

from mailer.newsletters.arrange import lowered, raised, with_new, without
from mailer.newsletters.blocks import parse

BLOCKS = parse(DOCUMENT)


def order(blocks):
    return [block.id for block in blocks]


def test_a_block_goes_up_one_place():
    assert order(raised(BLOCKS, "b2"))[:3] == ["b2", "b1", "b3"]


def test_a_block_goes_down_one_place():
    assert order(lowered(BLOCKS, "b1"))[:3] == ["b2", "b1", "b3"]


def test_the_first_block_goes_no_higher_and_the_last_no_lower():
    assert raised(BLOCKS, "b1") == BLOCKS == lowered(BLOCKS, "b8")


def test_a_block_that_is_not_there_moves_nothing():
    assert raised(BLOCKS, "b99") == BLOCKS


def test_taking_one_out_keeps_the_others():
    assert order(without(BLOCKS, "b2")) == ["b1", "b3", "b4", "b5", "b6", "b7", "b8"]


def test_a_new_block_takes_a_free_name_at_the_end():
    added = with_new(without(BLOCKS, "b2"), "quote", "b8")
    assert (added[-1].id, added[-1].type) == ("b9", "quote")


def test_an_unknown_type_adds_nothing():
    assert with_new(BLOCKS, "video", "b8") == BLOCKS
