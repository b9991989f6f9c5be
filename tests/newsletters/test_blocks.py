import pytest
from newsletters.letters import DOCUMENT

from mailer.newsletters.block_types import TYPES, Article
from mailer.newsletters.blocks import BadBlock, Fault, When, dump, parse


def one(type_, **props):
    return {"v": 1, "blocks": [{"id": "b1", "type": type_, "props": props}]}


def test_what_is_dumped_is_read_back_as_the_same_blocks():
    blocks = parse(DOCUMENT)
    assert parse(dump(blocks)) == blocks


def test_a_field_left_out_takes_its_default():
    (block,) = parse(one("article", title="Le phare"))
    assert block.props == Article(title="Le phare", layout="large")


def test_line_ends_of_a_web_form_become_plain_ones():
    (block,) = parse(one("text", text="un\r\ndeux"))
    assert block.props.text == "un\ndeux"


def test_a_line_holds_no_line_end():
    (block,) = parse(one("heading", text="un\r\nBcc: deux"))
    assert block.props.text == "un Bcc: deux"


@pytest.mark.parametrize(
    ("document", "block", "field", "fault"),
    [
        ([], "", "v", Fault.SHAPE),
        ({"v": 2, "blocks": []}, "", "v", Fault.SHAPE),
        ({"v": 1}, "", "blocks", Fault.SHAPE),
        ({"v": 1, "blocks": ["b1"]}, "", "", Fault.SHAPE),
        (one("video"), "b1", "type", Fault.TYPE),
        (one("heading", colour="red"), "b1", "colour", Fault.UNKNOWN),
        (one("heading", text=3), "b1", "text", Fault.KIND),
        (one("article", width="12"), "b1", "width", Fault.KIND),
        (one("article", layout="huge"), "b1", "layout", Fault.KIND),
        (one("heading", text="a" * 301), "b1", "text", Fault.LONG),
        (one("button", url="javascript:alert(1)"), "b1", "url", Fault.LINK),
        (one("button", url="www.exemple.fr"), "b1", "url", Fault.LINK),
        (one("image", image="https://ailleurs.example/x.png"), "b1", "image", Fault.IMAGE),
        (one("image", image="//ailleurs.example/x.png"), "b1", "image", Fault.IMAGE),
        (one("image", image="/\\ailleurs.example/x.png"), "b1", "image", Fault.IMAGE),
        (one("image", image="/medias/x.png?{{web_url}}"), "b1", "image", Fault.IMAGE),
    ],
)
def test_what_cannot_be_read_names_its_block_and_field(document, block, field, fault):
    with pytest.raises(BadBlock) as refused:
        parse(document)
    assert (refused.value.block, refused.value.field, refused.value.fault) == (block, field, fault)


def test_two_blocks_cannot_bear_one_name():
    twice = {"v": 1, "blocks": [{"id": "b1", "type": "divider", "props": {}}] * 2}
    with pytest.raises(BadBlock, match="twice"):
        parse(twice)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_of_block_is_read_back_as_it_was_kept(kind):
    whom = {"lists": ["lettre"], "languages": [], "frequencies": ["weekly"]}
    document = {"v": 1, "blocks": [{"id": "b1", "type": kind, "props": {}, "when": whom}]}

    blocks = parse(document)

    assert parse(dump(blocks)) == blocks
    assert blocks[0].when == When(lists=("lettre",), frequencies=("weekly",))


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("day", "le 5 décembre", Fault.DAY),
        ("day", "2026-02-30", Fault.DAY),
        ("time", "14 h 30", Fault.TIME),
    ],
)
def test_a_day_or_a_time_that_is_none_is_named(field, value, fault):
    event = {"id": "b1", "type": "event", "props": {field: value}}

    with pytest.raises(BadBlock) as refused:
        parse({"v": 1, "blocks": [event]})

    assert (refused.value.field, refused.value.fault) == (field, fault)


@pytest.mark.parametrize("when", [[], {"lists": "lettre"}, {"lists": [1]}, {"ages": ["15"]}])
def test_a_condition_that_is_none_is_refused(when):
    block = {"id": "b1", "type": "divider", "props": {}, "when": when}

    with pytest.raises(BadBlock) as refused:
        parse({"v": 1, "blocks": [block]})

    assert refused.value.place == "b1-when"
