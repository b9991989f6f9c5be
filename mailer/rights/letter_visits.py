"""The letters of a request, for who made it: read, printed, kept; by the link of that request."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from mailer.errors import NotFound
from mailer.rights import following, keeping, queries
from mailer.rights.blueprint import bp
from mailer.rights.models import Letter, RightsRequest
from mailer.rights.parts import read
from mailer.tokens import RIGHTS_STATUS
from mailer.web.access import public


@bp.get("/droits/<token>/suivi/lettres/<int:number>")
@public
def sent_letter(token: str, number: int) -> ResponseReturnValue:
    case = _case(token)
    letter = _letter(case, number)
    return render_template(
        "rights/sent_letter.html",
        case=case,
        letter=letter,
        written=read(letter.source),
        token=token,
    )


@bp.get("/droits/<token>/suivi/lettres/<int:number>.pdf")
@public
def sent_letter_pdf(token: str, number: int) -> ResponseReturnValue:
    case = _case(token)
    letter = _letter(case, number)
    return _file(keeping.paper(case, letter), "application/pdf", f"{keeping.name(letter)}.pdf")


@bp.get("/droits/<token>/suivi/lettres/<int:number>.txt")
@public
def sent_letter_text(token: str, number: int) -> ResponseReturnValue:
    letter = _letter(_case(token), number)
    return _file(keeping.text(letter).encode(), "text/plain", f"{keeping.name(letter)}.txt")


@bp.get("/droits/<token>/suivi/tout.zip")
@public
def everything_sent(token: str) -> ResponseReturnValue:
    """All that was written, in one file; the data themselves leave by link and code alone."""
    case = _case(token)
    return _file(keeping.everything(case), "application/zip", f"{case.reference}.zip")


def _case(token: str) -> RightsRequest:
    return queries.by_id(RIGHTS_STATUS.read_id(token))


def _letter(case: RightsRequest, number: int) -> Letter:
    """The letter of that case; raises NotFound for one of another, or whose words are gone."""
    found = (letter for letter in following.kept(case) if letter.id == number)
    if (letter := next(found, None)) is None:
        raise NotFound("letter")
    return letter


def _file(content: bytes, mimetype: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})
