"""Files that people sent, given to the disk of the officer: judged by the antivirus just before."""

from flask import Response, current_app, make_response, render_template, request
from structlog import get_logger

from mailer import antivirus
from mailer.antivirus import Verdict

STATUS = {Verdict.DANGEROUS: 422, Verdict.UNKNOWN: 503}

log = get_logger()


def taken_away(content: bytes, name: str) -> Response:
    """The file under a name of ours, or the page that says why it is not given."""
    verdict = _judged(content)
    if verdict is not Verdict.CLEAN:
        log.warning("antivirus.not_given", endpoint=request.endpoint, verdict=verdict)
        page = render_template("rights/not_given.html", verdict=verdict)
        return make_response(page, STATUS[verdict])
    # Never shown in the page: what somebody sent is theirs to have made.
    answer = Response(content, mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _judged(content: bytes) -> Verdict:
    path = current_app.config["ANTIVIRUS_SOCKET"]
    return antivirus.judge(content, path) if path else Verdict.CLEAN
