"""The API keeps to its own document: a short look with each run, a long one by `make api-check`."""

import pytest
from api import office
from api.conformance import examine

CASES, SEED = 300, 20261128


@pytest.mark.timeout(240)
def test_every_answer_is_one_that_the_document_promises(app):
    app.config["API_REQUESTS_A_MINUTE"] = 10**9

    found = examine(app, office.whole(), CASES, SEED)

    assert found.failures == {}
    assert found.cases >= CASES
