"""What the interface of listmonk answers: /api/lists, /api/subscribers, /api/campaigns.

Its sheet of subscribers tells no lists (cmd/subscribers.go); only the interface does.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from mailer.move_in.shapes import Moved, MovedCampaign, MovedList, MovedPerson
from mailer.move_in.times import at
from mailer.subscriptions.imports.columns import Fate

Item = Mapping[str, Any]
# models/subscribers.go: what is said of the person counts for every list.
PEOPLE: Mapping[str, Fate] = {
    "enabled": Fate.TAKE,
    "disabled": Fate.LEAVE,
    "blocklisted": Fate.OBJECTED,
}
SUBSCRIPTIONS: Mapping[str, Fate] = {
    "confirmed": Fate.TAKE,
    "unconfirmed": Fate.LEAVE,
    "unsubscribed": Fate.WITHDRAWN,
}
# A no outweighs whatever else is said of the person or the list; the strongest is the first.
REFUSALS = (Fate.OBJECTED, Fate.WITHDRAWN, Fate.LEAVE)
SENT = "finished"


def read(document: object) -> Iterator[Moved]:
    """The lists, people and letters of one answer; raises KeyError or TypeError for another."""
    for item in _items(document):
        if "email" in item:
            yield from _people(item)
        elif "subject" in item:
            yield from _letters(item)
        else:
            yield MovedList(item["name"], item.get("description") or "", item["type"] == "public")


def _items(document: Any) -> list[Item]:
    if isinstance(document, list):
        return document
    data = document["data"]
    found = data["results"] if isinstance(data, dict) and "results" in data else data
    return found if isinstance(found, list) else [found]


def _people(item: Item) -> Iterator[MovedPerson]:
    whole = PEOPLE.get(item["status"], item["status"])
    lines = item.get("lists") or []
    if not lines and whole == Fate.OBJECTED:
        yield MovedPerson(item["email"], whole)
    for line in lines:
        status = line["subscription_status"]
        fate = _stronger(whole, SUBSCRIPTIONS.get(status, status))
        given, network = _proof(line)
        yield MovedPerson(item["email"], fate, line["name"], given, network)


def _stronger(whole: Fate | str, of_list: Fate | str) -> Fate | str:
    """What is said of the person and what is said of their list, as one."""
    otherwise = of_list if whole == Fate.TAKE else whole
    return next((no for no in REFUSALS if no in {whole, of_list}), otherwise)


def _proof(line: Item) -> tuple[str, str]:
    """When and from where a double opt-in was confirmed; a list of single ones has no such act."""
    network = (line.get("subscription_meta") or {}).get("optin_ip") or ""
    is_double = line.get("optin") == "double" and line["subscription_status"] == "confirmed"
    return (line["subscription_updated_at"], network) if is_double and network else ("", "")


def _letters(item: Item) -> Iterator[MovedCampaign]:
    sent_at = at(item.get("started_at") or item.get("send_at") or "")
    if item["status"] != SENT or sent_at is None:
        return
    lists = item.get("lists") or [{}]
    yield MovedCampaign(
        key=item["uuid"],
        subject=item["subject"],
        content=partial(str, item["body"]),
        sent_at=sent_at,
        list_name=lists[0].get("name", ""),
    )
