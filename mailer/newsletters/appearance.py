"""A letter as a light or a dark screen shows it, whatever the screen of who looks at it."""

import re

DARK_SCREENS = "@media (prefers-color-scheme: dark)"
BOTH = 'content="light dark"'
PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
SOURCE = re.compile(r"(\s)src=\"[^\"]*\"", re.IGNORECASE)
STYLE = re.compile(r"<style\b.*?</style>", re.IGNORECASE | re.DOTALL)


def dark(html: str) -> str:
    """The letter as in a mail client that is dark."""
    return html.replace(DARK_SCREENS, "@media all").replace(BOTH, 'content="dark"')


def light(html: str) -> str:
    """The letter as in a mail client that is light."""
    return html.replace(DARK_SCREENS, "@media not all").replace(BOTH, 'content="light"')


def without_pictures(html: str) -> str:
    """The letter as in a mail client that waits for a press before it loads images."""
    return PICTURE.sub(lambda found: SOURCE.sub(r'\1src=""', found[0]), html)


def without_style(html: str) -> str:
    """The letter as in a mail client that drops <style>: SFR, La Poste, Gmail on the web."""
    return STYLE.sub("", html)
