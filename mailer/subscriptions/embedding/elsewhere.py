"""Sign-ups that come from pages of declared sites: by a plain form, or by our web component."""

from flask import Response, current_app, jsonify, request, send_from_directory
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale, lazy_gettext
from flask_babel import gettext as _

from mailer import addresses, links
from mailer.clock import now
from mailer.subscriptions.embedding import origins, queries, snippets
from mailer.subscriptions.embedding.blueprint import bp
from mailer.subscriptions.embedding.public import GONE, WHOLE, closed, drawn, sent
from mailer.subscriptions.forms import HOW_TO_WRITE, TICK_ONE, SubscriptionForm
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.shown import KeptForm, ShownForm, page_form, read_again, subscription_form
from mailer.subscriptions.signing import Seen, sign_up, sign_up_as_seen
from mailer.web import proof_of_work
from mailer.web.access import machine, public
from mailer.web.forms import HONEYPOT
from mailer.web.language import LANGUAGES
from mailer.web.limits import public_posts

HOUR = 3600
CHECK_MAILBOX = lazy_gettext(
    "Vérifiez votre boîte : un courriel vient d’y être envoyé, son lien confirme l’inscription."
)


@bp.get("/integration/ml-subscribe.js")
@public
def component() -> Response:
    """The web component; any page may load it, it speaks to us from declared sites only."""
    static = str(current_app.static_folder)
    response = send_from_directory(static, "ml-subscribe.js", max_age=HOUR)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.cache_control.public = True
    return response


@bp.get("/integration/<slug>.json")
@public
def description(slug: str) -> Response:
    """The form as it is shown today, for the component to draw."""
    row = queries.by_slug(slug)
    with force_locale(_language(request.args.get("lang"))):
        if row.closed_at:
            return _over(row)
        shown = subscription_form([row])
        response = jsonify(_described(shown))
    return _open_to(row, response)


@bp.post("/integration/<slug>")
@machine
@public_posts
def subscribe_elsewhere(slug: str) -> ResponseReturnValue:
    """A post from another site: taken from a declared one, else asked again on our own page."""
    row = queries.by_slug(slug)
    with force_locale(_language(request.form.get("locale"))):
        if row.closed_at:
            return _over(row) if _wants_json() else (closed(row, WHOLE), GONE)
        return _in_component(row) if _wants_json() else _in_page(row)


def _over(row: MailingList) -> Response:
    said = _("« %(name)s » ne paraît plus : on ne peut plus s’y inscrire.", name=row.name)
    response = jsonify({"errors": {}, "message": said, "page": False})
    response.status_code = GONE
    return _open_to(row, response)


def _in_page(row: MailingList) -> ResponseReturnValue:
    typed = SubscriptionForm(request.form).offering([row])
    note, status = _obstacle(row, typed)
    if status:
        return drawn(row, typed, WHOLE, note=note), status
    _sign_up(row, typed)
    return sent(row, typed, page_form([row]), WHOLE)


def _obstacle(row: MailingList, typed: SubscriptionForm) -> tuple[str, int]:
    """Why the post cannot be taken as it is, and the status that says so; else nothing."""
    origin = request.headers.get("Origin", "null")
    if origin not in queries.origins(row.id):
        return _stranger(origin)
    if not typed.validate():
        return "", 422
    if not _is_known(row):
        return "changed", 422
    # The page of another site cannot carry the proof: ours asks for it.
    return ("here", 422) if proof_of_work.is_asked(now()) else ("", 0)


def _stranger(origin: str) -> tuple[str, int]:
    """A browser that names no site, and our own page of waiting, leave one press to do."""
    if origin == "null":
        return "unnamed", 422
    return ("here", 422) if origin == links.absolute("") else ("undeclared", 403)


def _in_component(row: MailingList) -> ResponseReturnValue:
    typed = SubscriptionForm(request.form).offering([row])
    note, status = _obstacle(row, typed)
    if not status:
        _sign_up(row, typed)
        return _open_to(row, jsonify({"message": str(CHECK_MAILBOX)}))
    errors = {name: [str(text) for text in texts] for name, texts in typed.errors.items()}
    why = _(
        "Le texte a changé depuis l’ouverture de la page : rechargez-la, puis validez à nouveau."
    )
    message = why if note == "changed" else ""
    # Whoever may be too young reads what to do on our page, in full.
    on_our_page = note == "here" or "age" in errors
    response = jsonify({"errors": errors, "message": message, "page": on_our_page})
    response.status_code = status
    return _open_to(row, response)


def _sign_up(row: MailingList, typed: SubscriptionForm) -> None:
    if request.form.get(HONEYPOT):
        return
    address = addresses.parse(typed.email.data)
    origin = request.headers["Origin"]
    page = origins.page_of(origin, request.form.get("page") or request.referrer or "")
    shown = subscription_form([row])
    if typed.shown.data == shown.digest:
        sign_up(address, [row.id], shown, page, agreed=typed.measure.data)
    elif kept := _kept(row):
        agreed = typed.measure.data and kept.asks_measure
        seen = Seen(kept.notice, typed.shown.data, shown.locale, page, agreed)
        sign_up_as_seen(address, [row.id], seen)


def _is_known(row: MailingList) -> bool:
    """Whether all that the page said can be shown again."""
    return request.form.get("shown") == subscription_form([row]).digest or _kept(row) is not None


def _kept(row: MailingList) -> KeptForm | None:
    """The older form that the page holds, if it was one of this list under that notice."""
    digest, notice = request.form.get("shown", ""), request.form.get("notice", "")
    content = queries.kept_form(notice, digest)
    kept = read_again(content) if content else None
    return kept if kept and row.slug in kept.lists and kept.notice == notice else None


def _described(shown: ShownForm) -> dict[str, object]:
    base = links.absolute("")
    return {
        "title": shown.title,
        "legend": shown.legend,
        "boxes": [vars(box) | {"name": "lists"} for box in shown.boxes],
        "optional": [
            vars(box) | {"name": name}
            for name, box in (("age", shown.age), ("measure", shown.measure))
            if box
        ],
        "label": shown.label,
        "hint": shown.hint,
        "button": shown.button,
        "notice": snippets.absolute(str(shown.short.html), base),
        "noticeTitle": shown.short.title,
        "fields": {
            "notice": shown.short.sha256,
            "shown": shown.digest,
            "locale": shown.locale,
        },
        "errors": {"email": str(HOW_TO_WRITE), "lists": str(TICK_ONE)},
        "failed": _("L’envoi n’a pas abouti. Vérifiez votre connexion, puis réessayez."),
    }


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) != "text/html"


def _open_to(row: MailingList, response: Response) -> Response:
    """Let a declared site read the answer (Fetch standard, CORS)."""
    origin = request.headers.get("Origin")
    if origin in queries.origins(row.id):
        response.headers["Access-Control-Allow-Origin"] = origin
    response.vary.add("Origin")
    return response


def _language(wanted: str | None) -> str:
    return wanted if wanted in LANGUAGES else str(get_locale())
