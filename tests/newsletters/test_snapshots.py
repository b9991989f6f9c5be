from mailer.articles.models import Article as Source
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import Block, dump, parse
from mailer.newsletters.fields import unknown
from mailer.newsletters.snapshots import copied


def source(**parts):
    told = {
        "title": "Le phare",
        "summary": "Il rouvre.",
        "url": "https://estran.exemple.fr/phare",
        "image_alt": "La tour",
        "picture": "ab12.jpg",
        "image_width": 1200,
        "image_height": 675,
    }
    return Source(id=7, **told | parts)


def test_a_copy_holds_what_the_letter_shows():
    found = copied(source())
    assert found == Article(
        title="Le phare",
        summary="Il rouvre.",
        url="https://estran.exemple.fr/phare",
        image="/medias/ab12.jpg",
        alt="La tour",
        width=1200,
        height=675,
        article_id=7,
    )


def test_a_feed_cannot_place_a_merge_field():
    url = "https://ailleurs.example/?de={{unsubscribe_url}}"
    found = copied(source(title="{{{unsubscribe_url}}}", summary="{{prenom}}", url=url))
    assert [unknown(text) for text in (found.title, found.summary, found.url)] == [[], [], []]
    assert "{{" not in found.title + found.summary + found.url


def test_whatever_a_feed_says_can_be_read_back():
    odd = source(title="a" * 900, url="ftp://exemple.fr/" + "x" * 3000)
    blocks = (Block("b1", copied(odd)),)
    assert parse(dump(blocks)) == blocks
