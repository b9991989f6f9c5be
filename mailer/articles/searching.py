"""Words as they are searched: whoever looks for "marée" also finds "Maree" and "MARÉES"."""

from mailer.articles.dates import without_accents


def folded(text: str) -> str:
    """The text without capitals and accents."""
    return without_accents(text).casefold()


def wanted(text: str) -> tuple[str, ...]:
    """The words to be found, all of them."""
    return tuple(folded(text).split())
