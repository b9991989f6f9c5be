"""Each list's own page, whole or in a frame, with its colours and its logo."""

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailer import addresses
from mailer.subscriptions.embedding import looks, queries
from mailer.subscriptions.embedding.blueprint import bp
from mailer.subscriptions.forms import SubscriptionForm
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.queries import offered_lists
from mailer.subscriptions.shown import ShownForm, page_form
from mailer.subscriptions.signing import sign_up
from mailer.subscriptions.typos import likely_meant
from mailer.web import headers
from mailer.web.access import public
from mailer.web.forms import is_automatic, is_too_fast
from mailer.web.limits import public_posts

GONE = 410
WHOLE, FRAMED = "web/base.html", "subscriptions/embedding/frame.html"


@bp.get("/listes/<slug>")
@public
def page(slug: str) -> ResponseReturnValue:
    """The form of one list on a page of its own."""
    row = queries.by_slug(slug)
    if row.closed_at:
        return closed(row, WHOLE), GONE
    return drawn(row, SubscriptionForm(), WHOLE)


@bp.post("/listes/<slug>")
@public
@public_posts
def subscribe(slug: str) -> ResponseReturnValue:
    """The press of its button."""
    return answered(queries.by_slug(slug), WHOLE)


@bp.get("/integration/<slug>")
@public
def frame(slug: str) -> ResponseReturnValue:
    """The same within a page of a declared site."""
    row = queries.by_slug(slug)
    if row.closed_at:
        return framed(make_response(closed(row, FRAMED), GONE), row)
    return framed(make_response(drawn(row, SubscriptionForm(), FRAMED)), row)


@bp.post("/integration/<slug>/inscription")
@public
@public_posts
def subscribe_in_frame(slug: str) -> ResponseReturnValue:
    row = queries.by_slug(slug)
    return framed(make_response(answered(row, FRAMED)), row)


def framed(response: Response, row: MailingList) -> Response:
    """Let the declared sites, and no others, show the page in a frame (CSP frame-ancestors)."""
    ancestors = " ".join(queries.origins(row.id)) or "'none'"
    policy = headers.POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
    response.headers["Content-Security-Policy"] = policy
    return response


def drawn(row: MailingList, typed: SubscriptionForm, layout: str, note: str = "") -> str:
    """The form, with what was typed, and a note on why it is shown again."""
    theme = queries.theme(row.id)
    return render_template(
        "subscriptions/embedding/form.html",
        layout=layout,
        action=_action(row, layout),
        row=row,
        theme=theme,
        words=looks.words(row, theme),
        form=typed,
        shown=page_form([row]),
        note=note,
    )


def answered(row: MailingList, layout: str) -> ResponseReturnValue:
    """The same page whoever the address belongs to, or the form again with what to mend."""
    if row.closed_at:
        return closed(row, layout), GONE
    shown = page_form([row])
    typed = SubscriptionForm(request.form).offering([row])
    if not typed.validate():
        return drawn(row, typed, layout), 422
    if typed.shown.data != shown.digest:
        return drawn(row, typed, layout, note="changed"), 422
    if is_too_fast():
        return drawn(row, typed, layout, note="fast"), 422
    if not is_automatic():
        address, agreed = addresses.parse(typed.email.data), typed.measure.data
        sign_up(address, [row.id], shown, request.path, agreed=agreed)
    return sent(row, typed, shown, layout)


def closed(row: MailingList, layout: str) -> str:
    """That the list appears no more, and what there is instead."""
    return render_template(
        "subscriptions/embedding/closed.html",
        layout=layout,
        row=row,
        theme=queries.theme(row.id),
        others=bool(offered_lists()),
    )


def sent(row: MailingList, typed: SubscriptionForm, shown: ShownForm, layout: str) -> str:
    """Where to look now."""
    address = addresses.parse(typed.email.data).display
    return render_template(
        "subscriptions/embedding/sent.html",
        layout=layout,
        action=_action(row, layout),
        row=row,
        theme=queries.theme(row.id),
        address=address,
        meant=likely_meant(address),
        form=typed,
        shown=shown,
    )


def _action(row: MailingList, layout: str) -> str:
    name = ".subscribe" if layout == WHOLE else ".subscribe_in_frame"
    return url_for(name, slug=row.slug)


@bp.get("/listes/<slug>/couleurs.css")
@public
def stylesheet(slug: str) -> Response:
    """The list's colours."""
    theme = queries.theme(queries.by_slug(slug).id)
    if theme is None:
        abort(404)
    return Response(looks.stylesheet(theme), mimetype="text/css")


@bp.get("/listes/<slug>/logo.png")
@public
def logo(slug: str) -> Response:
    """The list's logo."""
    theme = queries.theme(queries.by_slug(slug).id)
    if theme is None or theme.logo is None:
        abort(404)
    return Response(theme.logo, mimetype="image/png")
