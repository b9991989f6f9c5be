"""The staff's pages: the proof of one person, to read and to take away. Each look is recorded."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from mailer import addresses
from mailer.audit.operations import record
from mailer.clock import now, paris_day
from mailer.consent import dossier, proof, words
from mailer.consent.blueprint import bp
from mailer.consent.forms import ProofForm
from mailer.consent.proof import Proof
from mailer.consent.subjects import fingerprint_of
from mailer.db import transaction
from mailer.web.access import staff

Writer = Callable[[Proof, datetime], str]

FILES: dict[str, tuple[Writer, str]] = {
    "html": (dossier.as_html, "text/html"),
    "json": (dossier.as_json, "application/json"),
}


@bp.get("/bureau/conformite")
@staff("dpo", "subscribers", "admin")
def compliance() -> ResponseReturnValue:
    """What shows that the law is kept, each on a page of its own."""
    return render_template("consent/compliance.html")


@bp.get("/bureau/preuves")
@staff("dpo", "subscribers")
def proofs() -> ResponseReturnValue:
    """Whose proof is wanted."""
    return render_template("consent/proofs.html", form=ProofForm())


@bp.post("/bureau/preuves")
@staff("dpo", "subscribers")
def show_proof() -> ResponseReturnValue:
    """The proof of the address that was posted, or that nothing is known of it."""
    form = ProofForm()
    if not form.validate():
        return render_template("consent/proofs.html", form=form), 422
    return shown(form)


def shown(form: ProofForm) -> str:
    """The page with the proof of that address; the look is recorded."""
    found, at = _looked_at(form, "look"), now()
    return render_template(
        "consent/proofs.html",
        form=form,
        dossier=dossier.Dossier(found, at),
        kinds=words.KINDS,
        methods=words.METHODS,
        drawn=dossier.drawn,
    )


@bp.post("/bureau/preuves/fichier")
@staff("dpo", "subscribers")
def proof_file() -> ResponseReturnValue:
    """The same to take away, as the button asks: one page, or one JSON."""
    form = ProofForm()
    if not form.validate():
        return render_template("consent/proofs.html", form=form), 422
    wanted = "json" if request.form.get("format") == "json" else "html"
    writer, mimetype = FILES[wanted]
    at = now()
    answer = Response(writer(_looked_at(form, "take"), at), mimetype=mimetype)
    # The name of a file may be seen by others: it says the day, and not who.
    name = f"preuve-{paris_day(at)}.{wanted}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _looked_at(form: ProofForm, verb: str) -> Proof:
    address = addresses.parse(form.address.data)
    fingerprint = fingerprint_of(address)
    with transaction():
        record(g.account.actor, verb, f"proof:{fingerprint}")
    return proof.of(fingerprint)
