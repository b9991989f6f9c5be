"""Where sending services tell what became of our mails: check, store, answer; no more.

know the service | check all that it was given | read its words | store what concerns us
"""

from flask import Response, current_app, request
from structlog import get_logger

from mailer.bounces import receiving, sns
from mailer.bounces.admission import AMAZON, may_tell, sorted_out
from mailer.bounces.blueprint import bp
from mailer.bounces.providers import PROVIDERS
from mailer.bounces.providers.reading import Table, parsed, table, text
from mailer.bounces.providers.told import Posted
from mailer.bounces.signatures_sns import CONFIRMATION
from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.errors import Invalid
from mailer.outgoing import RequestError
from mailer.web.access import machine
from mailer.web.bounds import takes_a_file
from mailer.web.limits import program_posts

log = get_logger()

# What is counted under one name, whatever was asked for.
UNKNOWN = "unknown"


@bp.post("/retours/<provider>")
@machine
@program_posts
@takes_a_file("WEBHOOK_MAX_MEGABYTES")
def take_in(provider: str) -> Response:
    """200 once what was told is stored, 401 without the secret, 400 for nonsense."""
    posted = _posted()
    try:
        is_admitted = _is_admitted(provider, posted)
    except RequestError as error:
        # SNS asks again after 503, never after 401.
        log.warning("webhook.unchecked", provider=provider, reason=error.reason)
        return _said("Not now.", 503)
    return _taken(provider, posted) if is_admitted else _refused(provider)


def _taken(provider: str, posted: Posted) -> Response:
    try:
        told = PROVIDERS[provider](posted)
    except Invalid:
        log.warning("webhook.nonsense", provider=provider)
        return _said("Not an event that this address takes.", 400)
    with transaction():
        new = receiving.note(provider, told, now())
    log.info("webhook.taken", provider=provider, events=len(told), new=new)
    return _said("Taken.", 200)


def _posted() -> Posted:
    headers = {name.lower(): value for name, value in request.headers}
    return Posted(request.get_data(), headers, request.form.to_dict())


def _is_admitted(provider: str, posted: Posted) -> bool:
    """Whether the sender may tell; a subscription of SNS is confirmed on the way."""
    secrets = sorted_out(current_app.config["BOUNCE_WEBHOOKS"].get(provider, ()))
    if not may_tell(provider, posted, secrets, now()):
        return False
    if provider != AMAZON:
        return True
    message = _message(posted)
    asks = text(message.get("Type")) == CONFIRMATION
    if not secrets.topics and not asks:
        return True
    is_signed = sns.is_signed(message)
    if is_signed and asks:
        sns.confirm(message)
    # With a login, an unsigned question is let in, and left without an answer.
    return is_signed or not secrets.topics


def _message(posted: Posted) -> Table:
    try:
        return table(parsed(posted.body))
    except Invalid:
        return {}


def _refused(provider: str) -> Response:
    """The same for a service that is unknown, not set up, or whose secret was not shown."""
    name = provider if provider in PROVIDERS else UNKNOWN
    with transaction():
        receiving.count_refused(name, paris_day(now()))
    log.warning("webhook.refused", provider=name)
    answer = _said("Not allowed.", 401)
    answer.headers["WWW-Authenticate"] = 'Basic realm="retours"'
    return answer


def _said(sentence: str, status: int) -> Response:
    return Response(f"{sentence}\n", status, mimetype="text/plain")
