"""The API against its own document: requests that fit it, and requests that do not.

Each answer must be one that the document promises: its status, its type, its schema, its headers.
"""

import re
from dataclasses import dataclass, field

import hypothesis
import schemathesis
from api.office import SECRET
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks

DOCUMENT = "/api/v1/openapi.json"
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
# What no schema can say: whether an address or a link can be one, and whether a number names
# anything.
BEYOND_A_SCHEMA = {
    "address",
    "missing-reference",
    "future",
    "cursor",
    "invalid",
    "required",
    "secret",
    "link",
    "inside",
    "port",
}
SMALL = 6
ENDINGS = ("/cancel", "/stop")
# What is approved of each letter; `examine` asks for it first.
HASHES = {}


@dataclass
class Findings:
    """How many requests were made, and what was wrong with their answers."""

    cases: int = 0
    statuses: dict = field(default_factory=dict)
    failures: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One operation, the key that asks, and where its answers are told."""

    operation: object
    secret: str
    found: Findings


def load(app):
    """The document as programs read it; that a key is asked for everywhere has its own test."""
    told = app.test_client().get(DOCUMENT).json
    for path in told["paths"].values():
        for method in path.keys() & {"get", "post", "patch", "delete"}:
            del path[method]["security"]
    config = SchemathesisConfig.from_dict({"generation": {"allow-x00": False}})
    schema = schemathesis.openapi.from_dict(told, config=config)
    schema.app = app
    return schema


def examine(app, secret, cases, seed):
    """Make so many requests to each operation; one seed gives the same ones each time."""
    found, schema = Findings(), load(app)
    letters = app.test_client().get(
        "/api/v1/letters", headers={"Authorization": f"Bearer {secret}"}
    )
    HASHES.update({each["id"]: each["content_hash"] for each in letters.json["data"]})
    operations = [each.ok() for each in schema.get_all_operations()]
    # What was removed or ended first could not be looked at.
    operations.sort(key=lambda each: each.method == "delete" or each.path.endswith(ENDINGS))
    share = -(-cases // len(operations) // 2)
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                _run(Asked(operation, secret, found), strategy, share, seed)
            except hypothesis.errors.Unsatisfiable:
                # Nothing that could be sent there would be wrong.
                continue
    return found


def _run(asked, strategy, share, seed):
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=share,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=strategy)
    def ask(case):
        asked.found.cases += 1
        _look(asked, _aimed(case))

    ask()


def _aimed(case):
    """The same request, to things that are there more often than chance would have it."""
    if not case.meta.generation.mode.is_positive:
        return case
    for name, value in (case.path_parameters or {}).items():
        if isinstance(value, int) and value > SMALL and value % 3:
            case.path_parameters[name] = value % SMALL + 1
    if isinstance(case.body, dict):
        _name_what_is_there(case.body)
    if case.headers and "If-Match" in case.headers and len(str(case.headers["If-Match"])) % 2:
        case.headers["If-Match"] = "*"
    return case


def _name_what_is_there(body):
    """Addresses that can be some, and numbers that somebody or something has."""
    if "address" in body and len(body["address"]) % 4:
        body["address"] = f"lectrice{len(body['address']) % 9}@exemple.fr"
    if "url" in body and len(body["url"]) % 4:
        body["url"] = f"https://exemple{len(body['url'])}.fr/lettre"
    for name in body.keys() & {"list_id", "letter_id"}:
        body[name] = int(body[name]) % SMALL + 1
    if "article_ids" in body:
        body["article_ids"] = [number % SMALL + 1 for number in map(int, body["article_ids"])]
    # The schema cannot say which base64 is whole.
    if "secret" in body:
        body["secret"] = SECRET
    if "content_hash" in body:
        body["content_hash"] = HASHES.get(body["letter_id"]) or body["content_hash"]


def _look(asked, case):
    operation, found = asked.operation, asked.found
    answer = case.call(headers={"Authorization": f"Bearer {asked.secret}"})
    place = f"{operation.method.upper()} {operation.path}"
    told = found.statuses.setdefault(place, {})
    told[answer.status_code] = told.get(answer.status_code, 0) + 1
    try:
        case.validate_response(answer, checks=[schemathesis.checks.not_a_server_error, *CHECKS])
        _accepts_what_fits(case, answer)
    except (Failure, FailureGroup, AssertionError) as wrong:
        failures = wrong.exceptions if isinstance(wrong, FailureGroup) else [wrong]
        for each in failures:
            key = (place, type(each).__name__, re.sub(r"\d+", "0", str(each))[:200])
            found.failures.setdefault(key, (case.as_curl_command(), answer.text[:600]))


def _accepts_what_fits(case, answer):
    """What the schema allows is refused for nothing that the schema could have said."""
    is_fitting = case.meta is not None and case.meta.generation.mode.is_positive
    if not is_fitting or answer.status_code not in {400, 415, 422}:
        return
    told = answer.json()
    codes = {each["code"] for each in told.get("errors", [])} or {told["code"]}
    assert codes <= BEYOND_A_SCHEMA, f"refused what fits the document: {sorted(codes)}"
