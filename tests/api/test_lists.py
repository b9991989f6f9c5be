"""Lists, through the API: read in pages, made, changed by who has seen them last."""

import re

LIST = {
    "name": "La lettre du port",
    "description": "Les travaux du port",
    "frequency": "Une fois par mois",
    "aim": "Informer les riverains",
}


def test_a_list_is_made_read_and_changed(program):
    site = program("lists:read", "lists:write")

    made = site.post("/lists", LIST)
    read = site.get(f"/lists/{made.json['id']}")
    changed = site.patch(f"/lists/{made.json['id']}", {"topic": "port"}, read.headers["ETag"])

    assert made.status_code == 201
    assert made.headers["Location"].endswith(f"/api/v1/lists/{made.json['id']}")
    assert read.json == made.json
    assert read.json | {"topic": "port"} == changed.json
    assert changed.headers["ETag"] != read.headers["ETag"]


def test_who_changes_a_list_says_what_they_saw(program):
    site = program("lists:read", "lists:write")
    number = site.post("/lists", LIST).json["id"]

    silent = site.send("PATCH", f"/lists/{number}", {"name": "Autre"})
    stale = site.patch(f"/lists/{number}", {"name": "Autre"}, '"vu-hier"')

    assert (silent.status_code, silent.json["code"]) == (428, "if-match-missing")
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    assert site.get(f"/lists/{number}").json["name"] == LIST["name"]


def test_pages_follow_each_other_by_their_links(program):
    site = program("lists:read", "lists:write")
    for number in range(5):
        site.post("/lists", LIST | {"name": f"Liste {number}"})

    path, seen = "/lists?limit=2", []
    while path:
        page = site.get(path)
        seen += [each["name"] for each in page.json["data"]]
        link = re.search(r"/api/v1(/lists[^>]*)>; rel=\"next\"", page.headers.get("Link", ""))
        path = link.group(1) if link else None

    assert seen == [f"Liste {number}" for number in range(5)]
    assert site.get("/lists?cursor=demain").json["errors"][0]["parameter"] == "cursor"


def test_each_fault_of_a_body_has_its_pointer(program):
    answer = program().post("/lists", LIST | {"name": " ", "nom": "La lettre", "archive": 3})

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    found = {each["pointer"]: each["code"] for each in answer.json["errors"]}
    assert found == {"#/name": "text", "#/nom": "unknown", "#/archive": "type"}
