"""Services that are set up, each with a secret, and what they would post."""

import pytest
from posting import LOGIN, SECRETS

from mailer.bounces.providers import PROVIDERS


@pytest.fixture
def hooks(app):
    """Every service is set up with a login."""
    app.config["BOUNCE_WEBHOOKS"] = {name: [LOGIN] for name in PROVIDERS}
    return app.config["BOUNCE_WEBHOOKS"]


@pytest.fixture
def signed_hooks(hooks):
    """Those that sign are set up with their key as well."""
    hooks.update(SECRETS)
    return hooks
