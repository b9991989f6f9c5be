"""What a key of the API may do, and which roles do the same at the desk."""

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


# Who holds the same right at the desk (docs/roles.md): one of these roles suffices.
ROLES: dict[Scope, frozenset[Role]] = {
    Scope.LISTS_READ: frozenset({Role.SUBSCRIBERS, Role.ADMIN}),
    Scope.LISTS_WRITE: frozenset({Role.SUBSCRIBERS, Role.ADMIN}),
    Scope.SUBSCRIBERS_READ: frozenset({Role.SUBSCRIBERS}),
    Scope.CONSENTS_READ: frozenset({Role.SUBSCRIBERS, Role.DPO}),
    Scope.SUBSCRIPTIONS_READ: frozenset({Role.SUBSCRIBERS}),
    Scope.SUBSCRIPTIONS_WRITE: frozenset({Role.SUBSCRIBERS}),
    Scope.SUPPRESSIONS_READ: frozenset({Role.SUBSCRIBERS}),
    Scope.SUPPRESSIONS_WRITE: frozenset({Role.SUBSCRIBERS}),
    Scope.ARTICLES_READ: frozenset({Role.EDITOR}),
    Scope.ARTICLES_WRITE: frozenset({Role.EDITOR}),
    Scope.LETTERS_READ: frozenset({Role.EDITOR}),
    Scope.LETTERS_WRITE: frozenset({Role.EDITOR}),
    Scope.CAMPAIGNS_READ: frozenset({Role.EDITOR, Role.APPROVER, Role.SENDER}),
    Scope.CAMPAIGNS_SEND: frozenset({Role.SENDER}),
    Scope.MESSAGES_SEND: frozenset({Role.SENDER}),
    Scope.REQUESTS_READ: frozenset({Role.DPO}),
    Scope.REQUESTS_WRITE: frozenset({Role.DPO}),
    Scope.WEBHOOKS_READ: frozenset({Role.ADMIN}),
    Scope.WEBHOOKS_WRITE: frozenset({Role.ADMIN}),
}


def usable(scopes: Collection[Scope], maker: Collection[str]) -> frozenset[Scope]:
    """Those that count while whoever made the key holds these roles."""
    return frozenset(scope for scope in scopes if not ROLES[scope].isdisjoint(maker))


def lacking(scopes: Collection[Scope], maker: Collection[str]) -> list[Scope]:
    """Those that whoever holds these roles cannot give, in the order of the form."""
    beyond = set(scopes) - usable(scopes, maker)
    return [scope for scope in Scope if scope in beyond]


def meet(scopes: Collection[Scope]) -> bool:
    """Whether one key would both send and open requests: it would have to judge its own work."""
    alone = {role for scope in scopes if len(ROLES[scope]) == 1 for role in ROLES[scope]}
    return {Role.DPO, Role.SENDER} <= alone
