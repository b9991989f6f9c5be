"""Feeds for tests, written in a line."""

from mailer.articles.data import ArticleData, Feed, Kind


def rss(*titles: str, image: str = "") -> bytes:
    """An RSS feed with one item for each title; its link and guid go by the title."""
    shown = f'<enclosure type="image/jpeg" url="{image}"/>' if image else ""
    items = "".join(
        f"<item><title>{t}</title><link>https://exemple.fr/{t}</link>{shown}</item>" for t in titles
    )
    head = "<title>Le site</title><link>https://exemple.fr/</link>"
    return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()


def article(name: str, /, **more: object) -> ArticleData:
    return ArticleData(**{"title": name, "url": f"https://exemple.fr/{name}", **more})


def feed(*entries: ArticleData) -> Feed:
    return Feed("Le site", Kind.FEED, entries)
