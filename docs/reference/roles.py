"""The page of roles: what each opens and what stays closed, in the words of the desk."""

from mailer.accounts.role_words import MEANINGS
from mailer.accounts.roles import Role
from reference.tables import table

HEADS = {
    "fr": (
        "# Les rôles\n\n"
        "Une personne peut en avoir plusieurs. Qui est délégué et envoie aussi les lettres, ou "
        "administre, est averti : c’est permis, et mérite d’être su.\n"
    ),
    "en": (
        "# Roles\n\n"
        "A person may hold several. An officer who also sends, or administers, is warned: it is "
        "allowed, and should be known.\n"
    ),
}
COLUMNS = {
    "fr": "| Rôle | En ligne de commande | Ce qu’il ouvre | Ce qui lui reste fermé |",
    "en": "| Role | On the command line | What it opens | What stays closed |",
}


def written(language: str) -> str:
    """The page, within an application that speaks the language."""
    rows = (
        f"| {MEANINGS[role].name} | `{role}` | {MEANINGS[role].opens} | {MEANINGS[role].closed} |"
        for role in Role
    )
    return f"{HEADS[language]}\n{table(COLUMNS[language], rows)}"
