"""The register of requests at the desk, as a page and as a table."""

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from mailer.rights import labels, words
from mailer.rights.blueprint import bp
from mailer.rights.reporting import register, register_words
from mailer.web.access import staff
from mailer.web.bounds import row_key


@bp.get("/bureau/demandes/registre")
@staff("dpo")
def requests_register() -> ResponseReturnValue:
    return render_template(
        "rights/reporting/register.html",
        page=register.page(request.args.get("apres", type=row_key)),
        labels=labels,
        told=register_words,
        words=words,
    )


@bp.get("/bureau/demandes/registre.csv")
@staff("dpo")
def requests_table() -> ResponseReturnValue:
    answer = Response(
        stream_with_context(register_words.table()), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="registre-des-demandes.csv"'
    return answer
