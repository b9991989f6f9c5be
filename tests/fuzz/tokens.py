"""Tokens that we would have signed, for rows that are there and for some that are gone."""

from mailer import tokens

ROWS = (1, 2, 3, 40, 999_999)
# By the beginning of the address, the longest first.
SIGNED = {
    "/abonnements/": (tokens.RENEW, ROWS),
    "/adresses/": (tokens.CHANGE_ADDRESS, tuple([row, "new"] for row in ROWS)),
    "/calendrier/": (tokens.RIGHTS_CALENDAR, ("3.d1ge57", "999999.d1ge57")),
    "/desinscriptions/": (tokens.UNSUBSCRIBE, tuple([row, "delivery:1"] for row in ROWS)),
    "/droits/<token>/confirmation": (tokens.RIGHTS_MAILBOX, ROWS),
    "/droits/<token>/copie": (tokens.RIGHTS_COPY, ROWS),
    "/droits/<token>/piece": (tokens.RIGHTS_IDENTITY, ROWS),
    "/droits/<token>/suivi": (tokens.RIGHTS_STATUS, ROWS),
    "/droits/opposition/": (tokens.UNSUBSCRIBE, tuple([row, ""] for row in ROWS)),
    "/droits/copies/": (tokens.RIGHTS_OPENED, tuple([row, 0] for row in ROWS)),
    "/droits/demandes/": (tokens.RIGHTS_REGISTERED, ROWS),
    "/gestion/": (tokens.UNSUBSCRIBE, tuple([row, ""] for row in ROWS)),
    "/inscriptions/": (tokens.CONFIRM, ROWS),
    "/invitations/": (tokens.INVITE, tuple([row, 1] for row in ROWS)),
    "/lettres/": (tokens.WEB_VERSION, ROWS),
    "/m/": (tokens.MEASURE, ("c1", "d1", "c999999", "d999999")),
    "/phrase-de-passe/": (tokens.CHOOSE_PASSPHRASE, tuple([row, "x"] for row in ROWS)),
    "/pourquoi/": (tokens.UNSUBSCRIBE, tuple([row, ""] for row in ROWS)),
    "/preferences/": (tokens.MANAGE, ROWS),
    "/suivi/": (tokens.UNSUBSCRIBE, tuple([row, "delivery:1"] for row in ROWS)),
    "/u/": (tokens.UNSUBSCRIBE, tuple([row, "delivery:2"] for row in ROWS)),
}  # fmt: skip
UNSIGNED = ("a-token", "a.b.c", "IjEi.aaaa.bbbb", "-", "3.x-aaaa", "1", "é")


def of(rule: str) -> list[str]:
    """Those that stand in that address, ours first."""
    ends = [each for each in SIGNED if rule.startswith(each)]
    if not ends:
        return [*UNSIGNED]
    purpose, payloads = SIGNED[max(ends, key=len)]
    return [*(purpose.sign(payload) for payload in payloads), *UNSIGNED]
