"""What somebody wrote themselves, apart from the mail that theirs answers."""

import re
from dataclasses import dataclass

# "Le lun. 23 nov. 2026 à 10:05, Agence <…> a écrit :", on up to three lines.
ATTRIBUTION = re.compile(
    r"^[>\s]*(?:Le|On)\s[^\n]{4,150}(?:\n[^\n]{0,150}){0,2}?(?:a\s+écrit|wrote)\s?:\s*$",
    re.MULTILINE,
)
# From here on all is of another mail.
REST = re.compile(
    r"^(?:-{2,}\s*(?:Message d['’]origine|Message transféré|Original Message|Forwarded message)"
    r"\s*-{2,}"
    r"|_{20,}\s*\n(?:De|From)\s?:"
    r"|(?:De|From)\s?:[^\n]+\n(?:Envoyé|Date|Sent)\s?:)",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Split:
    """The writer's own words, and what they quote."""

    own: str
    quoted: str


def split(text: str) -> Split:
    """Own words and quotation; a mail that only passes another on is all its own."""
    own, rest = _before_rest(text)
    kept, quoted = _without_marked(own)
    if not kept.strip():
        return Split(text.strip(), "")
    return Split(kept.strip(), "\n".join(part for part in (quoted, rest) if part).strip())


def _before_rest(text: str) -> tuple[str, str]:
    starts = [found.start() for found in (REST.search(text), _bare_attribution(text)) if found]
    start = min(starts, default=len(text))
    return text[:start], text[start:]


def _bare_attribution(text: str) -> re.Match[str] | None:
    """An attribution after which nothing is marked: what it announces is the rest."""
    for found in ATTRIBUTION.finditer(text):
        if not text[found.end() :].lstrip().startswith(">"):
            return found
    return None


def _without_marked(text: str) -> tuple[str, str]:
    """The text without its lines marked as quoted, and those, with what announces them."""
    quoted: list[str] = []
    announced = ATTRIBUTION.sub(lambda found: _as_quoted(found[0]), text)
    kept: list[str] = []
    for line in announced.split("\n"):
        (quoted if line.startswith(">") else kept).append(line)
    return "\n".join(kept), "\n".join(quoted)


def _as_quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))
