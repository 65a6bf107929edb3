"""What holds of the whole OpenAPI document, read without a server."""

import pkgutil
import warnings
from collections.abc import Iterator
from importlib import import_module

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from marshmallow import Schema

from services.chassis.config import Config
from services.gateway.api import document, schemas

MODULES = [import_module(f"{schemas.__name__}.{each.name}") for each in pkgutil.iter_modules(schemas.__path__)]
WITHOUT_JSON = {"*/*", "text/calendar", "application/pdf", "application/octet-stream", "multipart/form-data"}


@pytest.fixture(scope="module")
def interface() -> dict:
    return document.Interface(Config(dev_login=True)).document


def test_every_schema_has_a_name_of_its_own():
    """apispec warns of two classes with one name, and calls the second one `Name1`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert document.Interface(Config(dev_login=True)).document


def test_every_operation_has_a_name_of_its_own(interface):
    names = [operation["operationId"] for _, _, operation in document.operations(interface)]
    assert len(names) == len(set(names)) > 100


def test_every_body_has_an_example_that_fits_its_schema(interface):
    known = interface["components"]["schemas"]
    wrong = {}
    for where, body in bodies(interface):
        schema = document.schema_of(body)
        name = schema.get("$ref", "").rpartition("/")[2]
        examples = (known[name] if name else schema).get("examples", [])
        validator = Draft202012Validator({**schema, "components": {"schemas": known}}, format_checker=FormatChecker())
        faults = [fault.message for each in examples for fault in validator.iter_errors(each)]
        if faults or not examples:
            wrong[where] = faults or "no example"
    assert wrong == {}


def test_every_example_of_a_request_is_taken(interface):
    """By the schema's own rules too, of which JSON Schema knows nothing."""
    known = {each.__name__: each for module in MODULES for each in vars(module).values() if isinstance(each, type)}
    wrong = {}
    for _, _, operation in document.operations(interface):
        name = document.schema_of(operation.get("requestBody", {})).get("$ref", "").rpartition("/")[2]
        if name:
            schema: Schema = known[name]()
            (example,) = interface["components"]["schemas"][name]["examples"]
            if errors := schema.validate(example):
                wrong[name] = example, errors
    assert wrong == {}


def bodies(interface: dict) -> Iterator[tuple[str, dict]]:
    """Of requests and answers, where they are JSON."""
    for path, method, operation in document.operations(interface):
        told = {"request": operation.get("requestBody", {}), **operation["responses"]}
        for which, body in told.items():
            if "application/json" in body.get("content", ()):
                yield f"{method} {path} {which}", body
