"""Nobody but the officer finds a case: every address of the desk of requests, as the map has it."""

import pytest

from mailer.accounts.roles import Role
from mailer.rights.kinds import Right
from mailer.web.access import PUBLIC, roles_of


def desk_of_requests(app, reference):
    """Each method and path that the domain serves to staff, filled in for that case."""
    found = []
    filled = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("rights.") and PUBLIC not in roles_of(app, rule.endpoint):
            values = dict.fromkeys(rule.arguments, 1) | {"reference": reference}
            path = filled.build(rule.endpoint, {n: values[n] for n in rule.arguments})
            found += [(method, path) for method in ("GET", "POST") if method in rule.methods]
    return found


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DPO])
def test_no_other_role_finds_any_address_of_a_case(app, staff, received, role):
    reference = received(Right.ACCESS).reference
    somebody = staff(role)
    tokens = somebody.tokens()
    found = {
        (method, path)
        for method, path in desk_of_requests(app, reference)
        if somebody.open(path, method=method, data=tokens).status_code != 404
    }
    assert found == set()


def test_the_officer_finds_the_pages_of_the_same_addresses(app, dpo, received):
    reference = received(Right.ACCESS).reference
    addresses = desk_of_requests(app, reference)
    assert {method for method, _ in addresses} == {"GET", "POST"}
    assert len([path for _, path in addresses if f"/{reference}" in path]) > 10
    assert dpo.get(f"/bureau/demandes/{reference}").status_code == 200
