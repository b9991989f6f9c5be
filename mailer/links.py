"""Absolute public addresses. Workers have no request, so nothing here asks one for its host."""

from flask import current_app


def absolute(path: str) -> str:
    """The public address of a path that begins with a slash."""
    return f"{current_app.config['BASE_URL'].rstrip('/')}{path}"


def home() -> str:
    return absolute("/")


def security() -> str:
    return absolute("/.well-known/security.txt")


def notice() -> str:
    return absolute("/donnees-personnelles")


def confirmation(token: str) -> str:
    return absolute(f"/inscriptions/{token}/confirmation")


def renewal(token: str) -> str:
    return absolute(f"/abonnements/{token}/renouvellement")


def unsubscription(token: str) -> str:
    """The page with one button, for the body of a mail."""
    return absolute(f"/desinscriptions/{token}")


def one_click(token: str) -> str:
    """The address of List-Unsubscribe: a POST there acts at once (RFC 8058)."""
    return absolute(f"/u/{token}")


def manage() -> str:
    """Where anybody may have a link sent to their own mailbox."""
    return absolute("/gestion")


def manage_from(token: str) -> str:
    """The same for the mailbox that a letter went to, by the token of its way out."""
    return absolute(f"/gestion/{token}")


def preferences(token: str) -> str:
    return absolute(f"/preferences/{token}")


def why(token: str) -> str:
    """When, where and to what the person said yes."""
    return absolute(f"/pourquoi/{token}")


def address_change(token: str) -> str:
    return absolute(f"/adresses/{token}/confirmation")


def rights() -> str:
    return absolute("/droits")


def rights_follow() -> str:
    """Where a fresh link to the state of a request is asked for."""
    return absolute("/droits/suivi")


def rights_mailbox(token: str) -> str:
    return absolute(f"/droits/{token}/confirmation")


def rights_identity(token: str) -> str:
    """Where somebody may show who they are."""
    return absolute(f"/droits/{token}/piece")


def rights_status(token: str) -> str:
    """Where a request stands."""
    return absolute(f"/droits/{token}/suivi")


def rights_copy(token: str) -> str:
    """Where a copy waits for its code."""
    return absolute(f"/droits/{token}/copie")


def rights_case(reference: str) -> str:
    """A case on the officer's desk."""
    return absolute(f"/bureau/demandes/{reference}")


def rights_calendar(token: str) -> str:
    """The due dates, for an officer's calendar."""
    return absolute(f"/calendrier/{token}.ics")


def portability_schema() -> str:
    """What a file of one's own data is made of, for whoever reads it."""
    return absolute("/static/schemas/portability-1.json")


def web_version(token: str) -> str:
    return absolute(f"/lettres/{token}")


def tracking(token: str) -> str:
    """The page that ends the measuring, for the body of a mail."""
    return absolute(f"/suivi/{token}")


def measure(token: str) -> str:
    """Where the hits of a measured mail go: the pixel itself, and before the number of a link."""
    return absolute(f"/m/{token}")


def invitation(token: str) -> str:
    """Where somebody who was invited chooses a passphrase."""
    return absolute(f"/invitations/{token}")


def new_passphrase(token: str) -> str:
    """Where a forgotten passphrase is replaced."""
    return absolute(f"/phrase-de-passe/{token}")


def forgotten_passphrase() -> str:
    return absolute("/phrase-de-passe")


def sign_in() -> str:
    return absolute("/connexion")


def own_account() -> str:
    return absolute("/bureau/compte")
