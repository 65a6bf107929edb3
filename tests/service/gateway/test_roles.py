"""Who may do what: every operation of the document, asked by everybody, as the table in access/ says.

Each answer is one that the document describes, and tells of the owner's affairs to those alone whom the table names.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import pytest
import requests
import schemathesis
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.service.gateway import access
from tests.service.gateway.access.document import PREFIX, operations_of
from tests.service.gateway.access.late import Late
from tests.service.gateway.access.spring import BEGIN, SETTINGS
from tests.service.gateway.access.table import Row, Thing
from tests.service.gateway.access.world import EVERYBODY, World
from tests.service.gateway.conftest import Installation
from tests.service.recruitment.selecting import IN_INTAKE

MODULES = [import_module(f"{access.__name__}.{each.name}") for each in pkgutil.iter_modules(access.__path__)]
ROWS: list[tuple[str, Row]] = [
    (getattr(module, "WORLD", "march"), each) for module in MODULES for each in getattr(module, "ROWS", ())
]
THINGS: dict[str, Thing] = {name: make for module in MODULES for name, make in getattr(module, "THINGS", {}).items()}


@pytest.fixture(scope="module")
def march(madang) -> World:
    return World(madang)


def installed(world: type[World], directory: Path, **settings: str) -> Iterator[World]:
    madang = Installation(directory, **settings)
    yield world(madang)
    madang.stop()


@pytest.fixture(scope="module")
def april(tmp_path_factory) -> Iterator[World]:
    yield from installed(World, tmp_path_factory.mktemp("april"), now=IN_INTAKE)


@pytest.fixture(scope="module")
def late(tmp_path_factory) -> Iterator[World]:
    yield from installed(Late, tmp_path_factory.mktemp("late"), now=BEGIN, **SETTINGS)


@pytest.fixture
def world(request) -> World:
    """The one that the row is about."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def document(madang) -> OpenApiSchema:
    return schemathesis.openapi.from_url(f"{madang.address}/openapi.json")


@pytest.mark.parametrize(("world", "row"), ROWS, indirect=["world"], ids=str)
def test_everybody_gets_what_is_theirs(world, document, row):
    operation = document[PREFIX + row.path][row.method]
    statuses, shown = {}, set()
    for role, answer in answers(world, row):
        statuses[role] = answer.status_code
        shown |= {role} if world.shows_the_owners(answer) else set()
        described(operation, answer)
    assert statuses == row.statuses
    assert shown == row.shows


def test_every_operation_of_the_document_has_a_row(document):
    there, known = operations_of(document), {each.operation for _, each in ROWS}
    lines = [
        f'    row("{each}", others=403, owner=200, staff=200, shows="owner staff"),' for each in sorted(there - known)
    ]
    assert not lines, "\n".join(
        ["no row says who may do this; add to ROWS of a module in tests/service/gateway/access/:", *lines]
    )
    assert known - there == set(), "these rows are about what the document does not have"


def test_every_operation_is_done_for_somebody():
    """A table of refusals alone would not show who gets in."""
    done = {each.operation for _, each in ROWS if min(each.statuses.values()) < 400}
    assert {each.operation for _, each in ROWS} - done == set()


def test_every_name_in_a_path_can_be_made():
    names = {name for _, each in ROWS for name in each.things.values()}
    assert names - THINGS.keys() == set(), "add to THINGS of a module in tests/service/gateway/access/"


def answers(world: World, row: Row) -> Iterator[tuple[str, requests.Response]]:
    """Of everybody. What one has changed is made anew for the next."""
    waiting = list(EVERYBODY)
    while waiting:
        with ExitStack() as stack:
            things = {name: stack.enter_context(THINGS[thing](world)) for name, thing in row.things.items()}
            is_changed = False
            while waiting and not is_changed:
                role = waiting.pop(0)
                answer = asked(world, row, role, things)
                is_changed = row.method != "GET" and answer.ok
                yield role, answer


def asked(world: World, row: Row, role: str, things: Mapping[str, str]) -> requests.Response:
    if row.given:
        row.given(world, role)
    path = row.path.format(**things, **row.at) + (f"?{row.query}" if row.query else "")
    body = row.body(world) if callable(row.body) else row.body
    answer = world.call(role, row.method, path, json=body, **row.options())
    if row.undo and answer.ok:
        row.undo(world, answer)
    return answer


def described(operation: APIOperation, answer: requests.Response) -> None:
    assert str(answer.status_code) in operation.definition.raw["responses"], (operation.label, answer.status_code)
    operation.validate_response(answer)
