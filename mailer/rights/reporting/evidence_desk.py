"""The proof file of a case, in one click; each download is recorded."""

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from mailer.clock import now
from mailer.db import transaction
from mailer.rights import queries
from mailer.rights.blueprint import bp
from mailer.rights.reporting import evidence
from mailer.rights.reporting.evidence_files import bundle
from mailer.web.access import staff


@bp.get("/bureau/demandes/<reference>/preuve.zip")
@staff("dpo")
def proof_file(reference: str) -> ResponseReturnValue:
    """Without the addresses of persons, unless they are asked for (`adresse=1`)."""
    make = evidence.in_full if request.args.get("adresse") == "1" else evidence.masked
    with transaction():
        proof = make(queries.by_reference(reference), g.account.actor, now())
    named = {"Content-Disposition": f'attachment; filename="{proof.reference}-preuve.zip"'}
    return Response(bundle(proof), mimetype="application/zip", headers=named)
