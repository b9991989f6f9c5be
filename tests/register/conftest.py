"""An installation with a list, and readers of its record."""

import pytest

from mailer.db import transaction
from mailer.subscriptions import operations as lists
from mailer.subscriptions.lists import ListData


@pytest.fixture
def letter(app):
    """One list; its number."""
    with transaction():
        data = ListData("La lettre", "des portraits et des projets", "Une fois par mois")
        return lists.create_list(data, "account:1").id


@pytest.fixture
def dpo(staff):
    """The browser of the data-protection officer."""
    return staff("dpo")
