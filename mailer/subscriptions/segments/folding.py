"""Text as it is compared: without case, accents or kinds of space, so that people may type fast."""

import unicodedata


def letter(one: str) -> str:
    """One character as it is compared, and always one, so that positions stay true."""
    if one == "’":
        return "'"
    if one.isspace():
        return " "
    # Not of signs: ≠ comes apart into = and a stroke.
    return unicodedata.normalize("NFD", one.lower())[0] if one.isalpha() else one


def positions(text: str) -> str:
    """The text as it is compared, character by character."""
    return "".join(map(letter, text))


def folded(text: str) -> str:
    """A name as it is compared."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    plain = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(plain.split())
