"""What the composer's form would post, read from its page as a browser reads it."""

from lxml import html

from mailer.clock import now
from mailer.db import db
from mailer.newsletters import approving, preflight, queries
from mailer.newsletters.blocks import parse


def fields(browser, issue_id, query=""):
    """Every field of the form of the composer, with its value, a list where there are several."""
    page = html.fromstring(browser.get(f"/bureau/lettres/{issue_id}{query}").text)
    typed = {}
    for field in page.xpath("//*[@name][ancestor::form[@id='composer'] or @form='composer']"):
        if field.tag == "button" or (field.get("type") == "checkbox" and not field.checked):
            continue
        if field.get("type") == "file":
            continue
        # A browser drops the line break after the opening tag of a text area (HTML, 13.1.2.5).
        value = (field.value or "").removeprefix("\n")
        typed.setdefault(field.get("name"), []).append(value)
    return typed


def seen(issue_id):
    """The hash of what the page of the letter shows, which its form of approval carries."""
    issue = saved(issue_id)
    drawn = preflight.report(issue, now()).drawn if issue.is_draft else issue.letter.drawn
    return approving.hash_of(issue, drawn)


def approve(browser, issue_id, revision):
    """Press the button of the page that checks the letter."""
    typed = {"revision": revision, "content": seen(issue_id)}
    return browser.submit(f"/bureau/lettres/{issue_id}/approbation", **typed)


def saved(issue_id):
    db.session.expire_all()
    return queries.issue(issue_id)


def blocks(issue_id):
    return parse(saved(issue_id).blocks)


def order(issue_id):
    return [block.id for block in blocks(issue_id)]
