"""The proof file to take away: a PDF to read and the JSON that it bears witness of, together."""

import io
import zipfile
from dataclasses import asdict

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer.clock import PARIS
from mailer.rights import words
from mailer.rights.printing import typeset
from mailer.rights.reporting.evidence import Proof
from mailer.rights.reporting.evidence_words import sections


def bundle(proof: Proof) -> bytes:
    """Both files in one archive, named by the case."""
    local = proof.made_at.astimezone(PARIS)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix, content in (("pdf", pdf(proof)), ("json", proof.json)):
            named = zipfile.ZipInfo(f"{proof.reference}-preuve.{suffix}", local.timetuple()[:6])
            archive.writestr(named, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def pdf(proof: Proof) -> bytes:
    """The proof in the reader's language, with the hash of its JSON on the first page."""
    content = {
        "title": _("Dossier de preuve %(reference)s", reference=proof.reference),
        "language": str(get_locale()),
        "organisation": current_app.config["ORGANISATION"],
        "address": current_app.config["POSTAL_ADDRESS"],
        "reference": proof.reference,
        "made": _(
            "Établi le %(moment)s par %(who)s.",
            moment=words.moment(proof.made_at),
            who=proof.content["made_by"],
        ),
        "hash_label": _("Empreinte SHA-256 du fichier JSON joint"),
        "sha256": proof.sha256,
        "sections": [asdict(section) for section in sections(proof.content)],
    }
    return typeset("reporting/proof.typ", content, proof.made_at)
