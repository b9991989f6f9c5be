"""Who runs the mailboxes of a domain, for the large providers; others are known by their domain."""

from collections.abc import Mapping

GMAIL = "Gmail"
PROVIDERS: Mapping[str, tuple[str, ...]] = {
    GMAIL: ("gmail.com", "googlemail.com"),
    "Outlook": (
        "outlook.com",
        "outlook.fr",
        "hotmail.com",
        "hotmail.fr",
        "hotmail.be",
        "hotmail.co.uk",
        "live.com",
        "live.fr",
        "live.be",
        "msn.com",
    ),
    "Orange": ("orange.fr", "wanadoo.fr"),
    "SFR": ("sfr.fr", "neuf.fr", "cegetel.net", "club-internet.fr"),
    "Free": ("free.fr", "aliceadsl.fr"),
    "La Poste": ("laposte.net",),
    "Bouygues Telecom": ("bbox.fr",),
    "iCloud": ("icloud.com", "me.com", "mac.com"),
}
# Yahoo's has a domain in each country.
YAHOO = "Yahoo"
YAHOO_BEGINS = "yahoo."


def provider(domain: str) -> str:
    """The provider of that domain's mailboxes, else the domain."""
    if domain.startswith(YAHOO_BEGINS):
        return YAHOO
    return KNOWN.get(domain, domain)


KNOWN = {domain: name for name, domains in PROVIDERS.items() for domain in domains}
