"""A letter as a light or a dark screen shows it, whatever the screen of who looks at it."""

DARK_SCREENS = "@media (prefers-color-scheme: dark)"
BOTH = 'content="light dark"'


def dark(html: str) -> str:
    """The letter as in a mail client that is dark."""
    return html.replace(DARK_SCREENS, "@media all").replace(BOTH, 'content="dark"')


def light(html: str) -> str:
    """The letter as in a mail client that is light."""
    return html.replace(DARK_SCREENS, "@media not all").replace(BOTH, 'content="light"')
