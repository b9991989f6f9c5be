"""What a key of the API may do, and which role would do the same at the desk."""

from collections.abc import Collection
from enum import StrEnum

from mailer.accounts.roles import Role


class Scope(StrEnum):
    """One thing that a program may do; a key holds one or several."""

    LISTS_READ = "lists:read"
    LISTS_WRITE = "lists:write"
    SUBSCRIBERS_READ = "subscribers:read"
    CONSENTS_READ = "consents:read"
    SUBSCRIPTIONS_READ = "subscriptions:read"
    SUBSCRIPTIONS_WRITE = "subscriptions:write"
    SUPPRESSIONS_READ = "suppressions:read"
    SUPPRESSIONS_WRITE = "suppressions:write"
    ARTICLES_READ = "articles:read"
    ARTICLES_WRITE = "articles:write"
    LETTERS_READ = "letters:read"
    LETTERS_WRITE = "letters:write"
    CAMPAIGNS_READ = "campaigns:read"
    CAMPAIGNS_SEND = "campaigns:send"
    MESSAGES_SEND = "messages:send"
    REQUESTS_READ = "requests:read"
    REQUESTS_WRITE = "requests:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


ROLES: dict[Scope, Role] = {
    Scope.LISTS_READ: Role.SUBSCRIBERS,
    Scope.LISTS_WRITE: Role.SUBSCRIBERS,
    Scope.SUBSCRIBERS_READ: Role.SUBSCRIBERS,
    Scope.CONSENTS_READ: Role.SUBSCRIBERS,
    Scope.SUBSCRIPTIONS_READ: Role.SUBSCRIBERS,
    Scope.SUBSCRIPTIONS_WRITE: Role.SUBSCRIBERS,
    Scope.SUPPRESSIONS_READ: Role.SUBSCRIBERS,
    Scope.SUPPRESSIONS_WRITE: Role.SUBSCRIBERS,
    Scope.ARTICLES_READ: Role.EDITOR,
    Scope.ARTICLES_WRITE: Role.EDITOR,
    Scope.LETTERS_READ: Role.EDITOR,
    Scope.LETTERS_WRITE: Role.EDITOR,
    Scope.CAMPAIGNS_READ: Role.SENDER,
    Scope.CAMPAIGNS_SEND: Role.SENDER,
    Scope.MESSAGES_SEND: Role.SENDER,
    Scope.REQUESTS_READ: Role.DPO,
    Scope.REQUESTS_WRITE: Role.DPO,
    Scope.WEBHOOKS_READ: Role.ADMIN,
    Scope.WEBHOOKS_WRITE: Role.ADMIN,
}

# Nobody but the officer opens a request (docs/roles.md): no administrator gives that away.
OFFICERS = frozenset(scope for scope, role in ROLES.items() if role is Role.DPO)


def usable(scopes: Collection[Scope], maker: Collection[str]) -> frozenset[Scope]:
    """Those that count while whoever made the key holds these roles."""
    is_officer = Role.DPO in maker
    return frozenset(scope for scope in scopes if is_officer or scope not in OFFICERS)


def meet(scopes: Collection[Scope]) -> bool:
    """Whether one key would both send and open requests: it would have to judge its own work."""
    roles = {ROLES[scope] for scope in scopes}
    return {Role.DPO, Role.SENDER} <= roles
