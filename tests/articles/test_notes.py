"""What is told of a feed that is tried: what each entry lacks, and what stood there instead."""

import pytest
from articles.rss import article

from mailer.articles import notes
from mailer.articles.data import Gap, Note
from mailer.articles.parse import parse

WHOLE = """<title>Le phare</title><link>https://a.fr/phare</link>
<pubDate>Wed, 12 Mar 2025 13:30:00 +0100</pubDate><description>Il rouvre.</description>
<media:content url="/p.jpg" medium="image"><media:description>Un phare</media:description>
</media:content>"""


def read(item: str, head: bytes = b""):
    """The feed with that item."""
    space = 'xmlns:media="http://search.yahoo.com/mrss/"'
    text = f"<rss {space}><channel><title>Été</title><item>{item}</item></channel></rss>"
    return parse(head + text.encode(), "https://a.fr/")


def gaps(item: str) -> list[Note]:
    [told] = notes.told(read(item).entries)
    return list(told.notes)


def test_an_entry_that_has_everything_is_kept_without_a_note():
    [told] = notes.told(read(WHOLE).entries)
    assert (told.is_kept, told.notes) == (True, ())


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("Le phare", "", Note(Gap.NO_TITLE)),
        ("<link>https://a.fr/phare</link>", "", Note(Gap.NO_LINK)),
        ("https://a.fr/phare", "javascript:x()", Note(Gap.BAD_LINK, "javascript:x()")),
        ("Wed, 12 Mar 2025 13:30:00 +0100", "", Note(Gap.NO_DATE)),
        ("Wed, 12 Mar 2025 13:30:00 +0100", "32 mars 2025", Note(Gap.BAD_DATE, "32 mars 2025")),
        ("Il rouvre.", "", Note(Gap.NO_SUMMARY)),
        ('url="/p.jpg" medium="image"', "", Note(Gap.NO_IMAGE)),
        ('url="/p.jpg"', 'url="data:x"', Note(Gap.BAD_IMAGE, "data:x")),
        ("Un phare", "", Note(Gap.NO_ALTERNATIVE)),
    ],
)
def test_what_an_entry_lacks_is_said_with_what_stood_there(before, after, note):
    assert gaps(WHOLE.replace(before, after)) == [note]


def test_an_entry_without_a_link_is_left_out_and_the_second_of_two_is_joined():
    told = notes.told([article("a"), article("b", url=""), article("c", url="http://exemple.fr/a")])
    assert [each.is_kept for each in told] == [True, False, False]
    assert told[2].notes == (Note(Gap.JOINED, "a"),)


@pytest.mark.parametrize(
    ("head", "encoding", "expected"),
    [
        ("utf-8", "utf-8", ()),
        ("iso-8859-1", "cp1252", ()),
        ("utf-8", "cp1252", (Note(Gap.ENCODING_GUESSED, "cp1252"),)),
        ("iso-8859-1", "utf-8", (Note(Gap.ENCODING_GUESSED, "utf-8"),)),
    ],
)
def test_an_encoding_that_is_not_the_declared_one_is_told(head, encoding, expected):
    text = (
        f"<?xml version='1.0' encoding='{head}'?><rss><channel><title>Été</title></channel></rss>"
    )
    feed = parse(text.encode(encoding))
    assert (feed.title, feed.notes) == ("Été", expected)


def test_a_document_that_breaks_off_is_told():
    feed = parse(b"<rss><channel><title>Le site</title><item><title>a</title>")
    assert feed.notes == (Note(Gap.BROKEN),)


def test_entries_beyond_the_ceiling_are_told():
    feed = parse(b"<rss><channel>" + b"<item><title>t</title></item>" * 501 + b"</channel></rss>")
    assert (len(feed.entries), feed.notes) == (500, (Note(Gap.CUT, "500"),))
