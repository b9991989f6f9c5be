from datetime import date

import pytest

from mailer.breaches.kinds import Reach
from mailer.breaches.scope import Scope, read


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Reach.ALL),
        Scope(Reach.LISTS, lists=(1, 4)),
        Scope(Reach.PERIOD, lists=(1,), begins=date(2026, 1, 1), ends=date(2026, 2, 1)),
        Scope(Reach.CAMPAIGN, campaign=3),
        Scope(Reach.IMPORT, source=9),
    ],
)
def test_a_scope_that_was_kept_reads_as_it_was(scope):
    assert read(scope.stored) == scope
