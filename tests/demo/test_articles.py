"""The demo's articles and pictures are complete and light."""

import struct
from datetime import UTC, datetime

import pytest

from mailer.demo.articles import PICTURES, named, newest_first
from mailer.errors import NotFound

MONDAY = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
HEAVIEST_BYTES = 1_200_000


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height, from the frame header (ITU T.81, B.2.2)."""
    at = 2
    while jpeg[at + 1] not in {0xC0, 0xC2}:
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    height, width = struct.unpack(">HH", jpeg[at + 5 : at + 9])
    return width, height


def test_twelve_articles_are_spread_over_ten_weeks():
    days = [article.days_ago for article in newest_first()]
    assert len(set(days)) == 12
    assert (min(days), max(days)) == (3, 69)


@pytest.mark.parametrize("article", newest_first(), ids=lambda article: article.slug)
def test_an_article_has_three_to_six_paragraphs_and_a_described_picture(article):
    assert 3 <= len(article.paragraphs) <= 6
    assert article.picture_alt.endswith(".")
    assert size_of((PICTURES / f"{article.slug}.jpg").read_bytes()) == (1200, 675)


@pytest.mark.parametrize("article", newest_first(), ids=lambda article: article.slug)
def test_an_article_is_set_with_french_typography(article):
    text = " ".join((article.title, article.standfirst, article.picture_alt, *article.paragraphs))
    assert not any(wrong in text for wrong in ("'", " :", " ;", " !", " ?", "« ", " »", "..."))


def test_the_pictures_are_light_together():
    assert sum(path.stat().st_size for path in PICTURES.glob("*.jpg")) < HEAVIEST_BYTES


def test_an_article_appears_at_nine_in_paris():
    assert named("phare").published_at(MONDAY) == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def test_an_unknown_article_is_not_found():
    with pytest.raises(NotFound):
        named("montagne")
