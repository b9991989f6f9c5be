"""The resources of the API, in the order of its document and of its page."""

from mailer.api.resource import Resource
from mailer.api.v1 import (
    articles,
    campaigns,
    consents,
    letters,
    lists,
    messages,
    requests,
    subscribers,
    subscriptions,
    suppressions,
    webhooks,
)

RESOURCES: tuple[Resource, ...] = (
    lists.bp,
    subscribers.bp,
    subscriptions.bp,
    consents.bp,
    suppressions.bp,
    articles.bp,
    letters.bp,
    campaigns.bp,
    messages.bp,
    requests.bp,
    webhooks.bp,
)
