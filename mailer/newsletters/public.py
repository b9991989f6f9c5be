"""The web version of a letter and its dates, for anybody who has its address."""

from dataclasses import replace

from flask import Response, current_app

from mailer import links
from mailer.errors import NotFound
from mailer.newsletters import agenda, archived, edition, queries
from mailer.newsletters.block_types import Event
from mailer.newsletters.blocks import parse
from mailer.newsletters.blueprint import bp
from mailer.newsletters.web_page import for_browsers
from mailer.web.access import public


def letter_page(html: str, framed_by: str) -> Response:
    """A letter as a page of its own: it may style itself, and nothing else."""
    page = Response(html)
    page.headers["Content-Security-Policy"] = "; ".join((
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors {framed_by}",
    ))  # fmt: skip
    return page


@bp.get("/lettres/<token>")
@public
def web_version(token: str) -> Response:
    letter = queries.letter_of(token)
    page = letter_page(for_browsers(letter.web_html), framed_by="'none'")
    if lasting := archived.address_of(letter.issue):
        # RFC 6596: this address is one of many, which only differ by when they were signed.
        page.headers["Link"] = f'<{lasting}>; rel="canonical"'
    return page


@bp.get("/lettres/<token>/agenda/<block>.ics")
@public
def event(token: str, block: str) -> Response:
    """The date of one block, for a program that keeps calendars (RFC 5545)."""
    issue = queries.letter_of(token).issue
    found = next((each.props for each in parse(issue.blocks) if each.id == block), None)
    if not isinstance(found, Event) or not found.day:
        raise NotFound("event")
    name = f"issue-{issue.id}-{block}"
    told = replace(
        found,
        title=edition.for_anybody(issue, found.title),
        place=edition.for_anybody(issue, found.place),
        text=edition.for_anybody(issue, found.text),
    )
    domain = current_app.config["SENDER_ADDRESS"].rpartition("@")[2]
    url = links.web_version(token)
    body = agenda.calendar(told, f"{name}@{domain}", url, issue.approved_at or issue.updated_at)
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
