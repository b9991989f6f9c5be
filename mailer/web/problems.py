"""An error that a program reads: problem details (RFC 9457), with a code that stays the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, json, make_response
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer import links

TYPE = "application/problem+json"


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with one thing that was sent, and where it stands.

    The place is a JSON pointer into the body, or the name of a parameter or of a header.
    """

    code: str
    detail: LazyString
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None

    def told(self) -> dict[str, str]:
        places = {"pointer": self.pointer, "parameter": self.parameter, "header": self.header}
        known = {name: place for name, place in places.items() if place is not None}
        return {"code": self.code, "detail": str(self.detail), **known}


@dataclass(frozen=True)
class Kind:
    """A code, the status that goes with it, and what it means whenever it comes."""

    status: int
    code: str
    title: LazyString


class Problem(Exception):
    """A refusal that a program is told."""

    def __init__(
        self,
        kind: Kind,
        faults: Sequence[FieldFault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind, self.faults = kind, faults
        self.headers = dict(headers or {})


UNREADABLE = Kind(400, "unreadable", _("La demande ne se lit pas"))
KEY_MISSING = Kind(401, "key-missing", _("Il faut une clé d’API qui soit en cours de validité"))
OUT_OF_SCOPE = Kind(403, "out-of-scope", _("La clé ne permet pas cela"))
NOT_FOUND = Kind(404, "not-found", _("Rien ne porte ce numéro ou cette adresse"))
METHOD = Kind(405, "method-not-allowed", _("Cette adresse ne s’emploie pas ainsi"))
NOT_ACCEPTABLE = Kind(406, "not-acceptable", _("Seul le JSON est servi ici"))
CONFLICT = Kind(409, "conflict", _("Cela ne convient plus à l’état des choses"))
EXPIRED = Kind(410, "expired", _("Ce qui a été donné n’est plus valable"))
TOO_LARGE = Kind(413, "too-large", _("La demande est trop volumineuse"))
MEDIA_TYPE = Kind(415, "media-type", _("Le corps de la demande doit être du JSON"))
INVALID = Kind(422, "invalid", _("Une partie de la demande ne peut être acceptée"))
TOO_MANY = Kind(429, "too-many-requests", _("Trop de demandes à la fois"))
BROKEN = Kind(500, "internal", _("Quelque chose s’est mal passé de notre côté"))
UNAVAILABLE = Kind(503, "busy", _("Le service est très occupé : redemandez dans quelques secondes"))

BY_STATUS = {
    kind.status: kind
    for kind in (
        *(UNREADABLE, KEY_MISSING, OUT_OF_SCOPE, NOT_FOUND, METHOD, NOT_ACCEPTABLE, CONFLICT),
        *(EXPIRED, TOO_LARGE, MEDIA_TYPE, INVALID, TOO_MANY, BROKEN, UNAVAILABLE),
    )
}


def of_status(status: int) -> Problem:
    """The problem that the status alone tells; another one borrows the words of its family."""
    return Problem(BY_STATUS.get(status) or (UNREADABLE if status < BROKEN.status else BROKEN))


def answer(problem: Problem) -> Response:
    """The answer that tells the problem."""
    kind = problem.kind
    told: dict[str, object] = {
        # The page that explains each code (api/public.py).
        "type": f"{links.absolute('/api')}#{kind.code}",
        "title": str(kind.title),
        "status": kind.status,
        "code": kind.code,
    }
    if problem.faults:
        told["errors"] = [fault.told() for fault in problem.faults]
    return make_response(json.dumps(told), kind.status, {"Content-Type": TYPE, **problem.headers})
