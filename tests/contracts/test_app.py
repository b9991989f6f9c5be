from mailer.web.access import roles_of


def test_every_route_says_who_may_call_it(app):
    silent = {r.endpoint for r in app.url_map.iter_rules() if roles_of(app, r.endpoint) is None}
    assert silent == set()
