"""A list's own page as it is drawn: colours for light and for dark screens, words, logo."""

from dataclasses import dataclass

from mailer.subscriptions.embedding import colours
from mailer.subscriptions.embedding.models import ListTheme
from mailer.subscriptions.models import MailingList


@dataclass(frozen=True)
class Words:
    """What stands above the form."""

    title: str
    intro: str
    logo_alt: str | None


def words(row: MailingList, theme: ListTheme | None) -> Words:
    """The theme's words, else the list's own."""
    if theme is None:
        return Words(row.name, row.description, None)
    logo_alt = theme.logo_alt if theme.logo else None
    return Words(theme.title or row.name, theme.intro or row.description, logo_alt)


def stylesheet(theme: ListTheme) -> str:
    """The theme's colour as the custom properties that every page is drawn with."""
    light, dark = colours.on_light(theme.accent), colours.on_dark(theme.accent)
    return (
        f":root{{--sea:{light.colour};--on-sea:{light.on}}}\n"
        "@media (prefers-color-scheme:dark)"
        f"{{:root{{--sea:{dark.colour};--on-sea:{dark.on}}}}}\n"
    )
