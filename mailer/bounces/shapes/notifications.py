"""Amazon SES events that come by mail through SNS, in JSON."""

import json
from collections.abc import Iterator
from typing import Any

from mailer.bounces.addressing import clean
from mailer.bounces.findings import Finding
from mailer.bounces.report import Report

MOST_RECIPIENTS = 100
LONGEST = 20_000


def read(report: Report) -> list[Finding]:
    """The recipients of the event; the action is complained, delivered, delayed or failed."""
    event = _event(report.text)
    kind = event.get("notificationType") or event.get("eventType")
    actions = {"Bounce": "failed", "Complaint": "complained", "Delivery": "delivered"}
    action = actions.get(kind, "") if isinstance(kind, str) else ""
    detail = event.get(kind.lower()) if action and isinstance(kind, str) else None
    if not isinstance(detail, dict):
        return []
    if detail.get("bounceType") == "Transient":
        action = "delayed"
    return [
        Finding(address, _text(each.get("diagnosticCode")), action=action, status=_status(each))
        for each, address in _recipients(detail)
    ][:MOST_RECIPIENTS]


def _event(text: str) -> dict[str, Any]:
    """The JSON that the text begins with; some relays break long lines with a mark."""
    bare = text[:LONGEST].replace("!\n ", "").lstrip()
    if not bare.startswith("{"):
        return {}
    try:
        event, _end = json.JSONDecoder(strict=False).raw_decode(bare.replace("\n", ""))
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


def _recipients(detail: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for name in ("bouncedRecipients", "complainedRecipients", "recipients"):
        listed = detail.get(name)
        for each in listed if isinstance(listed, list) else []:
            entry = each if isinstance(each, dict) else {"emailAddress": each}
            if address := clean(_text(entry.get("emailAddress"))):
                yield entry, address


def _status(entry: dict[str, Any]) -> str:
    return _text(entry.get("status"))[:11]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
