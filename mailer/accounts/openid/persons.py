"""Who came back, out of what each kind of provider says of people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Shape(StrEnum):
    """How the provider calls things."""

    STANDARD = "standard"
    KEYCLOAK = "keycloak"
    PROCONNECT = "proconnect"


Claims = Mapping[str, Any]

SCOPES = {
    Shape.STANDARD: "openid profile email",
    Shape.KEYCLOAK: "openid profile email",
    # partenaires.proconnect.gouv.fr, « Les données fournies »: usual_name is the family name.
    # Neither siret nor uid: nothing here would use them (GDPR art. 5(1)(c)).
    Shape.PROCONNECT: "openid given_name usual_name email",
}


@dataclass(frozen=True)
class Person:
    """Somebody of the provider; the address is empty when nobody vouches for it."""

    subject: str
    email: str
    name: str
    groups: frozenset[str]
    shown: frozenset[str]

    def has_shown(self, accepted: Collection[str]) -> bool:
        """Whether the provider says by one of these words that it saw a second factor."""
        return not self.shown.isdisjoint(accepted)


def person(token: Claims, info: Claims, shape: Shape) -> Person:
    """The person of the token; how they signed in is believed from the signed token alone."""
    said = {**token, **info}
    email = _text(said, "email") if _is_verified(said, shape) else ""
    return Person(
        _text(token, "sub"), email, _name(said) or email, _groups(said, shape), _shown(token)
    )


def _is_verified(said: Claims, shape: Shape) -> bool:
    # ProConnect takes professional addresses from the organisations themselves and names no claim
    # for it; everywhere else only the true of JSON counts, not a text.
    return shape is Shape.PROCONNECT or said.get("email_verified") is True


def _name(said: Claims) -> str:
    family = _text(said, "usual_name") or _text(said, "family_name")
    in_parts = " ".join(filter(None, (_text(said, "given_name"), family)))
    return in_parts or _text(said, "name")


def _groups(said: Claims, shape: Shape) -> frozenset[str]:
    """Keycloak: the roles of the realm, and groups by their path, here without its first slash."""
    groups = [each.removeprefix("/") for each in _texts(said.get("groups"))]
    if shape is Shape.KEYCLOAK and isinstance(said.get("realm_access"), dict):
        groups += _texts(said["realm_access"].get("roles"))
    return frozenset(groups)


def _shown(token: Claims) -> frozenset[str]:
    return frozenset([*_texts(token.get("amr")), *filter(None, [_text(token, "acr")])])


def _text(said: Claims, name: str) -> str:
    value = said.get(name)
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
