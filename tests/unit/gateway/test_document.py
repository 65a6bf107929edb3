"""What holds of the whole OpenAPI document, read without a server."""

import warnings
from collections.abc import Iterator

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from marshmallow import Schema

from services.chassis.config import Config
from services.gateway.api import document, traversal
from services.gateway.api.bodies import Json


@pytest.fixture(scope="module")
def interface() -> dict:
    return document.Interface(Config(dev_login=True)).document


def test_every_schema_has_a_name_of_its_own():
    """apispec warns of two classes with one name, and calls the second one `Name1`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert document.Interface(Config(dev_login=True)).document


STATES = {"category", "channel", "field", "kind", "outcome", "reason_code", "state", "status"}
OF_THE_PROFILE = {("Document", "kind"), ("Access", "kind")}
"""Kinds of documents are the centre's own."""


def test_every_state_and_kind_in_an_answer_has_its_words(interface):
    """`status` of a problem (RFC 9457) is a number, not a vocabulary."""
    without = {
        (name, member)
        for name, schema in interface["components"]["schemas"].items()
        for member, shape in schema.get("properties", {}).items()
        if member in STATES and "string" in str(shape.get("type")) and "enum" not in shape
    }
    assert without == OF_THE_PROFILE


def test_every_operation_has_a_name_of_its_own(interface):
    names = [operation["operationId"] for _, _, operation in traversal.operations(interface)]
    assert len(names) == len(set(names)) > 100


def test_every_body_has_an_example_that_fits_its_schema(interface):
    known = interface["components"]["schemas"]
    wrong = {}
    for where, body in bodies(interface):
        schema = traversal.schema_of(body)
        name = schema.get("$ref", "").rpartition("/")[2]
        examples = (known[name] if name else schema).get("examples", [])
        validator = Draft202012Validator({**schema, "components": {"schemas": known}}, format_checker=FormatChecker())
        faults = [fault.message for each in examples for fault in validator.iter_errors(each)]
        if faults or not examples:
            wrong[where] = faults or "no example"
    assert wrong == {}


def test_every_example_of_a_request_is_taken(interface):
    """By the schema's own rules too, of which JSON Schema knows nothing."""
    taken = [each.taken for part in document.parts(Config(dev_login=True)) for each in part.operations]
    known = {each.schema.__name__: each.schema for each in taken if isinstance(each, Json)}
    wrong = {}
    for _, _, operation in traversal.operations(interface):
        name = traversal.schema_of(operation.get("requestBody", {})).get("$ref", "").rpartition("/")[2]
        if name:
            schema: Schema = known[name]()
            (example,) = interface["components"]["schemas"][name]["examples"]
            if errors := schema.validate(example):
                wrong[name] = example, errors
    assert wrong == {}


def bodies(interface: dict) -> Iterator[tuple[str, dict]]:
    """Of requests and answers, where they are JSON."""
    for path, method, operation in traversal.operations(interface):
        told = {"request": operation.get("requestBody", {}), **operation["responses"]}
        for which, body in told.items():
            if "application/json" in body.get("content", ()):
                yield f"{method} {path} {which}", body
