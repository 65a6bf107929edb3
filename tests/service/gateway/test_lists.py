"""Every list of the document is paged, or it is a list that the centre itself keeps short."""

from collections.abc import Iterator

import pytest

from services.chassis.config import Config
from services.gateway.api import document, traversal
from tests.service.gateway.conftest import problem_of

SHORT = {"/spaces", "/availability", "/units", "/voices/themes", "/closures", "/audiences", "/templates"}
"""As many as the centre has of it, or enters itself: given whole."""
INTERFACE = document.Interface(Config(dev_login=True)).document


def lists(*, paged: bool) -> Iterator[tuple[str, set[str]]]:
    """The paths of operations that answer with items, and the names of their parameters."""
    schemas = INTERFACE["components"]["schemas"]
    for path, method, operation in traversal.operations(INTERFACE):
        name = traversal.schema_of(operation["responses"].get("200", {})).get("$ref", "").rpartition("/")[2]
        known = schemas.get(name, {}).get("properties", {})
        if method == "GET" and ("next_cursor" in known if paged else "items" in known and "next_cursor" not in known):
            yield path.removeprefix(document.PREFIX), {each["name"] for each in operation["parameters"]}


PAGED = dict(lists(paged=True))


def test_lists_that_are_given_whole_are_short_ones():
    assert {path for path, _ in lists(paged=False)} == SHORT
    assert len(PAGED) > 30


@pytest.mark.parametrize("path", PAGED)
def test_every_list_is_paged(madang, staff, path):
    """Where a path names a thing, what is no cursor at all is refused before it is looked for."""
    assert PAGED[path] >= {"limit", "cursor"}
    anything = path.format_map(Anything())
    for wrong in ("limit=0", "limit=101", "limit=ten", "cursor=", "cursor=a%20b"):
        assert problem_of(madang.call("GET", f"{anything}?{wrong}", staff), 422)["errors"].keys() <= {"limit", "cursor"}
    if anything == path:
        assert len(madang.call("GET", f"{path}?limit=1", staff).json().get("items", ())) <= 1
        problem_of(madang.call("GET", f"{path}?cursor=nowhere", staff), 422)


class Anything(dict):
    """For every name in a path, an id that leads nowhere."""

    def __missing__(self, _name: str) -> str:
        return "00000000-0000-0000-0000-000000000000"
