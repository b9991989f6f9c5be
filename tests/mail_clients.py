"""Makes mailer/rules/mail-clients.toml from the tests of caniemail.com (MIT).

    python tests/mail_clients.py caniemail.json 2026-11-28 > mailer/rules/mail-clients.toml

The file is that of https://www.caniemail.com/api/ or one like it: for each feature, what each
application of each client does: y(es), n(o), a(lmost), u(nknown). What matters here is who does
not show it at all in one of the applications that French readers use.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

CLIENTS = {
    "Gmail": ("gmail/desktop-webmail", "gmail/ios", "gmail/android", "gmail/mobile-webmail"),
    "Outlook": ("outlook/windows",),
    "Orange": ("orange/desktop-webmail", "orange/ios", "orange/android"),
    "SFR": ("sfr/desktop-webmail", "sfr/ios", "sfr/android"),
    "La Poste": ("laposte/desktop-webmail",),
    "Apple Mail": ("apple-mail/ios", "apple-mail/macos"),
}
KINDS = ("html-", "css-", "image-")
HEAD = """# What mail clients do not show of HTML, CSS and pictures.
# Facts from caniemail.com (MIT), read on {day}; made by tests/mail_clients.py.

[missing]"""


def table(told: Mapping[str, Mapping[str, Mapping[str, str]]], day: str) -> str:
    """The lines of the file."""
    return "\n".join((HEAD.format(day=day), *_lines(told), ""))


def _lines(told: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterator[str]:
    for feature, about in sorted(told.items()):
        without = [
            client
            for client, applications in CLIENTS.items()
            if any(about["s"].get(application) == "n" for application in applications)
        ]
        if without and feature.startswith(KINDS):
            yield f"{feature} = {json.dumps(without)}"


if __name__ == "__main__":
    source, read_on = sys.argv[1:]
    sys.stdout.write(table(json.loads(Path(source).read_text("utf-8")), read_on))
