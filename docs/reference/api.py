"""The page of the API: each address with its scope, each scope, each refusal, as routes have it."""

from collections.abc import Iterator

from mailer.accounts.keys.words import SCOPES
from mailer.api import document
from mailer.api.public import codes
from mailer.api.resources import RESOURCES
from reference.tables import table

HEADS = {
    "fr": (
        "# L’API\n\n"
        "Les adresses de `/api/v1`, la portée que demande chacune, et ce que dit un refus.\n"
        "La description entière pour les programmes (OpenAPI 3.1) est à `/api/v1/openapi.json` de "
        "votre installation. Comment s’en servir : "
        "[Brancher un autre programme](../do/use-the-api.md).\n"
    ),
    "en": (
        "# The API\n\n"
        "The addresses of `/api/v1`, the scope that each asks for, and what a refusal says.\n"
        "The whole document for programs (OpenAPI 3.1) is at `/api/v1/openapi.json` of your "
        "installation. How to use it: [Connect another program](../do/use-the-api.md).\n"
    ),
}
ADDRESSES = {
    "fr": "| Adresse | Ce qu’elle fait | Portée |",
    "en": "| Address | What it does | Scope |",
}
SCOPES_TITLE = {"fr": "## Les portées", "en": "## Scopes"}
SCOPES_COLUMNS = {"fr": "| Portée | Ce qu’elle permet |", "en": "| Scope | What it allows |"}
CODES_TITLE = {"fr": "## Les refus", "en": "## Refusals"}
CODES_COLUMNS = {
    "fr": "| Code | Statut | Ce qu’il veut dire |",
    "en": "| Code | Status | What it means |",
}


def written(language: str) -> str:
    """The page, within an application that speaks the language."""
    scopes = [f"| `{scope.value}` | {words} |" for scope, words in SCOPES.items()]
    refusals = [f"| `{kind.code}` | {kind.status} | {kind.title} |" for kind in codes()]
    parts = (
        HEADS[language],
        *_resources(language),
        f"{SCOPES_TITLE[language]}\n\n{table(SCOPES_COLUMNS[language], scopes)}",
        f"{CODES_TITLE[language]}\n\n{table(CODES_COLUMNS[language], refusals)}",
    )
    return "\n".join(parts)


def _resources(language: str) -> Iterator[str]:
    for resource in RESOURCES:
        rows = [
            f"| `{each.method} {each.path}` | {each.says.words} | `{each.says.scope.value}` |"
            for each in document.routes(resource)
        ]
        yield f"## {resource.title}\n\n{table(ADDRESSES[language], rows)}"
