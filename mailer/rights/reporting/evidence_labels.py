"""What columns, moments and acts of a case are called in its proof file."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.rights.labels import EXTENSIONS
from mailer.rights.models import Hold

# As an officer says what the vocabulary says to the person, and what is of nobody.
COLUMNS = {
    "code_until": _("Code valable jusqu’au"),
    "delivery": _("Remise"),
    "hash_holds": _("Conforme à son empreinte"),
    "representative": _("Qui demande au nom de la personne"),
    "sha256": _("Empreinte SHA-256"),
    "verbatim": _("Texte de la demande"),
    "version": _("Version du modèle"),
    "words": _("Note"),
}

# They take lines of their own.
TEXTS = ("verbatim", "draft", "text", "words")

# What stands elsewhere in the file.
ELSEWHERE = frozenset({"steps", "rulebook_version", "calendar", "raw_due"})

# What a copy of one's data does not put in words.
VALUES: Mapping[str, Mapping[Any, LazyString]] = {
    "rights_extension.ground": EXTENSIONS,
    "rights_request.hold": {
        Hold.NONE: _("aucune"),
        Hold.COMPLAINT: _("réclamation à la CNIL"),
        Hold.LITIGATION: _("litige"),
    },
}

MOMENTS = {
    ("case", "received_on"): _("Demande reçue"),
    ("case", "logged_at"): _("Demande enregistrée"),
    ("case", "mailbox_confirmed_at"): _("Boîte confirmée par la personne"),
    ("case", "lift_told_at"): _("Fin de la limitation annoncée"),
    ("case", "lifted_at"): _("Limitation levée"),
    ("case", "closed_at"): _("Demande close"),
    ("case", "archived_at"): _("Dossier archivé"),
    ("letters", "written_at"): _("Lettre écrite"),
    ("letters", "delivered_at"): _("Lettre partie, ou son échec constaté"),
    ("questions", "asked_on"): _("Question d’identité posée, délai suspendu"),
    ("questions", "reminded_on"): _("Question d’identité rappelée"),
    ("questions", "answered_on"): _("Question d’identité close, délai repris"),
    ("extension", "at"): _("Délai prolongé"),
    ("tasks", "done_at"): _("Tâche faite"),
    ("notes", "at"): _("Note écrite"),
    ("documents", "at"): _("Pièce jointe au dossier"),
    ("corrections", "asked_at"): _("Correction proposée"),
    ("corrections", "done_at"): _("Correction faite"),
    ("handovers", "made_at"): _("Copie préparée"),
    ("handovers", "opened_at"): _("Copie ouverte"),
    ("handovers", "ended_at"): _("Copie effacée"),
}

# The acts of the audit record; one that is not here is named by its word.
VERBS = {
    "announce-lifting": _("annonce la fin de la limitation"),
    "answer": _("signe et envoie la réponse"),
    "ask-identity": _("pose la question d’identité"),
    "assign": _("prend la demande en charge"),
    "confirm-identity": _("constate l’identité"),
    "confirm-mailbox": _("confirme sa boîte"),
    "decide": _("décide de chaque droit"),
    "export-proof": _("télécharge ce dossier de preuve"),
    "export-proof-address": _("télécharge ce dossier de preuve avec les adresses"),
    "extend": _("prolonge le délai"),
    "fail-identity": _("clôt faute d’identification"),
    "finish-task": _("finit une tâche"),
    "lift": _("lève la limitation"),
    "mark_duplicate": _("clôt comme doublon"),
    "open-copy": _("ouvre sa copie"),
    "read": _("consulte le dossier"),
    "read-document": _("lit la pièce reçue"),
    "receive": _("enregistre la demande"),
    "return": _("reprend la décision"),
    "reveal-address": _("affiche l’adresse"),
    "send-document": _("dépose une pièce"),
    "set_aside": _("clôt comme n’étant pas une demande"),
    "transfer": _("clôt en transmettant à qui est compétent"),
    "withdraw": _("clôt à la demande de la personne"),
    "write-letter": _("écrit une lettre"),
}
