"""What may be wrong with a field: codes that stay the same, and sentences for people."""

import re
from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.web import problems
from mailer.web.problems import FieldFault, Problem

FAULTS: Mapping[str, LazyString] = {
    "required": _("Ce champ est obligatoire."),
    "null": _("Ce champ ne peut être nul."),
    "unknown": _("Rien de ce nom n’est attendu ici\u00a0: vérifiez l’orthographe."),
    "type": _("Cette valeur n’est pas du type attendu."),
    "length": _("Ce texte ou cette liste est vide, trop court ou trop long."),
    "range": _("Ce nombre est trop petit ou trop grand."),
    "choice": _("Cette valeur n’est pas l’une de celles qui sont proposées."),
    "character": _("Ce texte contient un caractère qui ne peut être gardé."),
    "address": _("Cette adresse e-mail ne se lit pas\u00a0: écrivez nom@exemple.fr."),
    "link": _("Ce lien doit commencer par https:// ou http:// et mener à un site."),
    "inside": _("Cette adresse est celle d’un réseau interne, où rien n’est demandé."),
    "port": _("Rien n’est demandé sur ce port\u00a0: 443 en https, 80 en http."),
    "cursor": _("Ce curseur n’est pas l’un des nôtres\u00a0: reprenez à la première page."),
    "text": _("Ce texte ne peut être vide, ni fait d’espaces seuls."),
    "secret": _("Un secret est whsec_ suivi de 24 à 64 octets en base64."),
    "missing-reference": _("Rien ne porte ce numéro."),
    "future": _("Ce jour n’est pas encore venu."),
    "invalid": _("Cette valeur ne peut être acceptée."),
}

# How marshmallow says them by itself.
MARSHMALLOW = (
    (re.compile(r"Missing data"), "required"),
    (re.compile(r"may not be null"), "null"),
    (re.compile(r"Unknown field"), "unknown"),
    (re.compile(r"^(?:Not a valid|Invalid input type)|cannot be formatted"), "type"),
    (re.compile(r"^Must be one of"), "choice"),
    (re.compile(r"^(?:Length|Shorter|Longer)"), "length"),
    (re.compile(r"^Must be (?:greater|less)"), "range"),
)


def code_of(message: str) -> str:
    """The code of a message, which may be one already."""
    if message in FAULTS:
        return message
    return next((code for words, code in MARSHMALLOW if words.search(message)), "invalid")


def fault_of(
    message: str,
    *,
    pointer: str | None = None,
    parameter: str | None = None,
    header: str | None = None,
) -> FieldFault:
    """The fault of that code, or of that message of marshmallow, at its place."""
    code = code_of(message)
    return FieldFault(code, FAULTS[code], pointer, parameter, header)


def refused(
    code: str,
    *,
    pointer: str | None = None,
    parameter: str | None = None,
    header: str | None = None,
) -> Problem:
    """The refusal of one thing that was sent, for that fault at its place."""
    fault = fault_of(code, pointer=pointer, parameter=parameter, header=header)
    return Problem(problems.INVALID, faults=[fault])
