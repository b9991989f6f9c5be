"""JSON Feed 1.1 and the posts of a WordPress site (/wp-json/wp/v2/posts?_embed)."""

import json
from typing import Any

from mailer.articles import dates, markup
from mailer.articles.data import ArticleData, Feed, Given, Kind, Problem, UnreadableError
from mailer.articles.decoding import CONTROLS
from mailer.articles.feeds import MAX_ENTRIES


def read(text: str, base: str) -> Feed:
    """The feed in that JSON; raises UnreadableError when it is another kind of document."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError(Problem.NOT_A_FEED) from None
    if isinstance(found, dict) and isinstance(found.get("items"), list):
        return json_feed(found, base)
    if isinstance(found, list) and all(isinstance(post, dict) and "link" in post for post in found):
        entries = tuple(post_article(post, base) for post in found[:MAX_ENTRIES])
        return Feed("", Kind.WORDPRESS, entries)
    raise UnreadableError(Problem.NOT_A_FEED)


def json_feed(found: dict[str, Any], base: str) -> Feed:
    items = [item for item in found["items"] if isinstance(item, dict)]
    entries = tuple(item_article(item, base) for item in items[:MAX_ENTRIES])
    return Feed(markup.plain_title(text_at(found, "title")), Kind.JSON_FEED, entries)


def item_article(item: dict[str, Any], base: str) -> ArticleData:
    """One item (https://www.jsonfeed.org/version/1.1/#items)."""
    url = text_at(item, "url") or text_at(item, "external_url")
    body = markup.body(text_at(item, "content_html"), base)
    said = text_at(item, "summary") or text_at(item, "content_text")
    named = text_at(item, "image") or text_at(item, "banner_image")
    return ArticleData(
        title=markup.plain_title(text_at(item, "title")),
        url=markup.web_url(url, base),
        guid=text_at(item, "id")[: markup.MAX_URL],
        published_at=dates.read(text_at(item, "date_published") or text_at(item, "date_modified")),
        summary=markup.shortened(markup.line(said), markup.MAX_SUMMARY) or body.text,
        image_url=markup.web_url(named, base) or body.image.url,
        image_alt="" if named else body.image.alt,
        given=Given(text_at(item, "date_published"), url, named),
    )


def post_article(post: dict[str, Any], base: str) -> ArticleData:
    """One post; `date_gmt` is in UTC without saying so, `date` in the site's own zone."""
    body = markup.body(text_at(post, "content", "rendered"), base)
    media = at(post, "_embedded", "wp:featuredmedia", 0)
    named = markup.web_url(text_at(media, "source_url"), base)
    shown = body.image
    return ArticleData(
        title=markup.title(text_at(post, "title", "rendered")),
        url=markup.web_url(text_at(post, "link"), base),
        guid=text_at(post, "guid", "rendered")[: markup.MAX_URL],
        published_at=dates.read_utc(text_at(post, "date_gmt")) or dates.read(text_at(post, "date")),
        summary=markup.body(text_at(post, "excerpt", "rendered"), base).text or body.text,
        image_url=named or shown.url,
        image_alt=markup.plain_title(text_at(media, "alt_text")) if named else shown.alt,
        given=Given(text_at(post, "date_gmt") or text_at(post, "date"), text_at(post, "link")),
    )


def at(found: Any, *path: str | int) -> Any:
    """What stands at the end of the path, or None when it breaks off."""
    for step in path:
        if isinstance(found, dict):
            found = found.get(str(step))
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def text_at(found: Any, *path: str | int) -> str:
    """The text or number at the end of the path, as text, else an empty one."""
    value = at(found, *path)
    # JSON can name halves of characters and the zero character, which no database takes.
    return CONTROLS.sub("", str(value)).strip() if isinstance(value, str | int) else ""
