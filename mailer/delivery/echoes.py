"""The fields that a sending service repeats in what it tells of a mail: by them we know which one.

Some put a Message-ID and a return-path of their own in the place of ours.
"""

from collections.abc import Iterable

from mailer.mail.headers import Pair

# The services that are not here repeat our Message-ID or our return-path by themselves.
ECHOED = {
    "brevo": ("X-Mailin-custom", '{{"mailer_id":"{}"}}'),
    "mailjet": ("X-MJ-CustomID", "{}"),
    "postmark": ("X-PM-Metadata-mailer-id", "{}"),
    "sparkpost": ("X-MSYS-API", '{{"metadata":{{"mailer_id":"{}"}}}}'),
}


def fields(services: Iterable[str], reference: str) -> tuple[Pair, ...]:
    """A field for each of the services that needs one, with the reference in it."""
    needed = (ECHOED[name] for name in sorted(services) if name in ECHOED)
    return tuple((name, value.format(reference)) for name, value in needed)
