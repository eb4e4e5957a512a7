"""Judges requests and answers by eBay's own OpenAPI files, where they are present.

The files may not be shipped (eBay API License Agreement): they are looked for in the folder
that SELLERINBOX_SPECS names, else in `../shared/specs` beside the project. Stricter than the
files: a property that a schema does not know is a mistake.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

FILES = {
    "message": ("commerce_message_v1_oas3.json", "/commerce/message/v1"),
    "fulfillment": ("sell_fulfillment_v1_oas3.json", "/sell/fulfillment/v1"),
    "identity": ("commerce_identity_v1_oas3.json", "/commerce/identity/v1"),
}

# Read at import: the tests' own environment holds nothing of ours.
_NAMED = os.environ.get("SELLERINBOX_SPECS")
_ROOT = Path(_NAMED) if _NAMED else Path(__file__).resolve().parents[2] / "shared" / "specs"
FOLDER = _ROOT / "ebay" if (_ROOT / "ebay").is_dir() else _ROOT

MISSING = (
    ""
    if all((FOLDER / name).is_file() for name, _ in FILES.values())
    else f"eBay's OpenAPI files are not in {FOLDER}; their licence keeps them out of the project"
)
needs_specs = pytest.mark.skipif(bool(MISSING), reason=MISSING or "present")

# Fact sheet, section 9: any call may answer these, with these ids. 2002 for 404 and 405 is the gateway's.
_COMMON = {401: {1001}, 403: {1100}, 404: {2002}, 405: {2002}, 429: {2001}, 500: {2003}, 502: {2003}, 503: {2003}, 504: {2003}}
# The parameter's description calls it required; only getConversations lists the error of its absence.
_BESIDE_THE_LIST = {("message", "/conversation/{conversation_id}"): {355002, 355017}}


def api_of(path: str) -> str | None:
    """Which API a path belongs to: `message`, `fulfillment`, `identity` or none of them."""
    return next((api for api, (_, base) in FILES.items() if path.startswith(base + "/")), None)


def validate_response(api: str, method: str, path: str, status: int, body: bytes | str | Any) -> None:
    """Fail when eBay could not have given that answer. `path` is whole, from the host on, without the query."""
    template, operation = _operation(api, method, path)
    if status >= 400:
        _error(api, template, operation, status, _json(body))
        return
    assert str(status) in operation["responses"], f"{method} {template} never answers {status}"
    schema = _schema_of(operation["responses"][str(status)])
    if schema is None or (schema.get("type") == "object" and "properties" not in schema):
        assert body in (b"", "", None), f"{method} {template} answers {status} with an empty body"
        return
    _check(api, schema, _json(body), f"{method} {template} {status}")


def validate_request(
    api: str, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes | str | Any
) -> None:
    """Fail when eBay's files do not allow that request."""
    template, operation = _operation(api, method, path)
    known = {parameter["name"]: parameter for parameter in operation.get("parameters", ()) if parameter["in"] == "query"}
    for name, value in query.items():
        assert name in known, f"{method} {template} has no query parameter {name}"
        _check(api, known[name]["schema"], value, f"{method} {template} ?{name}")
    for name, parameter in known.items():
        assert not parameter.get("required") or name in query, f"{method} {template} needs {name}"
    given = {name.lower(): value for name, value in headers.items()}
    assert given.get("authorization", "").startswith("Bearer "), "eBay's REST calls want a bearer token"
    _request_body(api, template, operation, given, body)


def _request_body(api: str, template: str, operation: dict[str, Any], headers: Mapping[str, str], body: Any) -> None:
    wanted = operation.get("requestBody")
    if wanted is None:
        assert body in (b"", "", None), f"{template} takes no body"
        return
    assert headers.get("content-type", "").partition(";")[0] == "application/json", f"{template} needs Content-Type application/json"
    _check(api, _schema_of(wanted) or {}, _json(body), f"request to {template}")


def _error(api: str, template: str, operation: dict[str, Any], status: int, answer: Any) -> None:
    name = "ErrorDetailV3" if api == "fulfillment" else "Error"
    entries = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    shape = {
        "type": "object",
        "required": ["errors"],
        "properties": {"errors": {**entries, "minItems": 1}, "warnings": entries},
        "additionalProperties": False,
    }
    _check(api, shape, answer, f"{template} {status}")
    listed = operation["responses"].get(str(status), {}).get("x-response-codes", {}).get("errors", {})
    allowed = {int(code) for code in listed} | _COMMON.get(status, set())
    if status == 400:
        allowed |= _BESIDE_THE_LIST.get((api, template), set())
    for entry in answer["errors"]:
        assert {"errorId", "domain", "category", "message"} <= entry.keys(), f"an error without its parts: {entry}"
        assert entry["errorId"] in allowed, f"{template} {status} never answers errorId {entry['errorId']}"
        if str(entry["errorId"]) in listed:
            facts = listed[str(entry["errorId"])]
            assert (entry["domain"], entry["category"]) == (facts["domain"], facts["category"])


def _operation(api: str, method: str, path: str) -> tuple[str, dict[str, Any]]:
    base = FILES[api][1]
    assert path.startswith(base), f"{path} is not below {base}"
    for template, operations in _document(api)["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path.removeprefix(base)):
            assert method.lower() in operations, f"{template} has no {method}"
            return template, operations[method.lower()]
    raise AssertionError(f"eBay has no {path}")


def _schema_of(holder: Mapping[str, Any]) -> dict[str, Any] | None:
    content = holder.get("content")
    return None if content is None else content["application/json"]["schema"]


def _json(body: Any) -> Any:
    return json.loads(body) if isinstance(body, bytes | str) else body


def _check(api: str, schema: Mapping[str, Any], value: Any, where: str) -> None:
    validator = jsonschema.Draft202012Validator({**schema, "components": _document(api)["components"]})
    problems = [f"{'/'.join(map(str, each.absolute_path)) or 'the whole'}: {each.message[:300]}" for each in validator.iter_errors(value)]
    assert not problems, f"{where}: " + "; ".join(problems[:5])


@cache
def _document(api: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FOLDER / FILES[api][0]).read_text("utf-8"))
    for schema in document["components"]["schemas"].values():
        _tighten(schema)
    return document


def _tighten(schema: dict[str, Any]) -> None:
    # eBay writes enumerations of strings as objects; as they stand nothing could ever fit.
    if "enum" in schema:
        schema["type"] = "string"
    if "properties" in schema:
        schema.setdefault("additionalProperties", False)
        for name, inner in schema["properties"].items():
            # A description beside $ref is ignored by OpenAPI 3.0.
            schema["properties"][name] = {"$ref": inner["$ref"]} if "$ref" in inner else inner
