"""What anyone may read of the API."""

import json
import pkgutil
from importlib import import_module

from mailer import api
from mailer.api.resources import RESOURCES
from mailer.web.access import is_keyed
from mailer.web.problems import Kind


def test_the_page_names_every_route_and_loads_nothing_foreign(app, visitor):
    page = visitor.get("/api")

    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "/api/v1/campaigns/{campaign_id}/pause" in page.text
    assert 'id="no-lawful-basis"' in page.text


def test_the_example_can_be_typed_in_any_language(app, visitor):
    app.config["BASE_URL"] = "https://lettre.exemple.fr"

    assert "https://lettre.exemple.fr/api/v1/lists" in visitor.get("/api?lang=en").text


def test_the_document_describes_every_route_with_its_scope(app, visitor):
    told = visitor.get("/api/v1/openapi.json").json

    keyed = {rule.endpoint for rule in app.url_map.iter_rules() if is_keyed(app, rule.endpoint)}
    described = {
        operation["operationId"]: operation
        for path in told["paths"].values()
        for method, operation in path.items()
        if method != "parameters"
    }
    assert told["openapi"] == "3.1.0"
    assert set(described) == {endpoint.removeprefix("api_") for endpoint in keyed}
    assert all(operation["x-scope"] for operation in described.values())
    for operation in described.values():
        for status in ("401", "403"):
            named = operation["responses"][status]["$ref"].rpartition("/")[2]
            assert "WWW-Authenticate" in told["components"]["responses"][named]["headers"]
    assert {tag["name"] for tag in told["tags"]} == {resource.name for resource in RESOURCES}


def test_whatever_has_a_location_is_read_there(visitor):
    paths = visitor.get("/api/v1/openapi.json").json["paths"]

    made = {
        path: each["post"]["responses"].get("201", {})
        for path, each in paths.items()
        if "post" in each
    }
    located = [path for path, answer in made.items() if "Location" in answer.get("headers", {})]
    assert len(located) > 5
    for path in located:
        assert any(each.startswith(f"{path}/{{") and "get" in paths[each] for each in paths), path


def test_the_document_speaks_the_readers_language(visitor):
    english = visitor.get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).json
    french = visitor.get("/api/v1/openapi.json", headers={"Accept-Language": "fr"}).json

    assert english["paths"]["/api/v1/lists"]["get"]["summary"] == "All lists"
    assert french["paths"]["/api/v1/lists"]["get"]["summary"] == "Toutes les listes"


def test_what_is_kept_to_be_answered_again_says_nothing_personal(visitor):
    told = visitor.get("/api/v1/openapi.json").json

    kept = [
        path[method]["responses"]
        for path in told["paths"].values()
        for method in path.keys() & {"post"}
        if any(each.get("name") == "Idempotency-Key" for each in path[method].get("parameters", []))
    ]
    shown = {
        answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for each in kept
        for status, answer in each.items()
        if status in {"200", "201"}
    }
    assert len(shown) > 5
    for name in shown:
        assert "x-personal" not in json.dumps(told["components"]["schemas"][name]), name


def test_every_code_is_one_kind_and_the_page_explains_it(visitor):
    kinds, page = {}, visitor.get("/api").text
    for found in pkgutil.walk_packages(api.__path__, "mailer.api."):
        for value in vars(import_module(found.name)).values():
            if isinstance(value, Kind):
                assert kinds.setdefault(value.code, value.status) == value.status
                assert f'id="{value.code}"' in page
    assert {"already-sent", "stale", "in-flight"} <= set(kinds)
