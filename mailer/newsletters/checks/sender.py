"""Whether receivers will believe who the letter says it is from (RFC 7489, 3.1)."""

from collections.abc import Iterator

from mailer.newsletters.checks.facts import Sender
from mailer.newsletters.checks.rules import Finding, Rule

# Under these anybody may own a name: two names below one of them are not one organisation's.
SHARED = frozenset({"gouv.fr", "asso.fr", "com.fr", "nom.fr", "prd.fr", "tm.fr", "co.uk", "org.uk"})
FEWEST_LABELS = 2


def findings(sender: Sender | None) -> Iterator[Finding]:
    """A sender that is the sample of the settings, or that no signature stands for."""
    if sender is None:
        return
    if sender.is_sample:
        yield Finding(Rule.SAMPLE_SENDER, detail=sender.domain)
    known = [name for name in (sender.signer, sender.return_path) if name]
    if known and not any(aligned(sender.domain, name) for name in known):
        yield Finding(Rule.NOT_ALIGNED, detail=sender.domain)


def aligned(one: str, other: str) -> bool:
    """Whether both names are of one organisation, as DMARC's relaxed mode asks."""
    return organisation(one) == organisation(other)


def organisation(domain: str) -> str:
    """The name that was registered: two labels, or three under a shared ending."""
    labels = domain.lower().rstrip(".").split(".")
    shared = ".".join(labels[-FEWEST_LABELS:]) in SHARED
    return ".".join(labels[-FEWEST_LABELS - shared :])
