"""The archive of letters that were sent, for anybody: pages, feeds, and each letter."""

from html import escape

from flask import Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import links
from mailer.clock import now
from mailer.newsletters import archive_feeds, archived
from mailer.newsletters.archive_feeds import Entry, Feed
from mailer.newsletters.blueprint import bp
from mailer.newsletters.public import letter_page
from mailer.newsletters.web_page import for_browsers
from mailer.subscriptions.models import MailingList
from mailer.web.access import public
from mailer.web.bounds import row_key

# A search is of some words, not of a book.
LONGEST_SEARCH = 100

bp.app_context_processor(lambda: {"has_archive": lambda: bool(archived.lists())})


@bp.get("/archives")
@public
def archive() -> ResponseReturnValue:
    return _page(None)


@bp.get("/archives/<slug>")
@public
def archive_of(slug: str) -> ResponseReturnValue:
    return _page(archived.list_of(slug))


@bp.get("/archives/atom.xml")
@public
def atom() -> Response:
    return _atom(None)


@bp.get("/archives/<slug>/atom.xml")
@public
def atom_of(slug: str) -> Response:
    return _atom(archived.list_of(slug))


@bp.get("/archives/feed.json")
@public
def json_feed() -> Response:
    return _json_feed(None)


@bp.get("/archives/<slug>/feed.json")
@public
def json_feed_of(slug: str) -> Response:
    return _json_feed(archived.list_of(slug))


@bp.get("/archives/<slug>/<int:issue_id>")
@public
def archived_letter(slug: str, issue_id: int) -> Response:
    """The letter at its lasting address; search engines are told whether they may keep it."""
    of, letter = archived.letter(slug, issue_id)
    robots = "all" if archived.is_indexed(of) else "noindex"
    address = archived.address(slug, issue_id)
    told = f'<link rel="canonical" href="{escape(address)}"><meta name="robots" content="{robots}">'
    shown = for_browsers(letter.web_html).replace("</head>", f"{told}</head>", 1)
    page = letter_page(shown, "'none'")
    page.headers["X-Robots-Tag"] = robots
    return page


def _page(of: MailingList | None) -> Response:
    words = request.args.get("q", "")[:LONGEST_SEARCH]
    before = request.args.get("avant", type=row_key)
    # What somebody searched for is nothing that others should find.
    robots = "all" if archived.is_indexed(of) and not words else "noindex"
    page = render_template(
        "newsletters/archive.html",
        page=archived.letters(of, words, before),
        shown=of,
        lists=archived.lists(),
        words=words,
        robots=robots,
        address=_address(of, ""),
    )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = robots
    return answer


def _atom(of: MailingList | None) -> Response:
    return _feed(of, archive_feeds.atom(_told(of, "atom.xml")), "application/atom+xml")


def _json_feed(of: MailingList | None) -> Response:
    return _feed(of, archive_feeds.json_feed(_told(of, "feed.json")), "application/feed+json")


def _feed(of: MailingList | None, body: str | bytes, kind: str) -> Response:
    answer = Response(body, content_type=f"{kind}; charset=utf-8")
    answer.headers["X-Robots-Tag"] = "all" if archived.is_indexed(of) else "noindex"
    return answer


def _told(of: MailingList | None, name: str) -> Feed:
    organisation = current_app.config["ORGANISATION"]
    return Feed(
        title=of.name if of else str(_("Les lettres de %(name)s", name=organisation)),
        author=organisation,
        page=_address(of, ""),
        url=_address(of, f"/{name}"),
        entries=[
            Entry(
                url=each.url,
                title=each.title,
                summary=each.summary,
                text=each.text,
                language=each.language,
                published=each.sent_at,
                updated=each.sent_at,
            )
            for each in archived.letters(of, "", None).rows
        ],
        since=now(),
    )


def _address(of: MailingList | None, rest: str) -> str:
    return links.absolute(f"/archives{f'/{of.slug}' if of else ''}{rest}")
