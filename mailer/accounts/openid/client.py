"""This program as a client of its provider: what the settings say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask import current_app

from mailer import links
from mailer.accounts.openid.persons import Shape

CALLBACK = "/connexion/openid/retour"


@dataclass(frozen=True)
class Client:
    """Whom we ask, as whom, and what counts of the answer."""

    issuer: str
    id: str
    secret: str = field(repr=False)
    name: str
    shape: Shape
    roles: Mapping[str, Collection[str]]
    second_factor: Collection[str]

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to."""
        return links.absolute(CALLBACK)

    @property
    def after_logout(self) -> str:
        """Where the provider sends people who signed out."""
        return links.absolute("/connexion")


def configured() -> Client | None:
    """The client of the settings; None where no provider is set."""
    config = current_app.config
    if not config["OIDC_ISSUER"]:
        return None
    return Client(
        config["OIDC_ISSUER"],
        config["OIDC_CLIENT_ID"],
        config["OIDC_CLIENT_SECRET"],
        config["OIDC_NAME"],
        Shape(config["OIDC_SHAPE"]),
        config["OIDC_ROLES"],
        config["OIDC_SECOND_FACTOR"],
    )
